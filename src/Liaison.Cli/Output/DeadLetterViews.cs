using Liaison.Audit;
using Liaison.Failures;
using Liaison.Work;

namespace Liaison.Cli.Output;

/// <summary>A dead letter.</summary>
/// <param name="Values">The values that were to be written, where they are kept and were asked for.</param>
internal sealed record DeadLetterView(
    string Id,
    string RunId,
    long Sequence,
    string Pipeline,
    string Record,
    DeadLetterState State,
    FailureKind FailureKind,
    string Failure,
    string Operation,
    string? ChangeId,
    IReadOnlyList<string> Fields,
    string? CorrelationId,
    IReadOnlyList<FailedAttempt> Attempts,
    string? Note,
    string? ClosedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? ReplayAt,
    IReadOnlyList<AuditedValue>? Values)
{
    public static DeadLetterView Of(DeadLetter letter, IReadOnlyList<AuditedValue>? values = null) => new(
        letter.Id,
        letter.RunId,
        letter.Sequence,
        letter.Pipeline,
        letter.Record.ToString(),
        letter.State,
        letter.FailureKind,
        letter.Failure,
        letter.Operation.Operation,
        letter.Operation.ChangeId,
        letter.Operation.Fields,
        letter.Operation.CorrelationId,
        letter.Operation.Attempts,
        letter.Note,
        letter.ClosedBy,
        letter.CreatedAt,
        letter.UpdatedAt,
        letter.State == DeadLetterState.Waiting ? letter.Planned?.At : null,
        values);
}

/// <summary>What a replay made of one letter.</summary>
internal sealed record ReplayedLetterView(string Id, string Record, DeadLetterState State, ItemState Item, string Told);

/// <summary>For how many letters a plan holds.</summary>
/// <param name="At">When their work is done once more; <see langword="null"/> where the plan was taken off.</param>
internal sealed record PlannedView(int Planned, DateTimeOffset? At);

/// <summary>How many letters were discarded.</summary>
internal sealed record DiscardedView(int Discarded);
