using Liaison.Context;
using Liaison.Model;

namespace Liaison.Tests.Pipelines.Scorecards;

/// <summary>Makes packets from values; a field without one was not read.</summary>
internal static class APacket
{
    public static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public static ContextPacket Of(
        Dictionary<string, FieldValue> contact, Dictionary<string, FieldValue>? company, ContextProfile? profile = null) =>
        ContextAssembler.Assemble(
            profile ?? QualificationProfile.Default, Contact(contact), company is null ? null : Read(RecordType.Company, "co-1", company));

    public static Model.Record Contact(Dictionary<string, FieldValue> values) => Read(RecordType.Contact, "1", values);

    private static Model.Record Read(RecordType type, string id, Dictionary<string, FieldValue> values)
    {
        var reference = new RecordRef(new ConnectionName("crm"), type, id);
        var fields = values.ToDictionary(
            value => value.Key,
            value => new Field(value.Key, value.Value.IsEmpty ? FieldState.Empty : FieldState.Present, value.Value, NativeValue.OfText("raw")));
        return new Model.Record(reference, fields, null, Now, null, null, new Provenance(reference, type.Name + "s", Now));
    }
}
