using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Catalog;

/// <summary>Reads property definitions from the compact tables of this folder.</summary>
/// <remarks>
/// A line is name|label|type|fieldType|group, then any of: ro, calc, uniq, hidden, form, epoch, money, sensitive,
/// ext=OWNER, hint=currency, options=value:label,… (a label left out is the value).
/// </remarks>
internal static class PropertyTable
{
    public static IEnumerable<PropertyDefinition> Read(string table, ComputedValues computed, DateTimeOffset createdAt)
    {
        foreach (var line in table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            yield return ReadLine(line.Split('|'), computed, createdAt);
        }
    }

    private static PropertyDefinition ReadLine(string[] cells, ComputedValues computed, DateTimeOffset createdAt)
    {
        var marks = cells[5..];
        var external = Mark(marks, "ext=");
        var name = cells[0];
        return new PropertyDefinition
        {
            Name = name,
            Label = cells[1],
            Type = cells[2],
            FieldType = cells[3],
            GroupName = cells[4],
            ReadOnlyValue = marks.Contains("ro") || marks.Contains("calc"),
            Calculated = marks.Contains("calc"),
            HasUniqueValue = marks.Contains("uniq"),
            Hidden = marks.Contains("hidden"),
            FormField = marks.Contains("form"),
            EpochInWriteAnswers = marks.Contains("epoch"),
            ShowCurrencySymbol = marks.Contains("money"),
            CurrencyPropertyName = marks.Contains("money") && name == "amount" ? "deal_currency_code" : null,
            NumberDisplayHint = marks.Contains("money") ? "currency" : Mark(marks, "hint="),
            TextDisplayHint = Mark(marks, "text="),
            DataSensitivity = marks.Contains("sensitive") ? "sensitive" : "non_sensitive",
            ExternalOptions = external is not null,
            ReferencedObjectType = string.IsNullOrEmpty(external) ? null : external,
            Options = Options(Mark(marks, "options=")),
            HubSpotDefined = true,
            CreatedAt = createdAt,
            UpdatedAt = createdAt,
            Computed = computed.Of(name),
            Moment = ComputedValues.MomentOf(name),
        };
    }

    private static string? Mark(string[] marks, string prefix) =>
        Array.Find(marks, mark => mark.StartsWith(prefix, StringComparison.Ordinal))?[prefix.Length..];

    private static IReadOnlyList<PropertyOption> Options(string? text) => text is null ? [] :
    [
        .. text.Split(',').Select((option, at) => option.Split(':', 2) is [var value, var label]
            ? new PropertyOption(label, value, at, false, null)
            : new PropertyOption(option, option, at, false, null)),
    ];
}
