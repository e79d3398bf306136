using System.Text.RegularExpressions;
using Liaison.Emulators.Salesforce.Http;
using Liaison.Emulators.Salesforce.Model;

namespace Liaison.Emulators.Salesforce.Writing;

/// <summary>One rule that an administrator wrote: what must hold of a field, and the text where it does not.</summary>
/// <param name="AtField">Whether the error stands at the field; otherwise it comes without <c>fields</c>.</param>
internal sealed record ValidationRule(SObjectField Field, Func<object?, bool> Holds, string Message, bool AtField);

/// <summary>The org's validation rules; they run after the platform's own checks.</summary>
internal sealed class ValidationRules
{
    private readonly List<(SObjectType Type, ValidationRule Rule)> _rules = [];

    public ValidationRules(Org org)
    {
        var account = org["Account"];
        Add(account, new(account.Field("NumberOfEmployees"), value => value is not decimal number || number >= 0, "Employees cannot be negative.", AtField: true));
    }

    public void Add(SObjectType type, ValidationRule rule) => _rules.Add((type, rule));

    /// <summary>Makes a rule out of what a control request says: min, max, required or pattern.</summary>
    public static Func<object?, bool>? Condition(string kind, string operand)
    {
        switch (kind)
        {
            case "required":
                return value => value is not null;
            case "min" when decimal.TryParse(operand, System.Globalization.CultureInfo.InvariantCulture, out var least):
                return value => value is not decimal number || number >= least;
            case "max" when decimal.TryParse(operand, System.Globalization.CultureInfo.InvariantCulture, out var most):
                return value => value is not decimal number || number <= most;
            case "pattern":
                var pattern = new Regex(operand, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
                return value => value is not string text || pattern.IsMatch(text);
            default:
                return null;
        }
    }

    public IEnumerable<SalesforceError> Check(Draft draft) =>
        from entry in _rules
        where entry.Type == draft.Type && !entry.Rule.Holds(draft.Will(entry.Rule.Field.Name))
        select new SalesforceError("FIELD_CUSTOM_VALIDATION_EXCEPTION", entry.Rule.Message, entry.Rule.AtField ? [entry.Rule.Field.Name] : []);
}
