using Liaison.Model;

namespace Liaison.Connectors;

/// <summary>How a CRM takes work on many records as one job, declared: when it pays, how much one may carry, how often to look.</summary>
/// <remarks>The engine chooses between calls and jobs, paces the looks and keeps what is on its way; a connector only speaks of one job at a time.</remarks>
public sealed record JobDescriptor
{
    /// <summary>Gets from how many records on a job is worth its calls; a connection may say otherwise.</summary>
    /// <value>The default is 2,000.</value>
    public int From { get; init; } = 2_000;

    /// <summary>Gets the most records of one job that writes, and of one page of what a job has read, where a query asks for no smaller one.</summary>
    /// <value>The default is 10,000: what a process can hold of records and intents at once without growing.</value>
    public int Rows { get; init; } = 10_000;

    /// <summary>Gets from how many records on a part of a larger work is a job: one that fills a job is worth it whatever the whole must have.</summary>
    public int PartFrom => From == int.MaxValue ? From : Math.Min(From, Rows);

    /// <summary>Gets how many calls a job takes that reads, beside its pages: the first one's is the first look.</summary>
    public required int CallsOfRead { get; init; }

    /// <summary>Gets how many calls a job takes that writes, with one look and all of it taken.</summary>
    public required int CallsOfWrite { get; init; }

    /// <summary>Gets how long a job waits for its turn at the least.</summary>
    /// <value>The default is two seconds.</value>
    public TimeSpan FirstLook { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Gets how many records a second a job gets on with: the first look waits for as many as it has.</summary>
    /// <value>The default is 5,000. Each look is a call, so that one too early costs more than one too late.</value>
    public int RowsASecond { get; init; } = 5_000;

    /// <summary>Gets the longest time between two looks; they double until then.</summary>
    /// <value>The default is one minute.</value>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets how long a job is looked at before whoever waits is told to ask again later; the job goes on.</summary>
    /// <value>The default is one hour.</value>
    public TimeSpan Patience { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Gives how many records of a work are written by calls after all, since they are too few for a last job.</summary>
    /// <param name="size">How many records one job is given.</param>
    public long RestOf(long records, int size) => records % size is var rest && rest < PartFrom ? rest : 0;
}

/// <summary>What a job does.</summary>
public enum JobKind
{
    /// <summary>Reads what a query gives.</summary>
    Read,

    /// <summary>Updates records.</summary>
    Write,
}

/// <summary>Where a job stands.</summary>
public enum JobStage
{
    /// <summary>It has its rows and was not started: nothing was written.</summary>
    Prepared,

    /// <summary>It waits for its turn or is at work.</summary>
    Working,

    /// <summary>It came to its end; of a job that writes, single rows may have failed.</summary>
    Complete,

    /// <summary>It was given up, by the CRM or a person; rows may have been written before that.</summary>
    GivenUp,
}

/// <summary>How far a job is.</summary>
/// <param name="Processed">How many rows were dealt with, the failed ones among them.</param>
/// <param name="Failed">How many of them failed.</param>
public sealed record JobProgress(JobStage Stage, long Processed, long Failed)
{
    /// <summary>Gets why it was given up, by the connector's error map.</summary>
    /// <value>The default is <see langword="null"/>: it was not, or the CRM does not say.</value>
    public Failures.Failure? Reason { get; init; }
}

/// <summary>What was made of one page of what a job has found.</summary>
/// <param name="Records">One thing a record, in the page's order.</param>
/// <param name="Next">What to ask for the next page; <see langword="null"/> on the last.</param>
public sealed record JobPage<T>(IReadOnlyList<T> Records, string? Next)
{
    /// <summary>Gets the links of the page's records to those of <see cref="RecordQuery.Linked"/>.</summary>
    /// <value>The default is <see langword="null"/>: the page does not bring them, and who wants them reads them.</value>
    public IReadOnlyList<Association>? Links { get; init; }
}

/// <summary>A row of a job that writes: which change it stands for, and which record it changes.</summary>
public readonly record struct JobRow(string Key, string RecordId);
