using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Policy;

namespace Liaison.Writeback.Operations;

/// <summary>Sends batches of writes, isolates the item that spoils a batch, and finds lost outcomes by looking.</summary>
/// <param name="stoppable">Whose stop holds the batches back; <see langword="null"/> where none does.</param>
internal sealed class BatchSender(IWriteOperation operation, KillSwitch stops, Caller? stoppable, CancellationToken cancellationToken)
{
    // The first and three more (R125).
    private const int Attempts = 4;

    /// <summary>Sends one batch; the outcome stands in each write afterwards.</summary>
    public Task SendAsync(IReadOnlyList<PendingWrite> batch) => SendAsync(batch, attempt: 1);

    private async Task SendAsync(IReadOnlyList<PendingWrite> batch, int attempt)
    {
        // Before every batch and not once a submit: a stop must act within a second, and permits can make a submit last for minutes.
        if (stoppable is not null && !(await stops.AskAsync(stoppable, cancellationToken)).TryGet(out _, out var stopped))
        {
            Fail(batch, stopped);
            return;
        }

        var answered = await operation.SendAsync(batch, cancellationToken);
        if (answered.TryGet(out var outcomes, out var failure))
        {
            Take(batch, outcomes);

            // An item that the answer did not name, or whose own outcome is unknown, is looked up like a lost answer.
            foreach (var unknown in batch.Where(write => write.Failure is { Kind: FailureKind.Ambiguous }).GroupBy(write => write.Failure!))
            {
                await ResendMissingAsync([.. unknown], attempt, unknown.Key);
            }
        }
        else if (failure.Kind == FailureKind.Ambiguous)
        {
            await ResendMissingAsync(batch, attempt, failure);
        }
        else if (batch.Count > 1 && SpoiledByOne(failure.Kind))
        {
            // The CRM refuses the whole batch for one bad item and may not say which (contracts/hubspot.md 6.2).
            await Task.WhenAll(batch.Chunk((batch.Count + 1) / 2).Select(half => SendAsync(half, attempt)));
        }
        else
        {
            Fail(batch, failure);
        }
    }

    private async Task ResendMissingAsync(IReadOnlyList<PendingWrite> batch, int attempt, Failure failure)
    {
        var missing = await operation.SettleAsync(batch, cancellationToken);
        if (missing.Count == 0)
        {
            return;
        }

        if (attempt >= Attempts)
        {
            // What was looked at and is not there has failed and is nothing to guess about.
            Fail(missing, operation.SeesForSure
                ? failure with { Kind = FailureKind.Unavailable, Message = $"The CRM took none of {Attempts} attempts to write this, and holds nothing of it; try again later." }
                : failure);
            return;
        }

        await SendAsync(missing, attempt + 1);
    }

    /// <summary>Gives every write of a batch its outcome.</summary>
    public static void Take(IReadOnlyList<PendingWrite> batch, IReadOnlyList<WriteOutcome> outcomes)
    {
        var byKey = outcomes.ToDictionary(outcome => outcome.Key, StringComparer.Ordinal);
        foreach (var write in batch)
        {
            var outcome = byKey.GetValueOrDefault(write.Row.Id);
            write.Failure = outcome is null
                ? new Failure(FailureKind.Ambiguous, "The CRM's answer did not name the record, so what became of the write is not known.")
                : outcome.Failure;
            write.Held = outcome?.Values;
            write.MadeId = write.Content.Operation == WriteOperation.Create ? outcome?.Id : null;
            write.Sent = true;
        }
    }

    /// <summary>Gives every write of a batch the same failure.</summary>
    public static void Fail(IReadOnlyList<PendingWrite> batch, Failure failure)
    {
        foreach (var write in batch)
        {
            write.Failure = failure;
        }
    }

    private static bool SpoiledByOne(FailureKind kind) =>
        kind is FailureKind.Invalid or FailureKind.Duplicate or FailureKind.Conflict or FailureKind.NotFound;
}
