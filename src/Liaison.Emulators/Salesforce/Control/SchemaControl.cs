using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.Salesforce.Catalog;
using Liaison.Emulators.Salesforce.Http;
using Liaison.Emulators.Salesforce.Model;
using Liaison.Emulators.Salesforce.Writing;

namespace Liaison.Emulators.Salesforce.Control;

/// <summary>Changes definitions as an administrator does in the setup, so that drift can be rehearsed.</summary>
/// <remarks>
/// {"object":"Contact","action":"add","field":{"name":"Tier__c","type":"picklist","label":"Tier","length":255,"values":"Gold,Silver"}}; "change"
/// replaces label, type, length, values or required of a field; "remove" takes it away with its values. {"object":…,"action":"rule","field":{"name":…},
/// "rule":"min","value":"0","message":…} adds a validation rule: min, max, required or pattern.
/// </remarks>
internal sealed partial class SchemaControl(Org org, ValidationRules validations, EmulatorClock clock)
{
    public Reply Change(JsonElement body)
    {
        if (!org.TryGetType(body.TextOf("object") ?? "", out var type))
        {
            return ControlJson.Problem(404, $"There is no object \"{body.TextOf("object")}\".");
        }

        var given = body.MemberOf("field");
        var name = given.TextOf("name") ?? "";
        var known = type.TryGetField(name, out var field);
        var problem = body.TextOf("action") switch
        {
            "add" when !known => Add(type, name, given),
            "change" when known => Apply(field!, given),
            "remove" when known => Remove(type, field!),
            "rule" when known => AddRule(type, field!, body),
            _ => $"Nothing to do for \"{name}\": the action is add (a new name), change, remove or rule (a known one).",
        };
        if (problem is not null)
        {
            return ControlJson.Problem(400, problem);
        }

        // One stamp for all definitions, of whole seconds: a change within the second of the last one must still move it.
        var now = Moments.ToSeconds(clock.Now);
        org.MetadataChangedAt = now > org.MetadataChangedAt ? now : org.MetadataChangedAt.AddSeconds(1);
        org.Revision++;
        return ControlJson.Done("changed", $"{type.Name}.{name}");
    }

    private string? Add(SObjectType type, string name, JsonElement given)
    {
        if (!CustomName().IsMatch(name) || !FieldTable.TryGetType(given.TextOf("type") ?? "string", out var kind))
        {
            return "A new field needs a name that ends in __c and a type of describe, such as string, double, picklist, date.";
        }

        var sizes = kind switch
        {
            Soql.Schema.SoqlType.Double or Soql.Schema.SoqlType.Currency or Soql.Schema.SoqlType.Percent => " 18.2",
            Soql.Schema.SoqlType.Int => " 9",
            _ => $" {given.NumberOf("length", 255).ToString(CultureInfo.InvariantCulture)}",
        };
        var marks = (given.TextOf("values") is { } values ? $"|picks={values}" : "")
            + (given.TextOf("referenceTo") is { } target ? $"|to={target}|rel={name[..^1]}r|kids={type.LabelPlural}__r" : "");
        var flags = given.FlagOf("externalId", false) ? "CUNFSGAIXQP" : given.FlagOf("restricted", false) ? "CUNFSGARP" : "CUNFSGAP";
        SObjectTypes.Extend(org, type, $"{name}|{FieldTable.Spelling(kind)}{sizes}|{given.TextOf("label") ?? name}|{flags}{marks}");
        return null;
    }

    private static string? Apply(SObjectField field, JsonElement given)
    {
        if (given.TextOf("type") is { } spelling)
        {
            if (!FieldTable.TryGetType(spelling, out var type))
            {
                return $"There is no type \"{spelling}\".";
            }

            field.Type = type;
        }

        field.Label = given.TextOf("label") ?? field.Label;
        field.Length = given.NumberOf("length", field.Length);
        field.Nillable = !given.FlagOf("required", !field.Nillable);
        field.Picklist = given.TextOf("values") is { } values ? FieldTable.Values(values) : field.Picklist;
        field.Changed();
        return null;
    }

    private static string? Remove(SObjectType type, SObjectField field)
    {
        if (!field.IsCustom)
        {
            return "A standard field cannot be removed; hide it from a profile instead.";
        }

        type.Remove(field);
        return null;
    }

    private string? AddRule(SObjectType type, SObjectField field, JsonElement body)
    {
        if (ValidationRules.Condition(body.TextOf("rule") ?? "", body.TextOf("value") ?? "") is not { } holds)
        {
            return "A rule is min or max (with a number), pattern (with a regular expression) or required.";
        }

        validations.Add(type, new ValidationRule(field, holds, body.TextOf("message") ?? $"{field.Label} is not valid.", body.FlagOf("atField", true)));
        return null;
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]*__c$", RegexOptions.CultureInvariant)]
    private static partial Regex CustomName();
}
