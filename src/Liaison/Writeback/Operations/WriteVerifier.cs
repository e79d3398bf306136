using Liaison.Connectors;
using Liaison.Model;
using Liaison.Normalization;
using Liaison.Reading;
using Liaison.Schema;

namespace Liaison.Writeback.Operations;

/// <summary>Sees whether the CRM holds what was written.</summary>
/// <remarks>
/// By what the CRM's own answer to the write says the fields hold, where it says so and no person decided; else by reading the
/// record. Values are compared typed: CRMs spell numbers and times their own way.
/// </remarks>
internal sealed class WriteVerifier(OpenType open, RecordSchema schema, TimeProvider time)
{
    /// <summary>Gives those of applied writes of one type that the CRM was seen to hold as they were sent.</summary>
    public async Task<IReadOnlyList<PendingWrite>> EqualAsync(IReadOnlyList<PendingWrite> writes, CancellationToken cancellationToken)
    {
        var told = writes.Where(write => write is { Held: not null, Row.Approval: null }).ToList();
        var equal = told.Where(write => IsThere(write, write.Held!)).ToList();
        var untold = writes.Except(told).ToList();
        if (open.JobsFor(untold.Count) is { } jobs && StampsOf(untold) is { } stamps)
        {
            equal.AddRange(await EqualAsync(untold, jobs, stamps, cancellationToken));
            return equal;
        }

        foreach (var batch in untold.Chunk(open.BatchSizeOf(CrmOperation.Read)))
        {
            var fields = FieldsOf(batch);
            var read = await open.Session.ReadAsync(schema.Type, [.. batch.Select(IdOf).Distinct(StringComparer.Ordinal)], fields, cancellationToken);

            // What cannot be read now was applied all the same; it stays so, unverified.
            if (read.TryGet(out var found, out _))
            {
                var held = found.Records.ToDictionary(record => record.RequestedId ?? record.Id, StringComparer.Ordinal);
                equal.AddRange(batch.Where(write => held.TryGetValue(IdOf(write), out var record) && IsThere(write, record.Values)));
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
        var query = new RecordQuery(schema.Type, FieldsOf(writes), stamps);
        var pages = new JobPages(open.Session, jobs, time);
        IReadOnlyList<PendingWrite> EqualTo(NativeRecord record) => [.. written[record.Id].Where(write => IsThere(write, record.Values))];

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

    private FieldDefinition[] FieldsOf(IReadOnlyList<PendingWrite> writes) =>
    [
        .. writes
            .SelectMany(write => write.Content.Fields)
            .Select(delta => delta.NativeName)
            .Distinct(StringComparer.Ordinal)
            .Select(schema.Find)
            .OfType<FieldDefinition>(),
    ];

    private static string IdOf(PendingWrite write) => write.MadeId ?? write.Row.Record.Id;

    // What a later change carried has that one's stamps in the record. A field of it that the later one set too holds the later value,
    // and the write is applied and not verified.
    private bool IsThere(PendingWrite write, IReadOnlyDictionary<string, NativeValue> held) =>
        write.Content.Fields.All(delta => (write.JoinedTo is not null && AiFields.Stamps.Contains(delta.Field)) || IsThere(delta, held));

    private bool IsThere(FieldDelta delta, IReadOnlyDictionary<string, NativeValue> held) =>
        held.TryGetValue(delta.NativeName, out var raw)
        && (raw.Raw == delta.After.Raw
            || (raw.Raw is null or "" && delta.After.Raw is null or "")
            || (schema.Find(delta.NativeName) is { } field && Same(field, raw, delta.After)));

    private bool Same(FieldDefinition field, NativeValue held, NativeValue sent) =>
        (ValueReader.Read(field, held, open.Dialect), ValueReader.Read(field, sent, open.Dialect)) switch
        {
            // CRMs trim, and lower the case of addresses.
            (FieldValue.Text one, FieldValue.Text other) => string.Equals(one.Value.Trim(), other.Value.Trim(), StringComparison.OrdinalIgnoreCase),
            var (one, other) => one == other,
        };
}
