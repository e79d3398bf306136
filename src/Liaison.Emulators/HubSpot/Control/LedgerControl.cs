using System.Buffers;
using System.Text.Json;
using Liaison.Emulators.HubSpot.Endpoints;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;
using Microsoft.AspNetCore.Http;

namespace Liaison.Emulators.HubSpot.Control;

/// <summary>Tells what the ledger counted.</summary>
internal sealed class LedgerControl(Ledger ledger, Account account)
{
    public Reply Read() => Reply.Ok(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("requests", ledger.Total);
        json.WriteNumber("throttled", ledger.Throttled);
        json.WriteNumber("maxInTenSeconds", ledger.MaxInTenSeconds);
        json.WriteNumber("maxAcceptedInTenSeconds", ledger.MaxAcceptedInTenSeconds);
        WriteMoment(json, "firstRequestAt", ledger.First);
        WriteMoment(json, "lastRequestAt", ledger.Last);
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
    });

    public Reply Clear()
    {
        ledger.Clear();
        return Reply.NoContent;
    }

    /// <summary>Streams {"id","writes","properties":{name:count}} line by line, then {"summary":{records,writes,maxPerRecord,duplicates}}.</summary>
    /// <remarks>Duplicates are value-writes beyond the first to the same property of the same record.</remarks>
    public async Task WritesAsync(HttpContext context)
    {
        var name = context.Request.Query["type"].ToString() is { Length: > 0 } given ? given : "contacts";
        if (!account.TryGetType(name, out var type))
        {
            context.Response.StatusCode = 400;
            return;
        }

        var buffer = new ArrayBufferWriter<byte>();
        lock (account.Gate)
        {
            Write(buffer, ledger.Writes(type.Name));
        }

        context.Response.ContentType = "application/x-ndjson";
        context.Response.ContentLength = buffer.WrittenCount;
        await context.Response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
    }

    private static void Write(ArrayBufferWriter<byte> buffer, IReadOnlyDictionary<long, RecordWrites> writes)
    {
        using var json = new Utf8JsonWriter(buffer);
        foreach (var (id, record) in writes.OrderBy(entry => entry.Key))
        {
            json.WriteStartObject();
            RecordJson.WriteId(json, "id", id);
            json.WriteNumber("writes", record.Writes);
            json.WriteStartObject("properties");
            foreach (var (property, count) in record.Properties)
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

    private static void WriteMoment(Utf8JsonWriter json, string name, DateTimeOffset? moment) =>
        json.WriteString(name, moment is { } known ? Instants.Format(known) : null);
}
