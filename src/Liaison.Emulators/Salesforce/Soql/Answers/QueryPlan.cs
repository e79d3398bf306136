using System.Text.Json;
using Liaison.Emulators.Salesforce.Soql.Execution;
using Liaison.Emulators.Salesforce.Soql.Parsing;

namespace Liaison.Emulators.Salesforce.Soql.Answers;

/// <summary>How a statement would be run: <c>/query?explain=</c> (contract section 6.1).</summary>
/// <remarks>
/// The contract names the resource alone; the shape is that of the guide's example. A table is always scanned here, which the platform
/// tells by a cost above 1, and its note on deleted records comes with every such plan.
/// </remarks>
internal static class QueryPlan
{
    private const double CostOfScan = 2.8;

    /// <summary>Explains a statement; the refusal that running it would have met.</summary>
    public static SoqlFault? Explain(QueryCall call, string text, out Action<Utf8JsonWriter> answer)
    {
        answer = null!;
        if (SoqlEngine.Run(text, call.Schema, withDeleted: false, out var result, call.Levels) is { } fault)
        {
            return fault;
        }

        _ = SoqlParser.Parse(text, out var query);
        var source = call.Schema.Find(query.From.Name)!;
        answer = json => Write(json, text, source.Name, result.TotalSize, source.Rows(withDeleted: true).Count());
        return null;
    }

    private static void Write(Utf8JsonWriter json, string text, string source, int found, int all)
    {
        json.WriteStartObject();
        json.WriteStartArray("plans");
        json.WriteStartObject();
        json.WriteNumber("cardinality", found);
        json.WriteStartArray("fields");
        json.WriteEndArray();
        json.WriteString("leadingOperationType", "TableScan");
        json.WriteStartArray("notes");
        json.WriteStartObject();
        json.WriteString("description", "Not considering filter for optimization because unindexed");
        json.WriteStartArray("fields");
        json.WriteStringValue("IsDeleted");
        json.WriteEndArray();
        json.WriteString("tableEnumOrId", source);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteNumber("relativeCost", CostOfScan);
        json.WriteNumber("sobjectCardinality", all);
        json.WriteString("sobjectType", source);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("sourceQuery", text);
        json.WriteEndObject();
    }
}
