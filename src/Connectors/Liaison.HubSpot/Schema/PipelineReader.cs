using System.Globalization;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.HubSpot.Declaration;
using Liaison.HubSpot.Wire;
using Liaison.Identity;
using Liaison.Model;

namespace Liaison.HubSpot.Schema;

/// <summary>Reads pipelines and their stages; section 10 of contracts/hubspot.md.</summary>
/// <remarks>HubSpot keeps the list of pipelines from user-level tokens, which may read the stages of one by its id (section 2.2).</remarks>
internal sealed class PipelineReader(HubSpotApi api, CredentialReach reach)
{
    private const string Locked = "READ_ONLY";
    private const string Internal = "INTERNAL_ONLY";

    internal async Task<Result<IReadOnlyList<Pipeline>>> ReadAsync(RecordType type, string? id, CancellationToken cancellationToken)
    {
        var native = HubSpotRecordTypes.Of(type).NativeName;
        if (id is null)
        {
            var listed = await api.GetAsync(
                CrmOperation.Describe, $"{native}.pipelines", api.Paths.Pipelines(native), HubSpotJson.Default.PipelinesDocument, cancellationToken);
            return listed.Then(found => Result<IReadOnlyList<Pipeline>>.Of(
                [.. (found.Results ?? []).Where(pipeline => pipeline.Archived is not true).OrderBy(pipeline => pipeline.DisplayOrder).Select(PipelineOf).OfType<Pipeline>()]));
        }

        // What a record holds, and not what a person typed: still no id climbs out of the path.
        if (!HubSpotPaths.IsSegment(id))
        {
            return new Failure(FailureKind.NotFound, "HubSpot has no such pipeline; check its id.");
        }

        if (reach == CredentialReach.User)
        {
            var stages = await api.GetAsync(
                CrmOperation.Describe, $"{native}.stages", api.Paths.Stages(native, id), HubSpotJson.Default.StagesDocument, cancellationToken);
            return stages.Then(found => Result<IReadOnlyList<Pipeline>>.Of([new Pipeline(id, id, StagesOf(found.Results))]));
        }

        var read = await api.GetAsync(
            CrmOperation.Describe, $"{native}.pipeline", api.Paths.Pipeline(native, id), HubSpotJson.Default.PipelineDocument, cancellationToken);
        return read.Then(found => Result<IReadOnlyList<Pipeline>>.Of(PipelineOf(found) is { } pipeline ? [pipeline] : []));
    }

    private static Pipeline? PipelineOf(PipelineDocument pipeline) =>
        pipeline.Id is { } id ? new Pipeline(id, pipeline.Label ?? id, StagesOf(pipeline.Stages)) : null;

    private static IReadOnlyList<PipelineStage> StagesOf(IReadOnlyList<StageDocument>? stages) =>
    [
        .. (stages ?? [])
            .Where(stage => stage.Id is not null && stage.Archived is not true)
            .OrderBy(stage => stage.DisplayOrder)
            .Select(stage => new PipelineStage(stage.Id!, stage.Label ?? stage.Id!, IsClosed(stage))
            {
                Probability = decimal.TryParse(stage.Metadata?.Probability, NumberStyles.Number, CultureInfo.InvariantCulture, out var probability) ? probability : null,
                MayBeEntered = stage.WritePermissions is not (Locked or Internal),
            }),
    ];

    // Metadata values are strings; tickets tell theirs by a word of their own.
    private static bool IsClosed(StageDocument stage) =>
        string.Equals(stage.Metadata?.IsClosed, "true", StringComparison.OrdinalIgnoreCase) || stage.Metadata?.TicketState == "CLOSED";
}
