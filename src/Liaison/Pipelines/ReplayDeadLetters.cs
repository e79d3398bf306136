using Liaison.Failures;
using Liaison.Gateway;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Work;

namespace Liaison.Pipelines;

/// <summary>What a replay made of one letter.</summary>
/// <param name="State">Where the letter stands now: replayed, superseded, or waiting where it failed again.</param>
/// <param name="Item">The end of its item.</param>
/// <param name="Told">What happened, in one sentence.</param>
public sealed record ReplayedLetter(string Id, RecordRef Record, DeadLetterState State, ItemState Item, string Told);

/// <summary>Does the work of dead letters once more, each after it was found to be still wanted (R142, R143).</summary>
public sealed class ReplayDeadLetters(Gate gate, IDeadLetterStore letters, IWorkStore work, QualificationPipeline pipeline)
{
    private const int Page = 200;

    /// <summary>Replays one letter.</summary>
    /// <returns><see cref="FailureKind.NotFound"/> for one that is not there, <see cref="FailureKind.Conflict"/> for one that is closed.</returns>
    public async Task<Result<IReadOnlyList<ReplayedLetter>>> ReplayAsync(Caller caller, string id, CancellationToken cancellationToken = default)
    {
        var found = await letters.FindAsync(id, cancellationToken);
        return await PassAsync(
            caller,
            found?.Record.Connection,
            async () => found switch
            {
                null => DeadLetterGateway.Unknown(id),
                { State: DeadLetterState.Waiting or DeadLetterState.Replaying } open => Result<IReadOnlyList<ReplayedLetter>>.Of(await ReplayAsync([open], cancellationToken)),
                var closed => new Failure(FailureKind.Conflict, $"Dead letter {closed.Id} is {closed.State} already; there is nothing to replay."),
            },
            cancellationToken);
    }

    /// <summary>Replays every waiting letter that a query selects, whatever its limit; those of a replay that died among them.</summary>
    public Task<Result<IReadOnlyList<ReplayedLetter>>> ReplayAsync(Caller caller, DeadLetterQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(query);
        query = query with { Connection = Gate.Narrowed(caller, query.Connection) };
        return PassAsync(
            caller,
            query.Connection,
            async () =>
            {
                var replayed = new List<ReplayedLetter>();
                foreach (var state in (DeadLetterState[])[DeadLetterState.Replaying, DeadLetterState.Waiting])
                {
                    // The list is taken whole before anything is replayed: a letter that fails again keeps its place, and one pass is enough.
                    foreach (var batch in (await letters.ListAllAsync(query with { State = state }, cancellationToken)).Chunk(Page))
                    {
                        replayed.AddRange(await ReplayAsync(batch, cancellationToken));
                    }
                }

                return Result<IReadOnlyList<ReplayedLetter>>.Of(replayed);
            },
            cancellationToken);
    }

    /// <summary>Replays letters of one connection that are at hand.</summary>
    internal Task<Result<IReadOnlyList<ReplayedLetter>>> ReplayAsync(
        Caller caller, ConnectionName connection, IReadOnlyList<DeadLetter> batch, CancellationToken cancellationToken) =>
        PassAsync(
            caller, connection, async () => Result<IReadOnlyList<ReplayedLetter>>.Of(await ReplayAsync(batch, cancellationToken)), cancellationToken);

    private async Task<IReadOnlyList<ReplayedLetter>> ReplayAsync(IReadOnlyList<DeadLetter> batch, CancellationToken cancellationToken)
    {
        var told = new List<ReplayedLetter>(batch.Count);
        foreach (var group in batch.GroupBy(letter => letter.RunId))
        {
            var wanted = new List<DeadLetter>();
            foreach (var letter in group)
            {
                if (await letters.FindNewerAsync(letter, cancellationToken) is { } newer)
                {
                    told.Add(await SupersedeAsync(letter, newer, cancellationToken));
                }
                else
                {
                    wanted.Add(letter);
                }
            }

            if (wanted.Count > 0)
            {
                told.AddRange(await work.FindRunAsync(group.Key, cancellationToken) is { } run
                    ? await ReplayAsync(run, wanted, cancellationToken)
                    : wanted.Select(letter => new ReplayedLetter(
                        letter.Id, letter.Record, letter.State, ItemState.Dead, $"Run {letter.RunId} is not found, and nothing was replayed; discard the letter.")));
            }
        }

        return told;
    }

    private async Task<ReplayedLetter> SupersedeAsync(DeadLetter letter, NewerSuccess newer, CancellationToken cancellationToken)
    {
        var closing = DeadLetterGateway.Superseded(letter, newer);
        await letters.CloseAsync([closing], cancellationToken);
        return new ReplayedLetter(letter.Id, letter.Record, closing.State, ItemState.Skipped, closing.Note);
    }

    private async Task<IEnumerable<ReplayedLetter>> ReplayAsync(Run run, IReadOnlyList<DeadLetter> wanted, CancellationToken cancellationToken)
    {
        if (!(await pipeline.ReplayAsync(run, wanted, cancellationToken)).TryGet(out var outcomes, out var failure))
        {
            return wanted.Select(letter => new ReplayedLetter(letter.Id, letter.Record, DeadLetterState.Waiting, ItemState.Dead, failure.Message));
        }

        var ends = outcomes.ToDictionary(outcome => outcome.Sequence);
        return wanted.Select(letter => ends.TryGetValue(letter.Sequence, out var end)
            ? new ReplayedLetter(
                letter.Id,
                letter.Record,
                end.State == ItemState.Dead ? DeadLetterState.Waiting : DeadLetterState.Replayed,
                end.State,
                end.Failure ?? $"The item ended as {end.State}.")
            : new ReplayedLetter(letter.Id, letter.Record, letter.State, ItemState.Leased, "Another replay has it in hand."));
    }

    private Task<Result<IReadOnlyList<ReplayedLetter>>> PassAsync(
        Caller caller, ConnectionName? connection, Func<Task<Result<IReadOnlyList<ReplayedLetter>>>> carryOut, CancellationToken cancellationToken) =>
        gate.PassAsync(
            DeadLetterGateway.RequestOf(caller, "dead-letters.replay", connection),
            "replay dead letters",
            [Role.Operator],
            carryOut,
            cancellationToken,
            told => DeadLetterGateway.Closing(
                told.Select(letter => letter.Record.Id),
                string.Join(", ", told.CountBy(letter => letter.State).Select(count => FormattableString.Invariant($"{count.Value} {count.Key}")))));
}
