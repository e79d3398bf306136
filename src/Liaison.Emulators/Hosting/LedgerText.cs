using System.Buffers;
using System.Text.Json;

namespace Liaison.Emulators.Hosting;

/// <summary>Tells what a ledger counted, the same way for every CRM.</summary>
internal sealed class LedgerText<TId>(Ledger<TId> ledger, Func<DateTimeOffset, string> moment, Func<TId, string> id)
    where TId : notnull
{
    /// <summary>Writes the requests by operation, version and status, and what they came to.</summary>
    public void WriteRequests(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("requests", ledger.Total);
        json.WriteNumber("throttled", ledger.Throttled);
        json.WriteNumber("maxInTenSeconds", ledger.MaxInTenSeconds);
        json.WriteNumber("maxAcceptedInTenSeconds", ledger.MaxAcceptedInTenSeconds);
        json.WriteString("firstRequestAt", ledger.First is { } first ? moment(first) : null);
        json.WriteString("lastRequestAt", ledger.Last is { } last ? moment(last) : null);
        json.WriteStartArray("operations");
        foreach (var ((operation, version, status), count) in ledger.Requests())
        {
            json.WriteStartObject();
            json.WriteString("operation", operation);
            json.WriteString("version", version);
            json.WriteNumber("status", status);
            json.WriteNumber("count", count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes {"id","writes","properties":{name:count}} line by line, then {"summary":{records,writes,maxPerRecord,duplicates}}.</summary>
    /// <remarks>Duplicates are value-writes beyond the first to the same property of the same record.</remarks>
    public void WriteRecords(ArrayBufferWriter<byte> buffer, string type)
    {
        var writes = ledger.Writes(type);
        using var json = new Utf8JsonWriter(buffer);
        foreach (var (record, counted) in writes.OrderBy(entry => entry.Key))
        {
            json.WriteStartObject();
            json.WriteString("id", id(record));
            json.WriteNumber("writes", counted.Writes);
            json.WriteStartObject("properties");
            foreach (var (property, count) in counted.Properties)
            {
                json.WriteNumber(property, count);
            }

            json.WriteEndObject();
            json.WriteEndObject();
            EndLine(json, buffer);
        }

        json.WriteStartObject();
        json.WriteStartObject("summary");
        json.WriteNumber("records", writes.Count);
        json.WriteNumber("writes", writes.Values.Sum(record => record.Writes));
        json.WriteNumber("maxPerRecord", writes.Values.Select(record => record.Writes).DefaultIfEmpty().Max());
        json.WriteNumber("duplicates", writes.Values.Sum(record => record.Properties.Values.Sum(count => count - 1)));
        json.WriteEndObject();
        json.WriteEndObject();
        EndLine(json, buffer);
    }

    private static void EndLine(Utf8JsonWriter json, ArrayBufferWriter<byte> buffer)
    {
        json.Flush();
        buffer.GetSpan(1)[0] = (byte)'\n';
        buffer.Advance(1);
        json.Reset();
    }
}
