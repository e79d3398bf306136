using System.Collections.Frozen;
using Liaison.Model;

namespace Liaison.Identity;

/// <summary>Finds what is wrong with the canonical names that a connection gives to fields.</summary>
internal static class NamedFieldFaults
{
    private const int LongestName = 120;

    // What the engine itself finds records by stands where the connector says.
    private static readonly FrozenSet<string> Nameable = FieldNames.All
        .Except([FieldNames.Owner, FieldNames.Created, FieldNames.Updated])
        .ToFrozenSet(StringComparer.Ordinal);

    public static IEnumerable<string> Of(string at, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> names)
    {
        foreach (var (type, fields) in names)
        {
            foreach (var (name, native) in fields)
            {
                if (!Nameable.Contains(name))
                {
                    yield return $"{at}.{type}.{name}: this is no canonical field that may stand elsewhere; docs/reference lists them by CRM.";
                }

                if (native.Length is 0 or > LongestName || native.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter)))
                {
                    yield return $"{at}.{type}.{name}: the CRM's own name of a field is wanted, as in Lead_Status__c.";
                }
            }

            foreach (var twice in fields.GroupBy(field => field.Value, StringComparer.Ordinal).Where(group => group.Count() > 1))
            {
                yield return $"{at}.{type}: \"{twice.Key}\" stands for {string.Join(" and ", twice.Select(field => field.Key))}; one field has one canonical name.";
            }
        }
    }
}
