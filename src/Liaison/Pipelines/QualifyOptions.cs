using Liaison.Connectors;

namespace Liaison.Pipelines;

/// <summary>How the pipeline <c>qualify</c> works: bound from <c>pipelines.qualify</c> in <c>liaison.yaml</c>.</summary>
public sealed class QualifyOptions
{
    private const int LeastChunk = 600;
    private const int MostChunk = 5_000;

    /// <summary>Gets or sets the named principal that the pipeline runs as; its grants bound what it reads and writes.</summary>
    /// <value>The default is <c>qualification</c>.</value>
    public string Principal { get; set; } = "qualification";

    /// <summary>Gets or sets which contacts are qualified, in the filter language.</summary>
    /// <value>The default takes new leads of the last day; "New" is a lead status, not a lifecycle stage.</value>
    public string Where { get; set; } = "lead status is New, created in the last 24 hours";

    /// <summary>Gets or sets the scorecard by name.</summary>
    /// <value>The default is <c>b2b-default</c>.</value>
    public string Scorecard { get; set; } = "b2b-default";

    /// <summary>Gets or sets how high scorers are proposed for a person's attention.</summary>
    /// <value>The default is <see langword="null"/>: nobody is.</value>
    public RaiseOptions? Raise { get; set; }

    /// <summary>Gets or sets how many contacts are worked on at a time; more saves calls, fewer saves memory.</summary>
    /// <value>
    /// The default, <see langword="null"/>, takes as many as one read by id of the CRM does, and no fewer than 600; where the run goes by jobs, as
    /// many as one job carries, and half of that where it takes several. Range 100 to 5,000.
    /// </value>
    public int? ChunkSize { get; set; }

    /// <summary>Gives the number for a CRM.</summary>
    /// <param name="jobs">How the run's work is handed over as jobs, each of which is a chunk; <see langword="null"/> where calls do it.</param>
    /// <param name="records">How many contacts the run is over.</param>
    /// <remarks>A run of many jobs lasts, and should stay small for as long: what one chunk holds is most of what the process holds.</remarks>
    internal int ChunkSizeFor(ConnectorDescriptor connector, JobDescriptor? jobs, long records) =>
        ChunkSize
        ?? (jobs is null ? Math.Clamp(connector.Operations[CrmOperation.Read].BatchSize, LeastChunk, MostChunk)
            : records <= jobs.Rows ? jobs.Rows : Math.Clamp(jobs.From, jobs.Rows / 2, jobs.Rows));
}

/// <summary>Which contacts are proposed to be moved forward, and where to.</summary>
public sealed class RaiseOptions
{
    /// <summary>Gets or sets the score from which on a contact is proposed.</summary>
    /// <value>The default is 80.</value>
    public int From { get; set; } = 80;

    /// <summary>Gets or sets the field that is moved.</summary>
    /// <value>The default is <c>lead_status</c>.</value>
    public string Field { get; set; } = "lead_status";

    /// <summary>Gets or sets the values, by value or label, out of which a contact is moved; one that a person moved on is left alone.</summary>
    public IReadOnlyList<string> OutOf { get; set; } = ["New"];

    /// <summary>Gets or sets the value, by value or label, that is proposed.</summary>
    public string To { get; set; } = "Open";
}
