using System.Globalization;
using System.Text.Json;

namespace Liaison.Emulators.Salesforce.Soql.Searching;

/// <summary>Reads searches that come as parameters, of the address or of a body.</summary>
internal static class ParameterizedSearch
{
    private const int MostRecords = 2_000;

    /// <summary>Reads GET parameters: q, sobject, fields, Account.fields, Account.limit, in, overallLimit.</summary>
    /// <param name="parameters">Gives the values of a parameter, in any case of its name.</param>
    public static SearchRequest Read(Func<string, IReadOnlyList<string>> parameters)
    {
        string? One(string name) => parameters(name) is [.., var value] ? value : null;

        var all = Fields(One("fields"));
        var targets = parameters("sobject").SelectMany(Fields).Select(name =>
            new SearchTarget(name, Fields(One($"{name}.fields")) is { Length: > 0 } own ? own : all, Clauses(One($"{name}.where"), One($"{name}.limit") ?? One("defaultLimit"))));
        return new SearchRequest(One("q") ?? "", SoslParser.GroupOf(One("in")), [.. targets], Limit(One("overallLimit")));
    }

    /// <summary>Reads a POST body: q, fields, sobjects with name, fields, where and limit.</summary>
    public static SearchRequest Read(JsonElement body)
    {
        var all = Texts(body, "fields");
        var targets = new List<SearchTarget>();
        if (Member(body, "sobjects") is { ValueKind: JsonValueKind.Array } objects)
        {
            foreach (var target in objects.EnumerateArray())
            {
                targets.Add(new SearchTarget(
                    Text(target, "name") ?? "",
                    Texts(target, "fields") is { Count: > 0 } own ? own : all,
                    Clauses(Text(target, "where"), Text(target, "limit") ?? Text(body, "defaultLimit"))));
            }
        }

        return new SearchRequest(Text(body, "q") ?? "", SoslParser.GroupOf(Text(body, "in")), targets, Limit(Text(body, "overallLimit")));
    }

    private static string Clauses(string? where, string? limit) =>
        $"{(string.IsNullOrWhiteSpace(where) ? "" : $"WHERE {where} ")}{(limit is null ? "" : $"LIMIT {limit}")}";

    private static int Limit(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? Math.Min(limit, MostRecords) : MostRecords;

    private static string[] Fields(string? list) => (list ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static JsonElement? Member(JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var member) ? member : null;

    private static string? Text(JsonElement body, string name) => Member(body, name) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    private static IReadOnlyList<string> Texts(JsonElement body, string name) => Member(body, name) is { ValueKind: JsonValueKind.Array } list
        ? [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
        : [];
}
