using Liaison.Audit;
using Liaison.Failures;
using Liaison.Work;

namespace Liaison.Gateway.Documents;

/// <summary>A dead letter, as every door shows it.</summary>
/// <param name="Run">The run whose item it is.</param>
/// <param name="Place">The item's place in the run.</param>
/// <param name="ReplayAt">When a replay is planned; <see langword="null"/> where none is.</param>
public sealed record DeadLetterDocument(
    string Id,
    string Run,
    long Place,
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
    DateTimeOffset? ReplayAt)
{
    /// <summary>Gets the values that were to be written.</summary>
    /// <value>The default is <see langword="null"/>: they are not kept, or were not asked for.</value>
    public IReadOnlyList<AuditedValue>? Values { get; init; }

    /// <summary>Makes the document of a letter.</summary>
    public static DeadLetterDocument Of(DeadLetter letter)
    {
        ArgumentNullException.ThrowIfNull(letter);

        return new DeadLetterDocument(
            letter.Id, letter.RunId, letter.Sequence, letter.Pipeline, letter.Record.ToString(), letter.State, letter.FailureKind, letter.Failure,
            letter.Operation.Operation, letter.Operation.ChangeId, letter.Operation.Fields, letter.Operation.CorrelationId, letter.Operation.Attempts,
            letter.Note, letter.ClosedBy, letter.CreatedAt, letter.UpdatedAt,
            letter.State == DeadLetterState.Waiting ? letter.Planned?.At : null);
    }
}

/// <summary>For how many letters a plan holds.</summary>
/// <param name="At">When their work is done once more; <see langword="null"/> where the plan was taken off.</param>
public sealed record PlannedDocument(int Planned, DateTimeOffset? At);

/// <summary>How many letters were discarded.</summary>
public sealed record DiscardedDocument(int Discarded);
