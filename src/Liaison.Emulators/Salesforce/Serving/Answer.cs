using System.Buffers;
using System.IO.Compression;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.Salesforce.Control;
using Liaison.Emulators.Salesforce.Http;
using Microsoft.AspNetCore.Http;

namespace Liaison.Emulators.Salesforce.Serving;

/// <summary>Puts an answer on the wire.</summary>
internal sealed class Answer(HttpContext context, Reply reply, ArrayBufferWriter<byte> buffer, IdSource ids)
{
    private const int WorthPacking = 1_024;

    public async Task SendAsync(FaultKind? fault)
    {
        var response = context.Response;
        if (reply.Status == 0 || fault == FaultKind.CutAfterCommit)
        {
            context.Abort();
            return;
        }

        response.StatusCode = reply.Status;
        response.Headers.CacheControl = "no-cache,must-revalidate,max-age=0,no-store,private";
        response.Headers["X-Sfdc-Request-Id"] = ids.Correlation().ToString("N");
        response.Headers.Vary = "Accept-Encoding";
        var packed = buffer.WrittenCount > WorthPacking && context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);
        foreach (var (name, value) in reply.Headers)
        {
            // A packed answer's tag says so, and must be sent back as it came (contract section 2).
            response.Headers[name] = name == "ETag" && packed ? $"{value[..^1]}--gzip\"" : value;
        }

        if (reply.Content is { } content)
        {
            response.ContentType = reply.ContentType;
            if (fault != FaultKind.CutBody)
            {
                await content(response.Body, context.RequestAborted);
                return;
            }

            using var whole = new MemoryStream();
            await content(whole, context.RequestAborted);
            await CutAsync(whole.GetBuffer().AsMemory(0, (int)whole.Length));
            return;
        }

        if (buffer.WrittenCount == 0 || reply.Status is 204 or 304)
        {
            return;
        }

        response.ContentType = reply.ContentType;
        if (fault == FaultKind.CutBody)
        {
            await CutAsync(buffer.WrittenMemory);
            return;
        }

        if (!packed)
        {
            response.ContentLength = buffer.WrittenCount;
            await response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
            return;
        }

        response.Headers.ContentEncoding = "gzip";
        var gzip = new GZipStream(response.Body, CompressionLevel.Fastest, leaveOpen: true);
        await using (gzip.ConfigureAwait(false))
        {
            await gzip.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
        }
    }

    private async Task CutAsync(ReadOnlyMemory<byte> body)
    {
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body[..(body.Length / 2)], context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        context.Abort();
    }
}
