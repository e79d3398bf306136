namespace Liaison.Model;

/// <summary>The stages that records of a type go through (HubSpot: a pipeline; Salesforce: the sales process).</summary>
/// <param name="Id">What the pipeline field of a record holds.</param>
/// <param name="Stages">The stages in their order; a stage's position is its place in the list.</param>
public sealed record Pipeline(string Id, string Label, IReadOnlyList<PipelineStage> Stages)
{
    /// <summary>Gets a value indicating whether records that hold no pipeline are in this one.</summary>
    /// <value>The default is <see langword="false"/>. A CRM without a pipeline field (Salesforce) has one pipeline for the type, which is the default.</value>
    public bool IsDefault { get; init; }

    /// <summary>Finds a stage by its id, or else by its label in whatever case; <see langword="null"/> where the pipeline has none such.</summary>
    public PipelineStage? Find(string name) =>
        Stages.FirstOrDefault(stage => stage.Id == name)
        ?? Stages.FirstOrDefault(stage => string.Equals(stage.Label, name, StringComparison.OrdinalIgnoreCase));
}

/// <summary>A stage of a pipeline.</summary>
/// <param name="Id">What the stage field of a record holds; one label may stand for several ids, each in a pipeline of its own.</param>
/// <param name="IsClosed">Whether a record in the stage is done with, won or lost.</param>
public sealed record PipelineStage(string Id, string Label, bool IsClosed)
{
    /// <summary>Gets how likely a record in the stage is won, from 0 to 1.</summary>
    /// <value>The default is <see langword="null"/>: the CRM does not tell, or the stages are not of sales.</value>
    public decimal? Probability { get; init; }

    /// <summary>Gets a value indicating whether records may be moved into the stage through the API.</summary>
    /// <value>The default is <see langword="true"/>. HubSpot locks stages as read-only or internal.</value>
    public bool MayBeEntered { get; init; } = true;
}
