using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Normalization;
using Liaison.Reading;

namespace Liaison.Writeback.Operations;

/// <summary>Creates of records; a lost answer is looked for where the record would be found, and never sent again on suspicion.</summary>
internal sealed class CreateRecords(OpenType open, RecordSchema schema, MakerOwner makers, TimeProvider time) : IWriteOperation
{
    // Search indexes lag behind the records by seconds, at worst a minute or so (contracts/hubspot.md): before that a search that
    // finds nothing says nothing.
    private static readonly TimeSpan IndexLag = TimeSpan.FromMinutes(2);

    public int BatchSize => open.BatchSizeOf(CrmOperation.Write);

    public bool SeesForSure => false;

    public async Task<Result<IReadOnlyList<WriteOutcome>>> SendAsync(IReadOnlyList<PendingWrite> batch, CancellationToken cancellationToken)
    {
        var owner = await makers.FindAsync(open, schema, cancellationToken);
        var answered = await open.Session.WriteAsync(
            schema.Type, [.. batch.Select(write => owner is { } maker ? Owned(write.ToWrite(), maker) : write.ToWrite())], cancellationToken);
        if (!answered.TryGet(out var outcomes, out var failure))
        {
            return failure;
        }

        var settled = new List<WriteOutcome>(outcomes.Count);
        foreach (var outcome in outcomes)
        {
            var write = batch.FirstOrDefault(write => write.Row.Id == outcome.Key);
            settled.Add(outcome switch
            {
                { Failure: { Kind: FailureKind.Duplicate, ExistingId: { } existing } } when write is not null && await IsOursAsync(write, existing, cancellationToken) =>
                    new WriteOutcome(outcome.Key, existing, null),
                { Failure: not null, Id: { } made } when write is not null => await AdoptAsync(write, made, outcome),
                _ => outcome,
            });
        }

        return settled;
    }

    /// <summary>Links a record that stands without its links, or takes it away again: none is left behind untold (R82).</summary>
    private async Task<WriteOutcome> AdoptAsync(PendingWrite write, string made, WriteOutcome outcome)
    {
        // No token: the record stands already.
        foreach (var link in write.Content.Links)
        {
            var linked = await open.Session.LinkAsync(
                schema.Type, new RecordType(link.ToType), [new LinkWrite(write.Row.Id, made, link.ToId, link.Label)], CancellationToken.None);
            if (!linked.TryGet(out var links, out _) || links[0].Failure is not null)
            {
                var deleted = await open.Session.DeleteAsync(schema.Type, [new RecordDelete(write.Row.Id, made)], CancellationToken.None);
                return deleted.TryGet(out var deletes, out _) && deletes[0].Failure is null
                    ? outcome with { Id = null }
                    : outcome with
                    {
                        Failure = outcome.Failure! with { Message = $"The {schema.Type} {made} was made and could not be linked; link it or delete it by hand." },
                    };
            }
        }

        return new WriteOutcome(write.Row.Id, made, null);
    }

    public async Task<IReadOnlyList<PendingWrite>> SettleAsync(IReadOnlyList<PendingWrite> writes, CancellationToken cancellationToken)
    {
        var missing = new List<PendingWrite>();
        foreach (var write in writes)
        {
            if (write.Row.MadeId is { } made)
            {
                write.MadeId = made;
                write.Failure = new Failure(FailureKind.Conflict, $"The {schema.Type} {made} was made and could not be linked; link it or delete it by hand.");
            }
            else if (write.StampOf(FieldNames.AiSource) is null
                ? await LookOnRecordAsync(write, cancellationToken)
                : await LookByStampsAsync(write, cancellationToken))
            {
                missing.Add(write);
            }
        }

        return missing;
    }

    /// <summary>Looks among the activities of the record that it was made on, which no index stands between.</summary>
    /// <returns>Whether it is certainly not there.</returns>
    private async Task<bool> LookOnRecordAsync(PendingWrite write, CancellationToken cancellationToken)
    {
        var about = write.Content.Links[0];
        var text = schema.Fields[FieldNames.Description];
        if (!(await open.Session.ReadAssociationsAsync(new RecordType(about.ToType), schema.Type, [about.ToId], cancellationToken)).TryGet(out var links, out var failure))
        {
            return Unknown(write, failure);
        }

        foreach (var batch in links.Select(link => link.ToId).Chunk(open.BatchSizeOf(CrmOperation.Read)))
        {
            if (!(await open.Session.ReadAsync(schema.Type, batch, [text], cancellationToken)).TryGet(out var found, out failure))
            {
                return Unknown(write, failure);
            }

            // The line that names the source names the change set too.
            if (found.Records.FirstOrDefault(record => record.Values.GetValueOrDefault(text.NativeName).Raw?.Contains(write.Row.Id, StringComparison.Ordinal) == true) is { } made)
            {
                return Found(write, made.Id);
            }
        }

        return true;
    }

    /// <summary>Looks for the stamps by a query.</summary>
    /// <returns>Whether it is certainly not there.</returns>
    private async Task<bool> LookByStampsAsync(PendingWrite write, CancellationToken cancellationToken)
    {
        var stamps = new Stamps(schema, open.Dialect);
        var filter = new RecordFilter.All(
            [.. write.Content.Fields.Where(delta => delta.Field is FieldNames.AiSource or FieldNames.AiUpdated).Select(ConditionOf)]);
        var queried = await open.Session.QueryAsync(
            new RecordQuery(schema.Type, stamps.Fields, filter, PageSize: 1), cursor: null, cancellationToken);
        return !queried.TryGet(out var page, out var failure) ? Unknown(write, failure)
            : page.Records is [var made, ..] ? Found(write, made.Id)
            : time.GetUtcNow() - write.Row.UpdatedAt > IndexLag || Unknown(write, new Failure(
                FailureKind.Ambiguous, "Whether the record was made is not known yet; asking again in two minutes looks for it.", IndexLag));
    }

    private async Task<bool> IsOursAsync(PendingWrite write, string existing, CancellationToken cancellationToken)
    {
        if (write.StampOf(FieldNames.AiSource) is null)
        {
            return false;
        }

        var stamps = new Stamps(schema, open.Dialect);
        var read = await open.Session.ReadAsync(schema.Type, [existing], stamps.Fields, cancellationToken);
        return read.TryGet(out var found, out _)
            && found.Records is [var record]
            && stamps.MomentOf(record) == stamps.MomentOf(write)
            && stamps.IsSourceOf(write, record);
    }

    private RecordFilter ConditionOf(FieldDelta delta) => new RecordFilter.Compare(
        delta.Field, Comparison.Equal, ValueReader.Read(schema.Fields[delta.Field], delta.After, open.Dialect));

    private static RecordWrite Owned(RecordWrite write, (string NativeName, NativeValue Owner) maker) => write.Values.ContainsKey(maker.NativeName)
        ? write
        : write with { Values = new Dictionary<string, NativeValue>(write.Values, StringComparer.Ordinal) { [maker.NativeName] = maker.Owner } };

    private static bool Found(PendingWrite write, string madeId)
    {
        write.MadeId = madeId;
        write.Failure = null;
        return false;
    }

    private static bool Unknown(PendingWrite write, Failure failure)
    {
        write.Failure = failure with { Kind = FailureKind.Ambiguous };
        return false;
    }
}
