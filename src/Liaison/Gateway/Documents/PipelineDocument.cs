using Liaison.Model;

namespace Liaison.Gateway.Documents;

/// <summary>A pipeline with its stages in their order, as every door shows it.</summary>
public sealed record PipelineDocument(string Id, string Label, IReadOnlyList<StageDocument> Stages)
{
    /// <summary>Makes the document of a pipeline.</summary>
    public static PipelineDocument Of(Pipeline pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);

        return new(pipeline.Id, pipeline.Label, [.. pipeline.Stages.Select(stage => new StageDocument(stage.Id, stage.Label, stage.IsClosed, stage.Probability, stage.MayBeEntered))]);
    }
}

/// <summary>A stage of a pipeline.</summary>
/// <param name="Probability">How likely a record in it is won, from 0 to 1.</param>
/// <param name="MayBeEntered">Whether the CRM lets records be moved into it through its API.</param>
public sealed record StageDocument(string Id, string Label, bool IsClosed, decimal? Probability, bool MayBeEntered);
