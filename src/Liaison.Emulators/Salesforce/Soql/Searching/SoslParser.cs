using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Liaison.Emulators.Salesforce.Soql.Searching;

/// <summary>Reads FIND statements, as far as the search resource is used.</summary>
internal static partial class SoslParser
{
    private const int Longest = 100_000;
    private const int MostRecords = 2_000;

    public static SoqlFault? Parse(string statement, out SearchRequest request)
    {
        request = null!;
        if (statement.Length > Longest)
        {
            return Refuse($"SOSL statements cannot be longer than {Longest} characters.");
        }

        var trimmed = statement.Trim();
        if (!trimmed.StartsWith("FIND", StringComparison.OrdinalIgnoreCase) || trimmed[4..].TrimStart() is not ['{', .. var rest] || ClosingBrace(rest) is not { } end)
        {
            return Refuse("No search term found. The search term must be enclosed in braces.");
        }

        var text = Unescaped(rest[..end]);
        var tail = rest[(end + 1)..];
        var group = Group().Match(tail);
        var returning = Returning().Match(tail);
        var limit = returning.Success ? MostRecords : Limit().Match(tail) is { Success: true } alone ? int.Parse(alone.Groups[1].Value, CultureInfo.InvariantCulture) : MostRecords;
        var targets = new List<SearchTarget>();
        foreach (var part in Split(returning.Success ? tail[(returning.Index + returning.Length)..] : ""))
        {
            if (Target().Match(part) is not { Success: true } target)
            {
                return Refuse($"unexpected token: '{part.Trim()}'");
            }

            var (fields, clauses) = Inner(target.Groups["inner"].Value);
            targets.Add(new SearchTarget(target.Groups["name"].Value, fields, clauses));
            limit = target.Groups["limit"] is { Success: true } all ? int.Parse(all.Value, CultureInfo.InvariantCulture) : limit;
        }

        request = new SearchRequest(text, GroupOf(group.Groups[1].Value), targets, Math.Min(limit, MostRecords));
        return Judge(text);
    }

    /// <summary>Refuses what is too short to be looked for.</summary>
    public static SoqlFault? Judge(string text) =>
        text.Trim().Trim('*', '?').Length < 2 ? Refuse($"search term must be longer than one character: {text}") : null;

    public static SearchGroup GroupOf(string? name) => Enum.TryParse<SearchGroup>(name, ignoreCase: true, out var group) ? group : SearchGroup.All;

    private static SoqlFault Refuse(string message) => new("MALFORMED_SEARCH", message);

    private static int? ClosingBrace(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\\')
            {
                at++;
            }
            else if (text[at] == '}')
            {
                return at;
            }
        }

        return null;
    }

    /// <summary>Takes the backslashes off reserved characters (contract section 6.3).</summary>
    private static string Unescaped(string text)
    {
        var plain = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            plain.Append(text[at] == '\\' && at + 1 < text.Length ? text[++at] : text[at]);
        }

        return plain.ToString();
    }

    /// <summary>Cuts at the commas that stand outside of brackets.</summary>
    private static IEnumerable<string> Split(string text)
    {
        var (depth, start) = (0, 0);
        for (var at = 0; at <= text.Length; at++)
        {
            depth += at < text.Length && text[at] == '(' ? 1 : at < text.Length && text[at] == ')' ? -1 : 0;
            if (at == text.Length || (text[at] == ',' && depth == 0))
            {
                if (text[start..at].Trim() is { Length: > 0 } part)
                {
                    yield return part;
                }

                start = at + 1;
            }
        }
    }

    private static (IReadOnlyList<string> Fields, string Clauses) Inner(string inner)
    {
        var clauses = Clauses().Match(inner);
        var fields = clauses.Success ? inner[..clauses.Index] : inner;
        return ([.. fields.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)], clauses.Success ? inner[clauses.Index..] : "");
    }

    [GeneratedRegex(@"\bIN\s+(ALL|NAME|EMAIL|PHONE|SIDEBAR)\s+FIELDS\b", RegexOptions.IgnoreCase)]
    private static partial Regex Group();

    [GeneratedRegex(@"\bRETURNING\b", RegexOptions.IgnoreCase)]
    private static partial Regex Returning();

    [GeneratedRegex(@"\bLIMIT\s+([0-9]{1,6})\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Limit();

    [GeneratedRegex(@"\b(WHERE|ORDER\s+BY|LIMIT|OFFSET)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Clauses();

    [GeneratedRegex(@"^\s*(?<name>\w+)\s*(\((?<inner>.*)\))?\s*(LIMIT\s+(?<limit>[0-9]{1,6}))?\s*$", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Target();
}
