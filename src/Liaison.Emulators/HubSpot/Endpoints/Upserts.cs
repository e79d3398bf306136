using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;
using Liaison.Emulators.HubSpot.Writing;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>Creating or changing by a unique property.</summary>
internal sealed class Upserts(Refusals refusals, BatchWrites batches, ObjectWrites single, RecordWriter writer, BatchAnswer answer)
{
    private sealed record Input(string Key, PropertyDefinition KeyProperty, CrmRecord? Record, PreparedWrite Write, string? Trace);

    public Reply Upsert(Call call)
    {
        if (batches.Begin(call, out var type) is { } refused)
        {
            return refused;
        }

        if (batches.RefuseRepeats(call) is { } repeated)
        {
            return repeated;
        }

        var inputs = new List<Input>();
        var faults = new List<ValueFault>();
        var failed = new List<BatchFault>();
        foreach (var input in call.Items("inputs"))
        {
            if (Read(call, type, input, inputs, faults, failed) is { } wrong)
            {
                return wrong;
            }
        }

        return batches.RefuseAll(call, type, faults, [.. inputs.Select(input => (input.Write, input.Record))]) is { } invalid
            ? invalid
            : answer.Of(call, 200, [.. inputs.Select(input => Apply(call, type, input))], failed);
    }

    /// <summary>Reads one input; a key that is no valid value fails this input alone where a trace id can tell of it (contract section 6.2).</summary>
    private Reply? Read(Call call, ObjectType type, JsonElement input, List<Input> inputs, List<ValueFault> faults, List<BatchFault> failed)
    {
        var (key, idProperty, trace) = (input.TextOf("id"), input.TextOf("idProperty"), input.TextOf("objectWriteTraceId"));
        if (string.IsNullOrEmpty(key) || string.IsNullOrEmpty(idProperty))
        {
            return refusals.InvalidJson("some required fields were not set: [id, idProperty]");
        }

        if (single.RefuseWriteKey(type, idProperty) is { } wrongKey)
        {
            return wrongKey;
        }

        type.TryGetProperty(idProperty, out var property);
        if (ValueRules.Judge(call.Account, property!, key, null, out var stored) is { } fault)
        {
            if (trace is null)
            {
                faults.Add(fault);
            }
            else
            {
                failed.Add(new BatchFault("VALIDATION_ERROR", fault.Message, null, [("objectWriteTraceId", [trace])]));
            }

            return null;
        }

        var record = RecordAccess.TryFindForWrite(call, type, key, idProperty, out var found) ? found : null;
        if (record is null && type.TryFindUnique(idProperty, key, out _))
        {
            return refusals.NotPermitted($"You do not have permission to edit this {type.Singular}.");
        }

        var write = WriteChecks.Prepare(call, type, input, record, faults);
        if (record is null && !write.TryGet(idProperty, out _))
        {
            write = new PreparedWrite([(property!, stored), .. write.Values]);
        }

        inputs.Add(new Input(key, property!, record, write, trace));
        return null;
    }

    private Action<Utf8JsonWriter> Apply(Call call, ObjectType type, Input input)
    {
        // An input before this one may have made the record under another spelling of the same key.
        var record = input.Record ?? (type.TryFindUnique(input.KeyProperty.Name, input.Key, out var id) && type.Records.TryGet(id, out var made) ? made : null);
        var isNew = record is null;
        List<PropertyDefinition> touched;
        if (record is null)
        {
            (record, touched) = single.CreateNow(call, type, input.Write, []);
        }
        else
        {
            touched = writer.Update(type, record, input.Write, ObjectWrites.SourceOf(call));
        }

        return json => RecordJson.Write(
            json, call, type, record, Selection.Written(call, type, touched), written: input.Write, traceId: input.Trace, isNew: isNew);
    }
}
