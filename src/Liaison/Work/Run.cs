using Liaison.Identity;
using Liaison.Model;

namespace Liaison.Work;

/// <summary>Where a run stands.</summary>
public enum RunState
{
    /// <summary>Selecting or working on its items.</summary>
    Running,

    /// <summary>Stopped by a person; resumes where it stood.</summary>
    Paused,

    /// <summary>Stopped by itself until something outside changes: a daily allowance, a credential, the CRM.</summary>
    Parked,

    /// <summary>Every item has its end.</summary>
    Finished,

    /// <summary>Ended by a person; what was not done stays undone.</summary>
    Cancelled,
}

/// <summary>One execution of a pipeline over many records.</summary>
/// <param name="Parameters">What the run was started with, as JSON of the pipeline's own shape.</param>
/// <param name="Cursor">Where the selection continues; <see langword="null"/> before its first page.</param>
/// <param name="Selected">Whether the selection has come to its end, so that no item is missing.</param>
/// <param name="Reason">Why the run is parked or paused, in one sentence.</param>
public sealed record Run(
    string Id,
    string Pipeline,
    ConnectionName Connection,
    Caller Caller,
    RunState State,
    string Parameters,
    string? Cursor,
    bool Selected,
    string? Reason,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? FinishedAt)
{
    /// <summary>Gets when a parked run goes on by itself.</summary>
    /// <value>The default is <see langword="null"/>: it does not.</value>
    public DateTimeOffset? ResumeAt { get; init; }

    /// <summary>Gets what came of the run, as JSON of the pipeline's own shape; noted some time after its end.</summary>
    /// <value>The default is <see langword="null"/>: it was not noted yet.</value>
    public string? Report { get; init; }

    /// <summary>Gets the worker that leads the run.</summary>
    /// <value>The default is <see langword="null"/>: nobody does.</value>
    public string? Leader { get; init; }
}

/// <summary>Where a work item stands; the last five are ends, and every item that came in reaches one of them (R130).</summary>
public enum ItemState
{
    /// <summary>Waits to be claimed.</summary>
    Ready,

    /// <summary>Claimed by a worker until its lease ends.</summary>
    Leased,

    /// <summary>Its change is in the CRM or its proposal is stored.</summary>
    Done,

    /// <summary>There was nothing to do: the CRM already held every value.</summary>
    Skipped,

    /// <summary>The record no longer exists, or not for this credential.</summary>
    Gone,

    /// <summary>Waits for something outside; it is taken up again when the run resumes.</summary>
    Parked,

    /// <summary>Failed for good, with its reason, until somebody replays it.</summary>
    Dead,
}

/// <summary>One record in a run.</summary>
/// <param name="Sequence">The place in the run, in order of selection.</param>
/// <param name="Attempts">How often it was claimed.</param>
/// <param name="Fence">Grows with each claim; an outcome under an older fence is refused.</param>
/// <param name="Failure">For a parked, gone or dead item: the reason in one sentence.</param>
/// <param name="Result">What the pipeline found, as JSON of its own shape; no record values beyond scores.</param>
public sealed record WorkItem(
    string RunId,
    long Sequence,
    RecordRef Record,
    ItemState State,
    int Attempts,
    long Fence,
    string? FailureKind,
    string? Failure,
    string? Result,
    DateTimeOffset UpdatedAt);

/// <summary>The end that a worker gives an item.</summary>
public sealed record ItemOutcome(
    long Sequence, long Fence, ItemState State, string? FailureKind = null, string? Failure = null, string? Result = null)
{
    /// <summary>Gets, for a dead item, what was being done and every attempt at it: its dead letter (R140).</summary>
    /// <value>The default is <see langword="null"/>: it leaves no letter.</value>
    public FailedOperation? Failed { get; init; }
}

/// <summary>The items of a run by state; In = the sum of the rest, always: a store that counts otherwise throws (R130).</summary>
public sealed record RunCounts(
    long Ready, long Leased, long Done, long Skipped, long Gone, long Parked, long Dead)
{
    /// <summary>Gets how many items came in.</summary>
    public long In => Ready + Leased + Done + Skipped + Gone + Parked + Dead;

    /// <summary>Gets how many items still wait for an end.</summary>
    public long Open => Ready + Leased;
}
