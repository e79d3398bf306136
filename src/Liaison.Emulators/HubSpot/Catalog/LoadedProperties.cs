using Liaison.Emulators.HubSpot.Model;
using Liaison.Emulators.World.Loading;

namespace Liaison.Emulators.HubSpot.Catalog;

/// <summary>The contact properties that a loaded file brings along, as if an administrator had made them.</summary>
internal static class LoadedProperties
{
    private const string Group = "loaded_information";

    public static void AddTo(Account account, IReadOnlyList<LoadedProperty> properties, DateTimeOffset now)
    {
        if (properties.Count == 0)
        {
            return;
        }

        account.Contacts.Groups.Add(new PropertyGroup(Group, "Loaded information", account.Contacts.Groups.Count));
        foreach (var property in properties)
        {
            var (type, fieldType) = TypeOf(property.Kind);
            account.Contacts.Add(new PropertyDefinition
            {
                Name = property.Name,
                Label = property.Label,
                Type = type,
                FieldType = fieldType,
                GroupName = Group,
                Options = OptionsOf(property),
                CreatedUserId = "7001",
                CreatedAt = now,
                UpdatedAt = now,
            });
        }
    }

    private static (string Type, string FieldType) TypeOf(LoadedKind kind) => kind switch
    {
        LoadedKind.Text => ("string", "text"),
        LoadedKind.Number => ("number", "number"),

        // HubSpot keeps a yes-or-no property as an enumeration of true and false (contract section 5).
        LoadedKind.Flag => ("enumeration", "booleancheckbox"),
        LoadedKind.Option => ("enumeration", "select"),
    };

    private static IReadOnlyList<PropertyOption> OptionsOf(LoadedProperty property) => property.Kind == LoadedKind.Flag
        ? [new PropertyOption("Yes", "true", 0, false, null), new PropertyOption("No", "false", 1, false, null)]
        : [.. property.Options.Select((option, place) => new PropertyOption(option, option, place, false, null))];
}
