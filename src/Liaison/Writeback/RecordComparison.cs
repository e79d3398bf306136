using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Normalization;
using Liaison.Reading;
using Liaison.Schema;

namespace Liaison.Writeback;

/// <summary>A record that is to be read again, for the fields that a change set names.</summary>
internal sealed record RecordReading(string Id, ChangeContent Content)
{
    /// <summary>Gives the reading of the record that a change set is about; what is made beside it is no field of it.</summary>
    public static RecordReading Of(ChangeSetRow change)
    {
        var content = ChangeContent.FromJson(change.Content);
        return new RecordReading(change.Record.Id, content.Operation == WriteOperation.Update ? content : content with { Fields = [] });
    }
}

/// <summary>Reads the records of stored change sets as they stand now, and tells what differs from what the change sets know.</summary>
/// <remarks>Values are compared typed, since CRMs spell numbers and times their own way; the stamps of AI are no difference.</remarks>
internal sealed class RecordComparison(OpenType open, RecordSchema schema)
{
    /// <summary>Reads records of the type with the fields that the change sets name.</summary>
    /// <returns>The records by the id that was asked for; those that are gone are not in it.</returns>
    public async Task<Result<IReadOnlyDictionary<string, NativeRecord>>> ReadAsync(
        IReadOnlyList<RecordReading> wanted, CancellationToken cancellationToken)
    {
        var records = new Dictionary<string, NativeRecord>(StringComparer.Ordinal);
        foreach (var batch in wanted.DistinctBy(entry => entry.Id).Chunk(open.BatchSizeOf(CrmOperation.Read)))
        {
            FieldDefinition[] fields = [.. wanted
                .SelectMany(entry => entry.Content.Fields)
                .Select(delta => schema.Find(delta.NativeName))
                .OfType<FieldDefinition>()
                .DistinctBy(field => field.NativeName)];
            if (!(await open.Session.ReadAsync(schema.Type, [.. batch.Select(entry => entry.Id)], fields, cancellationToken)).TryGet(out var found, out var failure))
            {
                return failure;
            }

            foreach (var record in found.Records)
            {
                records[record.RequestedId ?? record.Id] = record;
            }
        }

        return records;
    }

    /// <summary>Names the fields that no longer hold what they held when the change was proposed.</summary>
    public IReadOnlyList<string> ChangedSinceProposal(ChangeContent content, NativeRecord record) => Differing(content, record, delta => delta.Before);

    /// <summary>Names the fields that no longer hold what the change wrote.</summary>
    public IReadOnlyList<string> ChangedSinceWrite(ChangeContent content, NativeRecord record) => Differing(content, record, delta => delta.After);

    private List<string> Differing(ChangeContent content, NativeRecord record, Func<FieldDelta, NativeValue> known) =>
    [
        .. content.Fields
            .Where(delta => !AiFields.Stamps.Contains(delta.Field) && known(delta).Kind != NativeKind.Missing)
            .Where(delta => !IsSame(delta, record.Values.GetValueOrDefault(delta.NativeName), known(delta)))
            .Select(delta => delta.Field),
    ];

    private bool IsSame(FieldDelta delta, NativeValue held, NativeValue known) =>
        held.Raw == known.Raw
        || (held.Raw is null or "" && known.Raw is null or "")
        || (schema.Find(delta.NativeName) is { } field
            && ValueReader.Read(field, held, open.Dialect) == ValueReader.Read(field, known, open.Dialect));
}
