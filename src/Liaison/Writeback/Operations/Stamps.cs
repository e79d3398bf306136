using Liaison.Connectors;
using Liaison.Model;
using Liaison.Normalization;
using Liaison.Schema;

namespace Liaison.Writeback.Operations;

/// <summary>Reads the stamps of source and time off records and intents.</summary>
internal sealed class Stamps(RecordSchema schema, ValueDialect dialect)
{
    private readonly FieldDefinition source = schema.Fields[FieldNames.AiSource];
    private readonly FieldDefinition updated = schema.Fields[FieldNames.AiUpdated];

    /// <summary>Gets the fields that hold them.</summary>
    public IReadOnlyList<FieldDefinition> Fields => [updated, source];

    /// <summary>Tells whether a type has the fields.</summary>
    public static bool AreOn(RecordSchema schema) => AiFields.Stamps.All(schema.Fields.ContainsKey);

    public DateTimeOffset? MomentOf(PendingWrite write) => write.StampOf(FieldNames.AiUpdated) is { } raw ? MomentOf(raw) : null;

    public DateTimeOffset? MomentOf(NativeRecord record) =>
        record.Values.TryGetValue(updated.NativeName, out var raw) ? MomentOf(raw) : null;

    public bool IsSourceOf(PendingWrite write, NativeRecord record) =>
        record.Values.TryGetValue(source.NativeName, out var held) && held.Raw == write.StampOf(FieldNames.AiSource)?.Raw;

    /// <summary>Tells whether two writes carry the same source and the same moment.</summary>
    public bool AreEqual(PendingWrite one, PendingWrite other) =>
        MomentOf(one) == MomentOf(other) && one.StampOf(FieldNames.AiSource)?.Raw == other.StampOf(FieldNames.AiSource)?.Raw;

    private DateTimeOffset? MomentOf(NativeValue raw) =>
        ValueReader.Read(updated, raw, dialect) is FieldValue.Instant instant ? instant.Value : null;
}
