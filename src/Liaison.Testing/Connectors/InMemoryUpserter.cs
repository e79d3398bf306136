using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;

namespace Liaison.Testing.Connectors;

/// <summary>Finds and writes by the value of a unique field, which it compares without regard to case as HubSpot does.</summary>
internal sealed class InMemoryUpserter(InMemoryCrm crm, RecordSchema schema)
{
    internal Result<RecordBatch> Find(FieldDefinition by, IReadOnlyList<string> values, IReadOnlyList<FieldDefinition> fields)
    {
        if (!IsUnique(by))
        {
            return NotUnique(by);
        }

        var asked = values.Distinct(StringComparer.OrdinalIgnoreCase).Select(value => (Value: value, Record: Holder(by, value))).ToList();
        return new RecordBatch(
            [.. asked.Where(pair => pair.Record is not null).Select(pair => pair.Record!.ToNative(schema, fields) with { RequestedId = pair.Value })],
            [.. asked.Where(pair => pair.Record is null).Select(pair => pair.Value)]);
    }

    internal Result<IReadOnlyList<WriteOutcome>> Write(FieldDefinition by, IReadOnlyList<RecordUpsert> upserts)
    {
        if (!IsUnique(by))
        {
            return NotUnique(by);
        }

        var groups = upserts.GroupBy(upsert => upsert.Value, StringComparer.OrdinalIgnoreCase).Select(same => same.ToList()).ToList();
        var writes = groups.Select(same => WriteOf(by, same)).ToList();
        return new InMemoryWriter(crm, schema).Write(writes).Then(outcomes => Result<IReadOnlyList<WriteOutcome>>.Of(
        [
            .. from pair in groups.Zip(writes)
               let outcome = outcomes.Single(outcome => outcome.Key == pair.Second.Key)
               from upsert in pair.First
               select outcome with { Key = upsert.Key, Created = outcome.Failure is null ? pair.Second.Id is null : null },
        ]));
    }

    private RecordWrite WriteOf(FieldDefinition by, List<RecordUpsert> same)
    {
        var holder = Holder(by, same[0].Value);
        var values = new Dictionary<string, NativeValue>(StringComparer.Ordinal);
        foreach (var (name, value) in same.SelectMany(upsert => upsert.Values))
        {
            values[name] = value;
        }

        if (holder is null)
        {
            values[by.NativeName] = NativeValue.OfText(same[0].Value);
        }

        return new(same[0].Key, holder?.Id, values);
    }

    private InMemoryRecord? Holder(FieldDefinition by, string value) => crm.AllOf(schema.Type).FirstOrDefault(record =>
        string.Equals(record.Values.GetValueOrDefault(by.NativeName), value, StringComparison.OrdinalIgnoreCase));

    private bool IsUnique(FieldDefinition by) => schema.ByNativeName.GetValueOrDefault(by.NativeName) is { Unique: true };

    private static Failure NotUnique(FieldDefinition by) =>
        new(FailureKind.Invalid, "Records are not told apart by this field; name a unique one.") { Field = by.Name };
}
