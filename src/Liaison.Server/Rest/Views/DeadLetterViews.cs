using Liaison.Failures;
using Liaison.Model;
using Liaison.Pipelines;
using Liaison.Work;

namespace Liaison.Server.Rest.Views;

/// <summary>Which dead letters are meant: one by its id, some by what they are about, or all that wait.</summary>
/// <param name="Reason">Why they are discarded; not looked at by a replay.</param>
/// <param name="At">When to replay them; looked at by a plan alone, where none takes off what was planned.</param>
internal sealed record DeadLetterBody(
    string? Letter = null, string? Run = null, string? Connection = null, string? Record = null, FailureKind? Kind = null, bool All = false, string? Reason = null, DateTimeOffset? At = null)
{
    internal bool IsFiltered => Run is not null || Connection is not null || Record is not null || Kind is not null;

    internal DeadLetterQuery Query => new(RunId: Run)
    {
        Connection = Connection is null ? null : new ConnectionName(Connection),
        RecordId = Record,
        FailureKind = Kind,
    };
}

/// <summary>A dead letter.</summary>
internal sealed record DeadLetterView(
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
    public static DeadLetterView Of(DeadLetter letter) => new(
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
        letter.State == DeadLetterState.Waiting ? letter.Planned?.At : null);
}

/// <summary>Dead letters, oldest first.</summary>
internal sealed record DeadLetterListView(IReadOnlyList<DeadLetterView> Letters);

/// <summary>What a replay made of one letter.</summary>
internal sealed record ReplayedLetterView(string Id, string Record, DeadLetterState State, ItemState Item, string Told)
{
    public static ReplayedLetterView Of(ReplayedLetter letter) => new(letter.Id, letter.Record.ToString(), letter.State, letter.Item, letter.Told);
}

/// <summary>What a replay made of letters.</summary>
internal sealed record ReplayedListView(IReadOnlyList<ReplayedLetterView> Letters);

/// <summary>For how many letters a plan holds.</summary>
/// <param name="At">When their work is done once more; <see langword="null"/> where the plan was taken off.</param>
internal sealed record PlannedView(int Planned, DateTimeOffset? At);

/// <summary>How many letters were discarded.</summary>
internal sealed record DiscardedView(int Discarded);
