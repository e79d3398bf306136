using System.Globalization;
using System.Text.Json;
using Liaison.Emulators.Salesforce.Soql.Answers;
using Liaison.Emulators.Salesforce.Soql.Execution;
using Liaison.Emulators.Salesforce.Soql.Schema;

namespace Liaison.Emulators.Salesforce.Soql.Searching;

/// <summary>The search resources: /search by FIND, /parameterizedSearch by parameters (contract section 6.5).</summary>
/// <param name="lag">How long it takes until the index knows of a change: search never shows whether a write landed.</param>
internal sealed class SearchResource(TimeSpan lag)
{
    private static readonly string[] Searched = ["Account", "Contact", "Lead", "Opportunity", "Case"];

    public SoqlFault? Find(QueryCall call, string statement, out Action<Utf8JsonWriter> answer)
    {
        answer = null!;
        return SoslParser.Parse(statement, out var request) ?? Run(call, request, out answer);
    }

    /// <summary>Runs a search; the refusal where an object or field is none of the user's.</summary>
    public SoqlFault? Run(QueryCall call, SearchRequest request, out Action<Utf8JsonWriter> answer)
    {
        answer = null!;
        if (SoslParser.Judge(request.Text) is { } tooShort)
        {
            return tooShort;
        }

        var terms = new SearchTerms(request.Text);
        var found = new List<(SoqlResult.Rows Rows, int At)>();
        var targets = request.Targets.Count > 0
            ? request.Targets
            : [.. Searched.Where(name => call.Schema.Find(name) is not null).Select(name => new SearchTarget(name, ["Id"], ""))];
        foreach (var target in targets)
        {
            var fields = target.Fields.Count > 0 ? string.Join(", ", target.Fields) : "Id";
            if (SoqlEngine.Run($"SELECT {fields} FROM {target.Object} {target.Clauses}", call.Schema, withDeleted: false, Indexed(call, terms, request.Fields), out var result) is { } fault)
            {
                return fault;
            }

            if (result is SoqlResult.Rows rows)
            {
                found.AddRange(Enumerable.Range(0, rows.TotalSize).Select(at => (rows, at)));
            }
        }

        answer = json => Write(json, call, found.Take(request.Limit));
        return null;
    }

    /// <summary>What the index knows of: records that hold the words and have not changed just now.</summary>
    private Func<ISoqlObject, ISoqlRow, bool> Indexed(QueryCall call, SearchTerms terms, SearchGroup group) => (of, row) =>
        (of.Field("SystemModstamp") is not { } stamp || row.Read(stamp) is not DateTimeOffset changed || call.Schema.Locale.Now - changed >= lag) && terms.Match(of, row, group);

    private static void Write(Utf8JsonWriter json, QueryCall call, IEnumerable<(SoqlResult.Rows Rows, int At)> found)
    {
        var writer = new AnswerWriter(json, call.Root, PageSize.Largest, (_, at) => at.ToString(CultureInfo.InvariantCulture));
        json.WriteStartObject();
        json.WriteStartArray("searchRecords");
        foreach (var (rows, at) in found)
        {
            writer.WriteRecord(rows[at], rows.Plan, []);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
