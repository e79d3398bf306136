using System.Collections.Frozen;

namespace Liaison.Writeback;

/// <summary>A move that a change set can make, and what it means.</summary>
public sealed record ChangeStep(ChangeState From, ChangeState To, string When);

/// <summary>The states of a change set and the only moves between them; the drawing in the documents is made from this table.</summary>
public static class ChangeStates
{
    /// <summary>The engine's own name in the moves that it makes.</summary>
    public const string Engine = "liaison";

    /// <summary>Gets how long a change set can be under way at the most: after that nobody waits for the CRM's answer any more.</summary>
    public static TimeSpan LongestInHand { get; } = TimeSpan.FromMinutes(2);

    /// <summary>Gets every move that there is.</summary>
    public static IReadOnlyList<ChangeStep> Steps { get; } =
    [
        new(ChangeState.Proposed, ChangeState.Validated, "every check holds"),
        new(ChangeState.Proposed, ChangeState.Refused, "a check or a right refuses"),
        new(ChangeState.Validated, ChangeState.Waiting, "a person has to decide"),
        new(ChangeState.Validated, ChangeState.Applying, "low in risk, and policy says auto"),
        new(ChangeState.Waiting, ChangeState.Waiting, "reminder"),
        new(ChangeState.Waiting, ChangeState.Approved, "an entitled person says yes"),
        new(ChangeState.Waiting, ChangeState.Rejected, "a person says no"),
        new(ChangeState.Waiting, ChangeState.Expired, "nobody decides in time"),
        new(ChangeState.Waiting, ChangeState.Conflicted, "the record has changed where it matters"),
        new(ChangeState.Approved, ChangeState.Waiting, "the record has changed: the approval is void"),
        new(ChangeState.Approved, ChangeState.Rejected, "a person takes the approval back"),
        new(ChangeState.Approved, ChangeState.Expired, "nobody applies it in time"),
        new(ChangeState.Approved, ChangeState.Conflicted, "the record has changed where it matters"),
        new(ChangeState.Approved, ChangeState.Refused, "the proposer's rights no longer cover it"),
        new(ChangeState.Approved, ChangeState.Applying, "apply"),
        new(ChangeState.Applying, ChangeState.Applying, "its sender died: taken up by another"),
        new(ChangeState.Applying, ChangeState.Applied, "the CRM takes it"),
        new(ChangeState.Applying, ChangeState.Conflicted, "a newer result stands in the record"),
        new(ChangeState.Applying, ChangeState.Failed, "the CRM refuses it"),
        new(ChangeState.Failed, ChangeState.Applying, "tried again"),
        new(ChangeState.Applied, ChangeState.Verified, "read back and equal"),
        new(ChangeState.Applied, ChangeState.Undone, "undo"),
        new(ChangeState.Verified, ChangeState.Undone, "undo"),
    ];

    /// <summary>Gets the states in which a change set waits for nothing and nothing of it is on its way, so that its values need not be kept for ever.</summary>
    /// <remarks>One that is stored as validated is a dry run.</remarks>
    public static IReadOnlyList<ChangeState> Ended { get; } =
    [
        ChangeState.Validated, ChangeState.Applied, ChangeState.Verified, ChangeState.Refused, ChangeState.Rejected, ChangeState.Expired,
        ChangeState.Conflicted, ChangeState.Failed, ChangeState.Undone,
    ];

    private static readonly FrozenSet<(ChangeState From, ChangeState To)> Known = Steps.Select(step => (step.From, step.To)).ToFrozenSet();

    /// <summary>Tells whether there is such a move.</summary>
    public static bool MayMove(ChangeState from, ChangeState to) => Known.Contains((from, to));

    /// <summary>Gives the moves by which a new change set came to the state that it is first stored in.</summary>
    /// <remarks>They are stored with it: from the first moment on its history is whole.</remarks>
    public static IReadOnlyList<ChangeTransition> Beginning(ChangeSetRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        ChangeState[] path = row.State switch
        {
            ChangeState.Proposed => [],
            ChangeState.Refused => [ChangeState.Refused],
            ChangeState.Validated => [ChangeState.Validated],
            ChangeState.Waiting or ChangeState.Applying => [ChangeState.Validated, row.State],
            _ => throw new ArgumentException($"No change set begins as {row.State}.", nameof(row)),
        };
        return
        [
            .. path.Select((to, index) => new ChangeTransition(
                index == 0 ? ChangeState.Proposed : path[index - 1], to, Engine, to == row.State ? row.Note : null, row.CreatedAt)),
        ];
    }

    /// <summary>Makes a move.</summary>
    /// <exception cref="ArgumentException">There is no such move.</exception>
    internal static ChangeMove Move(ChangeSetRow row, ChangeState to, string by, string? note) => MayMove(row.State, to)
        ? new ChangeMove(row.Id, row.State, to, by, note)
        : throw new ArgumentException($"No change set moves from {row.State} to {to}.", nameof(to));
}
