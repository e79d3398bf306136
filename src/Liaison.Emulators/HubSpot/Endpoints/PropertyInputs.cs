using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>Reads property definitions out of request bodies.</summary>
internal static class PropertyInputs
{
    /// <summary>Makes a definition of the account's own.</summary>
    public static PropertyDefinition Make(ObjectType type, JsonElement given, DateTimeOffset now, long? userId)
    {
        var name = (given.TextOf("name") ?? "").ToLowerInvariant();
        var fieldType = given.TextOf("fieldType") ?? "text";
        return new PropertyDefinition
        {
            Name = name,
            Label = given.TextOf("label") ?? name,
            Type = given.TextOf("type") ?? "string",
            FieldType = fieldType,
            GroupName = given.TextOf("groupName") ?? (type.Groups.Count > 0 ? type.Groups[0].Name : "information"),
            Description = given.TextOf("description") ?? "",
            Options = Options(given),
            DisplayOrder = given.NumberOf("displayOrder", -1),
            HasUniqueValue = given.FlagOf("hasUniqueValue", false),
            Hidden = given.FlagOf("hidden", false),
            FormField = given.FlagOf("formField", false),
            ExternalOptions = given.FlagOf("externalOptions", false),
            ReferencedObjectType = given.TextOf("referencedObjectType"),
            CalculationFormula = given.TextOf("calculationFormula"),
            Calculated = fieldType.StartsWith("calculation_", StringComparison.Ordinal),
            ReadOnlyValue = given.FlagOf("readOnlyValue", false),
            DataSensitivity = given.TextOf("dataSensitivity") ?? "non_sensitive",
            NumberDisplayHint = given.TextOf("numberDisplayHint"),
            TextDisplayHint = given.TextOf("textDisplayHint"),
            CreatedUserId = userId?.ToString(System.Globalization.CultureInfo.InvariantCulture),
            CreatedAt = now,
            UpdatedAt = now,
        };
    }

    /// <summary>Changes what is given and leaves the rest.</summary>
    public static void Apply(PropertyDefinition property, JsonElement given, DateTimeOffset now)
    {
        property.Label = given.TextOf("label") ?? property.Label;
        property.FieldType = given.TextOf("fieldType") ?? property.FieldType;
        property.GroupName = given.TextOf("groupName") ?? property.GroupName;
        property.Description = given.TextOf("description") ?? property.Description;
        property.DisplayOrder = given.NumberOf("displayOrder", property.DisplayOrder);
        property.Hidden = given.FlagOf("hidden", property.Hidden);
        property.FormField = given.FlagOf("formField", property.FormField);
        property.CalculationFormula = given.TextOf("calculationFormula") ?? property.CalculationFormula;
        property.UpdatedAt = now;
        if (given.MemberOf("options").ValueKind == JsonValueKind.Array)
        {
            property.Options = Options(given);
        }
    }

    private static IReadOnlyList<PropertyOption> Options(JsonElement given) =>
    [
        .. given.ItemsOf("options").Select((option, at) => new PropertyOption(
            option.TextOf("label") ?? option.TextOf("value") ?? "", option.TextOf("value") ?? option.TextOf("label") ?? "", option.NumberOf("displayOrder", at), option.FlagOf("hidden", false), option.TextOf("description"))),
    ];
}
