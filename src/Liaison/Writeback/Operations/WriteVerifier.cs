using Liaison.Connectors;
using Liaison.Model;
using Liaison.Normalization;
using Liaison.Reading;

namespace Liaison.Writeback.Operations;

/// <summary>Sees whether the CRM holds what was written.</summary>
/// <remarks>
/// By what the CRM's own answer to the write says the fields hold, where it says so and no person decided; else by reading the
/// record.
/// </remarks>
internal sealed class WriteVerifier(OpenType open, RecordSchema schema, TimeProvider time)
{
    private readonly WrittenValues values = new(schema, open.Dialect);

    /// <summary>Gives those of applied writes of one type that the CRM was seen to hold as they were sent.</summary>
    public async Task<IReadOnlyList<PendingWrite>> EqualAsync(IReadOnlyList<PendingWrite> writes, CancellationToken cancellationToken)
    {
        var told = writes.Where(write => write is { Held: not null, Row.Approval: null }).ToList();
        var equal = told.Where(write => values.AreIn(write, write.Held!)).ToList();
        var untold = writes.Except(told).ToList();
        if (open.JobsFor(untold.Count) is { } jobs && StampsOf(untold) is { } stamps)
        {
            equal.AddRange(await EqualAsync(untold, jobs, stamps, cancellationToken));
            return equal;
        }

        foreach (var batch in untold.Chunk(open.BatchSizeOf(CrmOperation.Read)))
        {
            var fields = values.FieldsOf(batch);
            var read = await open.Session.ReadAsync(schema.Type, [.. batch.Select(IdOf).Distinct(StringComparer.Ordinal)], fields, cancellationToken);

            // What cannot be read now was applied all the same; it stays so, unverified.
            if (read.TryGet(out var found, out _))
            {
                var held = found.Records.ToDictionary(record => record.RequestedId ?? record.Id, StringComparer.Ordinal);
                equal.AddRange(batch.Where(write => held.TryGetValue(IdOf(write), out var record) && values.AreIn(write, record.Values)));
            }
        }

        return equal;
    }

    // Many at once are asked for by the stamps that only they have, in one job instead of some calls.
    private async Task<IReadOnlyList<PendingWrite>> EqualAsync(
        List<PendingWrite> writes, OpenJobs jobs, RecordFilter stamps, CancellationToken cancellationToken)
    {
        var written = writes.ToLookup(IdOf, StringComparer.Ordinal);
        var equal = new List<PendingWrite>(writes.Count);
        var query = new RecordQuery(schema.Type, values.FieldsOf(writes), stamps);
        var pages = new JobPages(open.Session, jobs, time);
        IReadOnlyList<PendingWrite> EqualTo(NativeRecord record) => [.. written[record.Id].Where(write => values.AreIn(write, record.Values))];

        string? cursor = null;
        do
        {
            if (!(await pages.ReadAsync(query, cursor, writes.Count, EqualTo, cancellationToken)).TryGet(out var page, out _))
            {
                break;
            }

            equal.AddRange(page.Records.SelectMany(found => found));
            cursor = page.Next;
        }
        while (cursor is not null);

        return equal;
    }

    /// <summary>Gives the condition that records hold the stamps of these writes; <see langword="null"/> where they are of several sources.</summary>
    private RecordFilter.All? StampsOf(List<PendingWrite> writes)
    {
        if (!Stamps.AreOn(schema) || writes.Select(write => write.StampOf(FieldNames.AiSource)).Distinct().ToList() is not [{ } source])
        {
            return null;
        }

        var stamps = new Stamps(schema, open.Dialect);
        var moments = writes.Select(stamps.MomentOf).OfType<DateTimeOffset>().ToList();
        return moments.Count < writes.Count ? null : new RecordFilter.All(
        [
            new RecordFilter.Compare(FieldNames.AiSource, Comparison.Equal, ValueReader.Read(schema.Fields[FieldNames.AiSource], source, open.Dialect)),
            new RecordFilter.Compare(FieldNames.AiUpdated, Comparison.GreaterOrEqual, new FieldValue.Instant(moments.Min())),
            new RecordFilter.Compare(FieldNames.AiUpdated, Comparison.LessOrEqual, new FieldValue.Instant(moments.Max())),
        ]);
    }

    private static string IdOf(PendingWrite write) => write.MadeId ?? write.Row.Record.Id;
}
