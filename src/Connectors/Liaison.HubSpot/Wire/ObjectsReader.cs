using System.Text.Json;
using Liaison.Model;
using Liaison.Wire;

namespace Liaison.HubSpot.Wire;

/// <summary>Reads answers full of records straight from their bytes: this is where a run over many records spends its time.</summary>
internal static class ObjectsReader
{
    /// <exception cref="JsonException">The body is not what HubSpot documents.</exception>
    internal static ObjectsAnswer Read(ReadOnlyMemory<byte> body, IReadOnlyList<string> properties)
    {
        List<HubSpotObject> results = [];
        List<BatchError> errors = [];
        var errorCount = 0;
        long? total = null;
        string? after = null;

        // A batch may be taken without a word (204).
        if (body.IsEmpty)
        {
            return new(results, errors, errorCount, total, after);
        }

        var reader = new Utf8JsonReader(body.Span);
        NativeJson.Enter(ref reader, JsonTokenType.StartObject);
        while (NativeJson.NextProperty(ref reader, out var name))
        {
            switch (name)
            {
                case "results" when reader.TokenType == JsonTokenType.StartArray:
                    while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
                    {
                        results.Add(ReadObject(ref reader, properties));
                    }

                    break;
                case "errors" when reader.TokenType == JsonTokenType.StartArray:
                    errors.AddRange(JsonElement.ParseValue(ref reader).EnumerateArray().Select(BatchError.Read));
                    break;
                case "numErrors" when reader.TokenType == JsonTokenType.Number:
                    reader.TryGetInt32(out errorCount);
                    break;
                case "total" when reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number):
                    total = number;
                    break;
                case "paging":
                    after = JsonElement.ParseValue(ref reader).Member("next").Text("after");
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new(results, errors, errorCount, total, after);
    }

    private static HubSpotObject ReadObject(ref Utf8JsonReader reader, IReadOnlyList<string> properties)
    {
        string? id = null;
        string? traceId = null;
        Dictionary<string, NativeValue>? values = null;
        DateTimeOffset? created = null;
        DateTimeOffset? updated = null;
        Uri? url = null;
        var archived = false;
        bool? isNew = null;

        while (NativeJson.NextProperty(ref reader, out var name))
        {
            switch (name)
            {
                case "id":
                    id = NativeJson.Read(ref reader).Raw;
                    break;
                case "properties" when reader.TokenType == JsonTokenType.StartObject:
                    values = ReadProperties(ref reader, properties);
                    break;
                case "createdAt":
                    created = HubSpotTime.Parse(NativeJson.Read(ref reader).Raw);
                    break;
                case "updatedAt":
                    updated = HubSpotTime.Parse(NativeJson.Read(ref reader).Raw);
                    break;
                case "archived":
                    archived = reader.TokenType == JsonTokenType.True;
                    reader.Skip();
                    break;
                case "url":
                    Uri.TryCreate(NativeJson.Read(ref reader).Raw, UriKind.Absolute, out url);
                    break;
                case "new" when reader.TokenType is JsonTokenType.True or JsonTokenType.False:
                    isNew = reader.TokenType == JsonTokenType.True;
                    break;
                case "objectWriteTraceId":
                    traceId = NativeJson.Read(ref reader).Raw;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new(id ?? throw new JsonException("A record has no id."), traceId, values ?? [], created, updated, url, archived, isNew);
    }

    private static Dictionary<string, NativeValue> ReadProperties(ref Utf8JsonReader reader, IReadOnlyList<string> properties)
    {
        var values = new Dictionary<string, NativeValue>(properties.Count, StringComparer.Ordinal);
        var expected = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // Answers repeat one order of properties, so the next wanted name is nearly always the first that is tried.
            var found = Find(ref reader, properties, expected);
            reader.Read();
            if (found < 0)
            {
                reader.Skip();
                continue;
            }

            expected = found + 1;
            values[properties[found]] = NativeJson.Read(ref reader);
        }

        return values;
    }

    private static int Find(ref Utf8JsonReader reader, IReadOnlyList<string> properties, int start)
    {
        for (var step = 0; step < properties.Count; step++)
        {
            var at = (start + step) % properties.Count;
            if (reader.ValueTextEquals(properties[at]))
            {
                return at;
            }
        }

        return -1;
    }
}
