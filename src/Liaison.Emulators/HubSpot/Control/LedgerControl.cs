using System.Buffers;
using System.Globalization;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;
using Microsoft.AspNetCore.Http;

namespace Liaison.Emulators.HubSpot.Control;

/// <summary>Tells what the ledger counted.</summary>
internal sealed class LedgerControl(Ledger<long> ledger, Account account)
{
    private readonly LedgerText<long> _text = new(ledger, Instants.Format, id => id.ToString(CultureInfo.InvariantCulture));

    public Reply Read() => Reply.Ok(_text.WriteRequests);

    public Reply Clear()
    {
        ledger.Clear();
        return Reply.NoContent;
    }

    /// <summary>Streams how often each record of a type was written; see <see cref="LedgerText{TId}.WriteRecords"/>.</summary>
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
            _text.WriteRecords(buffer, type.Name);
        }

        context.Response.ContentType = "application/x-ndjson";
        context.Response.ContentLength = buffer.WrittenCount;
        await context.Response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
    }
}
