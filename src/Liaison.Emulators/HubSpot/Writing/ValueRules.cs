using System.Globalization;
using System.Text.RegularExpressions;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Writing;

/// <summary>What is wrong with one property of a write.</summary>
internal sealed record ValueFault(string Property, string Code, string Message);

/// <summary>Judges a value against its definition and brings it into the form that is stored (contract section 5.1).</summary>
internal static partial class ValueRules
{
    private const int LongestText = 65_536;

    /// <summary>Gives the value to store, or the fault.</summary>
    /// <param name="current">The value that the record holds now, for ";x", which appends.</param>
    public static ValueFault? Judge(Account account, PropertyDefinition definition, string value, string? current, out string stored)
    {
        stored = value;
        if (value.Length == 0)
        {
            return null;
        }

        return definition.Type switch
        {
            "number" => NumberPattern().IsMatch(value) ? null : Fault(definition, "INVALID_LONG", $"{value} was not a valid number."),
            "bool" => JudgeBool(definition, value, ref stored),
            "enumeration" => JudgeEnumeration(account, definition, value, current, ref stored),
            "date" => JudgeDate(definition, value, ref stored),
            "datetime" => JudgeMoment(definition, value, ref stored),
            _ => JudgeText(definition, value),
        };
    }

    private static ValueFault? JudgeText(PropertyDefinition definition, string value)
    {
        if (value.Length > LongestText)
        {
            return Fault(definition, "VALUE_TOO_LONG", $"The value is longer than {LongestText} characters.");
        }

        return definition.Name == "email" && !EmailPattern().IsMatch(value)
            ? Fault(definition, "INVALID_EMAIL", $"Email address {value} is invalid")
            : null;
    }

    private static ValueFault? JudgeBool(PropertyDefinition definition, string value, ref string stored)
    {
        stored = value.ToLowerInvariant();
        return stored is "true" or "false" ? null : NotAnOption(definition, value, "[true, false]");
    }

    private static ValueFault? JudgeEnumeration(Account account, PropertyDefinition definition, string value, string? current, ref string stored)
    {
        if (definition.ExternalOptions)
        {
            // The options live elsewhere: the list of the definition is empty and says nothing (contract section 5).
            return definition.ReferencedObjectType == "OWNER" && account.OwnerById(value) is null
                ? NotAnOption(definition, value, "[the owners of the account]")
                : null;
        }

        string[] parts = definition.IsMultiple ? value.Split(';', StringSplitOptions.RemoveEmptyEntries) : [value];
        var wrong = Array.Find(parts, part => !definition.Options.Any(option => option.Value == part));
        if (wrong is not null)
        {
            return NotAnOption(definition, wrong, $"[{string.Join(", ", definition.Options.Select(option => option.Value))}]");
        }

        if (definition.IsMultiple && value[0] == ';' && !string.IsNullOrEmpty(current))
        {
            var held = current.Split(';', StringSplitOptions.RemoveEmptyEntries);
            stored = string.Join(';', held.Concat(parts.Where(part => !held.Contains(part))));
        }
        else if (definition.IsMultiple)
        {
            stored = string.Join(';', parts);
        }

        return null;
    }

    private static ValueFault? JudgeDate(PropertyDefinition definition, string value, ref string stored)
    {
        if (!Instants.TryParse(value, out var moment) || moment.UtcDateTime.TimeOfDay != TimeSpan.Zero)
        {
            return Fault(definition, "INVALID_DATE", $"{value} is not a valid date: it must be yyyy-MM-dd or midnight UTC in milliseconds.");
        }

        stored = moment.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return null;
    }

    private static ValueFault? JudgeMoment(PropertyDefinition definition, string value, ref string stored)
    {
        if (!Instants.TryParse(value, out var moment))
        {
            return Fault(definition, "INVALID_LONG", $"{value} was not a valid long.");
        }

        stored = Instants.Format(moment);
        return null;
    }

    private static ValueFault NotAnOption(PropertyDefinition definition, string value, string allowed) =>
        Fault(definition, "INVALID_OPTION", $"{value} was not one of the allowed options: {allowed}");

    private static ValueFault Fault(PropertyDefinition definition, string code, string message) => new(definition.Name, code, message);

    [GeneratedRegex(@"^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?$", RegexOptions.CultureInvariant)]
    private static partial Regex NumberPattern();

    [GeneratedRegex(@"^[^@\s,;<>()\[\]""]+@[^@\s.,;<>()\[\]""]+(\.[^@\s.,;<>()\[\]""]+)+$", RegexOptions.CultureInvariant)]
    private static partial Regex EmailPattern();
}
