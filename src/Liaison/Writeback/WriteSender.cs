using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Normalization;
using Liaison.Reading;

namespace Liaison.Writeback;

/// <summary>Sends batches of writes, isolates the item that spoils a batch, and finds lost outcomes by looking.</summary>
internal sealed class WriteSender(OpenType open, RecordType type, CancellationToken cancellationToken)
{
    private const int Attempts = 3;

    /// <summary>Sends one batch; the outcome stands in each write afterwards.</summary>
    public Task SendAsync(IReadOnlyList<PendingWrite> batch) => SendAsync(batch, attempt: 1);

    /// <summary>Finds out what became of writes whose answer was lost.</summary>
    /// <returns>Those that the CRM does not show, so that they have to be sent; the others carry their outcome.</returns>
    public async Task<IReadOnlyList<PendingWrite>> SettleAsync(IReadOnlyList<PendingWrite> writes)
    {
        var missing = new List<PendingWrite>();

        // Writes may come in larger batches than a read takes.
        foreach (var batch in writes.Chunk(open.BatchSizeOf(CrmOperation.Read)))
        {
            missing.AddRange(await LookAsync(batch));
        }

        return missing;
    }

    private async Task SendAsync(IReadOnlyList<PendingWrite> batch, int attempt)
    {
        var answered = await open.Session.WriteAsync(type, [.. batch.Select(write => write.ToWrite())], cancellationToken);
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
        var missing = await SettleAsync(batch);
        if (missing.Count == 0)
        {
            return;
        }

        if (attempt >= Attempts)
        {
            Fail(missing, failure);
            return;
        }

        await SendAsync(missing, attempt + 1);
    }

    private async Task<IReadOnlyList<PendingWrite>> LookAsync(IReadOnlyList<PendingWrite> batch)
    {
        FieldDefinition[] stamps = [open.Whole.Fields[FieldNames.AiUpdated], open.Whole.Fields[FieldNames.AiSource]];
        var read = await open.Session.ReadAsync(type, [.. batch.Select(write => write.Row.Record.Id).Distinct(StringComparer.Ordinal)], stamps, cancellationToken);
        if (!read.TryGet(out var found, out var failure))
        {
            Fail(batch, failure with { Kind = FailureKind.Ambiguous });
            return [];
        }

        var held = found.Records.ToDictionary(record => record.RequestedId ?? record.Id, StringComparer.Ordinal);
        return [.. batch.Where(write => !Settle(write, held.GetValueOrDefault(write.Row.Record.Id)))];
    }

    /// <summary>Reads the outcome off the stamps, which travel in the same request as the values.</summary>
    /// <returns>Whether the write is settled; otherwise it has not reached the record.</returns>
    private bool Settle(PendingWrite write, NativeRecord? record)
    {
        if (record is null)
        {
            write.Failure = new Failure(FailureKind.NotFound, "The record is gone, so what became of the write cannot be seen.");
            return true;
        }

        var intended = MomentOf(write.Content.Fields.First(delta => delta.Field == FieldNames.AiUpdated).After);
        var held = record.Values.TryGetValue(open.Whole.Fields[FieldNames.AiUpdated].NativeName, out var raw) ? MomentOf(raw) : null;
        if (held is null || held < intended)
        {
            return false;
        }

        // A later stamp, or one of the same instant from another source, is another workflow's: an older result must not
        // overwrite a newer one (R143).
        write.Superseded = held > intended || !IsOurs(write, record);
        write.Failure = null;
        return true;
    }

    private bool IsOurs(PendingWrite write, NativeRecord record) =>
        record.Values.TryGetValue(open.Whole.Fields[FieldNames.AiSource].NativeName, out var held)
        && held.Raw == write.Content.Fields.First(delta => delta.Field == FieldNames.AiSource).After.Raw;

    private DateTimeOffset? MomentOf(NativeValue raw) =>
        ValueReader.Read(open.Whole.Fields[FieldNames.AiUpdated], raw, open.Dialect) is FieldValue.Instant instant ? instant.Value : null;

    private static void Take(IReadOnlyList<PendingWrite> batch, IReadOnlyList<WriteOutcome> outcomes)
    {
        var byKey = outcomes.ToDictionary(outcome => outcome.Key, StringComparer.Ordinal);
        foreach (var write in batch)
        {
            write.Failure = byKey.TryGetValue(write.Row.Id, out var outcome)
                ? outcome.Failure
                : new Failure(FailureKind.Ambiguous, "The CRM's answer did not name the record, so what became of the write is not known.");
            write.Sent = true;
        }
    }

    private static void Fail(IReadOnlyList<PendingWrite> batch, Failure failure)
    {
        foreach (var write in batch)
        {
            write.Failure = failure;
        }
    }

    private static bool SpoiledByOne(FailureKind kind) =>
        kind is FailureKind.Invalid or FailureKind.Duplicate or FailureKind.Conflict or FailureKind.NotFound;
}
