using Liaison.Connectors;
using Liaison.Model;
using Liaison.Normalization;
using Liaison.Schema;

namespace Liaison.Writeback.Operations;

/// <summary>Tells whether a record holds what a write set.</summary>
/// <remarks>Values are compared typed: CRMs spell numbers and times their own way.</remarks>
internal sealed class WrittenValues(RecordSchema schema, ValueDialect dialect)
{
    /// <summary>Gives the fields that writes set.</summary>
    public FieldDefinition[] FieldsOf(IReadOnlyList<PendingWrite> writes) =>
    [
        .. writes
            .SelectMany(write => write.Content.Fields)
            .Select(delta => delta.NativeName)
            .Distinct(StringComparer.Ordinal)
            .Select(schema.Find)
            .OfType<FieldDefinition>(),
    ];

    /// <summary>Tells whether every value of a write is held, its stamps included.</summary>
    /// <remarks>
    /// What a later change carried has that one's stamps in the record. A field of it that the later one set too holds the later value,
    /// and the write is applied and not verified.
    /// </remarks>
    public bool AreIn(PendingWrite write, IReadOnlyDictionary<string, NativeValue> held) =>
        write.Content.Fields.All(delta => (write.JoinedTo is not null && AiFields.Stamps.Contains(delta.Field)) || IsIn(delta, held));

    private bool IsIn(FieldDelta delta, IReadOnlyDictionary<string, NativeValue> held) =>
        held.TryGetValue(delta.NativeName, out var raw)
        && (raw.Raw == delta.After.Raw
            || (raw.Raw is null or "" && delta.After.Raw is null or "")
            || (schema.Find(delta.NativeName) is { } field && Same(field, raw, delta.After)));

    private bool Same(FieldDefinition field, NativeValue held, NativeValue sent) =>
        (ValueReader.Read(field, held, dialect), ValueReader.Read(field, sent, dialect)) switch
        {
            // CRMs trim, and lower the case of addresses.
            (FieldValue.Text one, FieldValue.Text other) => string.Equals(one.Value.Trim(), other.Value.Trim(), StringComparison.OrdinalIgnoreCase),
            var (one, other) => one == other,
        };
}
