using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Policy;

namespace Liaison.Writeback.Operations;

/// <summary>Sends batches of writes, isolates the item that spoils a batch, finds lost outcomes by looking, and tries again what moments mend.</summary>
/// <param name="pace">How often and how fast what moments mend is tried again.</param>
/// <param name="stoppable">Whose stop holds the batches back; <see langword="null"/> where none does.</param>
internal sealed class BatchSender(IWriteOperation operation, WritePace pace, KillSwitch stops, Caller? stoppable, CancellationToken cancellationToken)
{

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
            var busy = batch.Where(write => IsBusy(write.Failure)).ToList();

            // An item that the answer did not name, or whose own outcome is unknown, is looked up like a lost answer.
            foreach (var unknown in batch.Where(write => write.Failure is { Kind: FailureKind.Ambiguous }).GroupBy(write => write.Failure!).ToList())
            {
                await ResendMissingAsync([.. unknown], attempt, unknown.Key);
            }

            await ResendBusyAsync(busy, attempt);
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
            await ResendBusyAsync(IsBusy(failure) ? batch : [], attempt);
        }
    }

    private async Task ResendMissingAsync(IReadOnlyList<PendingWrite> batch, int attempt, Failure failure)
    {
        var missing = await operation.SettleAsync(batch, cancellationToken);
        if (missing.Count == 0)
        {
            return;
        }

        foreach (var write in missing)
        {
            write.Met(failure);
        }

        if (!await pace.WaitAsync(attempt, failure, cancellationToken))
        {
            // What was looked at and is not there has failed and is nothing to guess about.
            Fail(missing, operation.SeesForSure
                ? failure with { Kind = FailureKind.Unavailable, Message = $"The CRM took none of {attempt} attempts to write this, and holds nothing of it; try again later." }
                : failure);
            return;
        }

        // What was late on its way may have come in the meantime.
        missing = await operation.SettleAsync(missing, cancellationToken);
        if (missing.Count > 0)
        {
            await SendAsync(missing, WritePace.After(attempt, failure));
        }
    }

    // Those that met a lock, or a limit of their own, beside others that were taken: nothing of them was written (R108, R123).
    private async Task ResendBusyAsync(IReadOnlyList<PendingWrite> busy, int attempt)
    {
        if (busy.Count > 0 && busy.Select(write => write.Failure!).MaxBy(failure => failure.RetryAfter) is { } longest
            && await pace.WaitAsync(attempt, longest, cancellationToken))
        {
            await SendAsync(busy, WritePace.After(attempt, longest));
        }
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

    // A whole call has been tried again by its channel; what was refused item by item has not.
    private static bool IsBusy(Failure? failure) => failure is { Kind.Remedy: Remedy.Moments, Attempts.Count: 0 };

    private static bool SpoiledByOne(FailureKind kind) =>
        kind is FailureKind.Invalid or FailureKind.Duplicate or FailureKind.Conflict or FailureKind.NotFound;
}
