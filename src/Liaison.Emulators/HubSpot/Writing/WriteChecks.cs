using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;
using Liaison.Emulators.HubSpot.Rights;

namespace Liaison.Emulators.HubSpot.Writing;

/// <summary>Judges the properties of writes before anything is applied.</summary>
internal sealed class WriteChecks(Refusals refusals)
{
    /// <summary>Refuses an input without properties, which every published schema of a write requires.</summary>
    public Reply? RefuseShapeless(IEnumerable<JsonElement> inputs) => inputs.Any(input => input.MemberOf("properties").ValueKind != JsonValueKind.Object)
        ? refusals.InvalidJson("Some required fields were not set: [properties]")
        : null;

    /// <summary>Reads and judges the properties of one input; faults are added to the list.</summary>
    /// <param name="current">The record to be changed; <see langword="null"/> for a create.</param>
    public static PreparedWrite Prepare(Call call, ObjectType type, JsonElement input, CrmRecord? current, List<ValueFault> faults)
    {
        var properties = input.MemberOf("properties");

        // A JSON null is silently no change (contract section 5.1).
        return Prepare(
            call,
            type,
            properties.ValueKind == JsonValueKind.Object
                ? properties.EnumerateObject().Where(member => member.Value.AsText() is not null).Select(member => (member.Name, member.Value.AsText()!))
                : [],
            current,
            faults);
    }

    /// <summary>Judges values by the names of their properties; faults are added to the list.</summary>
    public static PreparedWrite Prepare(
        Call call, ObjectType type, IEnumerable<(string Name, string Value)> given, CrmRecord? current, List<ValueFault> faults)
    {
        var values = new List<(PropertyDefinition, string)>();
        foreach (var (name, value) in given)
        {
            Judge(call, type, name, value, current, values, faults);
        }

        var write = new PreparedWrite(values);
        if (StageRules.JudgeTogether(call.Account, type, write, current) is { } wrongStage)
        {
            faults.Add(wrongStage);
        }

        return write;
    }

    /// <summary>Refuses properties that this user may not edit.</summary>
    public Reply? RefuseLocked(Call call, ObjectType type, IEnumerable<PreparedWrite> writes)
    {
        var locked = call.User is null ? [] : writes
            .SelectMany(write => write.Values)
            .Where(value => !FieldRights.CanEdit(call.User, type, value.Property))
            .Select(value => value.Property.Name).Distinct().ToList();
        return locked.Count == 0 ? null : refusals.NotPermitted($"You do not have permission to edit these properties: {string.Join(", ", locked)}");
    }

    /// <summary>The recorded body: the message embeds a JSON array, and errors[] may be shorter than it (contract section 4).</summary>
    public Reply Invalid(IReadOnlyList<ValueFault> faults)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var text = new Utf8JsonWriter(buffer, Relaxed))
        {
            text.WriteStartArray();
            foreach (var fault in faults)
            {
                text.WriteStartObject();
                text.WriteBoolean("isValid", false);
                text.WriteString("message", fault.Message);
                text.WriteString("error", fault.Code);
                text.WriteString("name", fault.Property);
                text.WriteEndObject();
            }

            text.WriteEndArray();
        }

        return refusals.Error(400, "Property values were not valid: " + System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan), "VALIDATION_ERROR", json =>
        {
            json.WriteStartArray("errors");
            foreach (var fault in faults.Take(faults.Count > 3 ? faults.Count - 1 : faults.Count))
            {
                json.WriteStartObject();
                json.WriteString("message", fault.Message);
                json.WriteString("code", fault.Code);
                Refusals.WriteContext(json, "propertyName", [fault.Property]);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    /// <summary>Refuses a write that leaves required properties empty.</summary>
    public Reply Incomplete(ObjectType type, IReadOnlyList<string> missing, bool creating) => refusals.Error(
        400, $"Error {(creating ? "creating" : "updating")} {type.ErrorName}. Some required properties were not set.", "VALIDATION_ERROR", json =>
        {
            Refusals.WriteContext(json, "properties", missing);
            json.WriteStartArray("errors");
            foreach (var name in missing)
            {
                json.WriteStartObject();
                json.WriteString("message", $"Property \"{name}\" is required");
                json.WriteString("code", "REQUIRED_FIELD");
                Refusals.WriteContext(json, "propertyName", [name]);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });

    private static JsonWriterOptions Relaxed { get; } = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static void Judge(
        Call call, ObjectType type, string name, string value, CrmRecord? current, List<(PropertyDefinition, string)> values, List<ValueFault> faults)
    {
        // A property hidden from the user does not exist for the user.
        if (!type.TryGetProperty(name, out var definition) || !FieldRights.CanSee(call.User, type, definition))
        {
            faults.Add(new ValueFault(name, "PROPERTY_DOESNT_EXIST", $"Property \"{name}\" does not exist"));
        }
        else if (definition.IsReadOnly)
        {
            faults.Add(new ValueFault(definition.Name, "READ_ONLY_VALUE", $"\"{definition.Name}\" is a read only property; its value cannot be set."));
        }
        else if (ValueRules.Judge(call.Account, definition, value, current?[definition.Slot], out var stored) is { } fault)
        {
            faults.Add(fault);
        }
        else if (StageRules.Judge(call.Account, type, definition, stored) is { } wrongPipeline)
        {
            faults.Add(wrongPipeline);
        }
        else if (call.IsSeptember2026 && CustomerRules.Judge(call.Account, type, definition, stored) is { } broken)
        {
            faults.Add(broken);
        }
        else
        {
            values.Add((definition, stored));
        }
    }
}
