using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;

namespace Liaison.Testing.Connectors;

/// <summary>Writes as HubSpot does: a field that is wrong refuses the whole batch, a record that is not there its own item.</summary>
internal sealed class InMemoryWriter(InMemoryCrm crm, RecordSchema schema)
{
    internal Result<IReadOnlyList<WriteOutcome>> Write(IReadOnlyList<RecordWrite> writes)
    {
        var wrong = writes.SelectMany(write => write.Values.Keys)
            .FirstOrDefault(name => schema.ByNativeName.GetValueOrDefault(name) is not { Writable: true });
        if (wrong is null && Lacking(writes) is { } lacking)
        {
            return new Failure(FailureKind.Invalid, "A field that a new record needs is not given.") { Field = lacking };
        }

        if (wrong is null)
        {
            return Result<IReadOnlyList<WriteOutcome>>.Of([.. writes.Select(Write)]);
        }

        return schema.ByNativeName.ContainsKey(wrong)
            ? new Failure(FailureKind.Invalid, "A field cannot be written.") { Field = wrong }
            : new Failure(FailureKind.Drifted, "A field does not exist.") { Field = wrong };
    }

    private WriteOutcome Write(RecordWrite write)
    {
        var bare = write.Values.FirstOrDefault(value => value.Value.Raw is null);
        if (bare.Key is not null)
        {
            return Refused(write, new(FailureKind.Invalid, "A null says nothing; clear the field with an empty text.") { Field = bare.Key });
        }

        var record = write.Id is { } id ? crm.Find(schema.Type, id) : null;
        if (write.Id is not null && record is null)
        {
            return Refused(write, new(FailureKind.NotFound, "There is no such record."));
        }

        if (write.Id is not null && crm.Refuses(write.Id) is { } refused)
        {
            return Refused(write, refused);
        }

        if (Holder(write, record) is { } holder)
        {
            return Refused(write, new(FailureKind.Duplicate, "Another record has this value.") { ExistingId = holder });
        }

        var linker = new InMemoryLinker(crm);
        if (write.Links.Select(link => linker.Refuse(schema.Type, link)).FirstOrDefault(failure => failure is not null) is { } unlinked)
        {
            return Refused(write, unlinked);
        }

        var values = write.Values.ToDictionary(value => value.Key, value => value.Value.Raw!, StringComparer.Ordinal);
        var updated = crm.Store(schema.Type, record, write.Key, values, out var stored);
        foreach (var link in write.Links)
        {
            linker.Make(schema.Type, stored, link);
        }

        var held = crm.Find(schema.Type, stored)!.Values;
        return new(write.Key, stored, null, updated)
        {
            Values = write.Values.Keys.ToDictionary(name => name, name => NativeValue.OfText(held.GetValueOrDefault(name)), StringComparer.Ordinal),
        };
    }

    private string? Lacking(IReadOnlyList<RecordWrite> writes) =>
        (from field in schema.Fields.Values
         where field.Required
         from write in writes
         where write.Id is null && string.IsNullOrEmpty(write.Values.GetValueOrDefault(field.NativeName).Raw)
         select field.NativeName).FirstOrDefault();

    private string? Holder(RecordWrite write, InMemoryRecord? record) =>
        (from value in write.Values
         where schema.ByNativeName[value.Key].Unique && value.Value.Raw!.Length > 0
         from other in crm.AllOf(schema.Type)
         where other != record && string.Equals(other.Values.GetValueOrDefault(value.Key), value.Value.Raw, StringComparison.OrdinalIgnoreCase)
         select other.Id).FirstOrDefault();

    private static WriteOutcome Refused(RecordWrite write, Failure failure) => new(write.Key, write.Id, failure);
}
