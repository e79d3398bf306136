using System.Globalization;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Salesforce.Declaration;
using Liaison.Salesforce.Soql;
using Liaison.Salesforce.Wire;

namespace Liaison.Salesforce.Schema;

/// <summary>Reads the stages that opportunities go through; section 12 of contracts/salesforce.md.</summary>
/// <remarks>
/// Opportunities have no pipeline field: all are in the organisation's one catalogue of stages, which is therefore the default
/// pipeline. A record type narrows what the screens offer and not what the API takes. The API takes any text as a stage (section 4),
/// so that the catalogue is all there is to hold a stage against.
/// </remarks>
internal sealed class StageReader(RowSource rows)
{
    /// <summary>The id of the master record type, the same in every organisation: what a record without a record type of its own is of.</summary>
    private const string Master = "012000000000000AAA";

    private static readonly string[] Fields = ["Id", "MasterLabel", "ApiName", "IsClosed", "DefaultProbability"];

    private static readonly Failure NoSuchPipeline = new(
        FailureKind.NotFound, "Salesforce has no such pipeline; opportunities have one, and other objects none.");

    internal async Task<Result<IReadOnlyList<Pipeline>>> ReadAsync(SalesforceObject target, string? id, CancellationToken cancellationToken)
    {
        var isKnown = target.Type == RecordType.Deal;
        if (!isKnown || id is not null and not Master)
        {
            return id is null ? Result<IReadOnlyList<Pipeline>>.Of([]) : NoSuchPipeline;
        }

        var soql = $"SELECT {string.Join(", ", Fields)} FROM OpportunityStage WHERE IsActive = true ORDER BY SortOrder, Id";
        var read = await rows.AllAsync(CrmOperation.Describe, "Opportunity.stages", soql, Fields, cancellationToken);
        return read.Then(found => Result<IReadOnlyList<Pipeline>>.Of(
            [new Pipeline(Master, "the sales process", [.. found.Select(StageOf).OfType<PipelineStage>()]) { IsDefault = true }]));
    }

    private static PipelineStage? StageOf(SalesforceRow row) => Text(row, "ApiName") is { Length: > 0 } name
        ? new PipelineStage(name, Text(row, "MasterLabel") ?? name, Text(row, "IsClosed") == "true")
        {
            Probability = decimal.TryParse(Text(row, "DefaultProbability"), NumberStyles.Float, CultureInfo.InvariantCulture, out var percent) ? percent / 100 : null,
        }
        : null;

    private static string? Text(SalesforceRow row, string field) => row.Values.GetValueOrDefault(field).Raw;
}
