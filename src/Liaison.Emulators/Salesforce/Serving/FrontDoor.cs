using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.Salesforce.Control;
using Liaison.Emulators.Salesforce.Http;
using Liaison.Emulators.Salesforce.Limits;
using Liaison.Emulators.Salesforce.Model;
using Liaison.Emulators.Salesforce.SignIn;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Liaison.Emulators.Salesforce.Serving;

/// <summary>The way of every request: address, fault, token, limits, work, answer, ledger.</summary>
internal sealed class FrontDoor(
    Org org, Dispatcher dispatcher, Versions versions, SignInDoor signIn, Admission admission, ApiUsage usage, Faults<FaultKind> faults, ExtraHeaders extra, Ledger<string> ledger, ControlRoutes control, EmulatorClock clock, IdSource ids)
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private readonly ConcurrentBag<ArrayBufferWriter<byte>> _buffers = [];

    public async Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        if (path.StartsWith("/_emulator", StringComparison.Ordinal))
        {
            await control.HandleAsync(context);
            return;
        }

        var buffer = _buffers.TryTake(out var used) ? used : new ArrayBufferWriter<byte>(8 * 1024);
        try
        {
            await AnswerAsync(context, RawPath(context), buffer);
        }
        finally
        {
            buffer.ResetWrittenCount();
            _buffers.Add(buffer);
        }
    }

    private async Task AnswerAsync(HttpContext context, string path, ArrayBufferWriter<byte> buffer)
    {
        if (Addresses.RefuseLength(context.Request) is { } tooLong)
        {
            ledger.Request(context.Request.Method, "", tooLong.Status, throttled: false, clock.Now);
            await new Answer(context, tooLong, buffer, ids).SendAsync(fault: null);
            return;
        }

        if (VersionedPath.Parse(path) is not { } data)
        {
            var reply = path.TrimEnd('/') == "/services/data" && context.Request.Method == "GET" ? versions.List() : await signIn.AnswerAsync(context, path);
            ledger.Request($"{context.Request.Method} {path}", "", reply.Status, throttled: false, clock.Now);
            Render(reply, buffer);
            await new Answer(context, reply, buffer, ids).SendAsync(fault: null);
            return;
        }

        // Uploads of jobs are larger than anything else; their own routes bound them.
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
        var (request, document) = await RequestReader.ReadAsync(context, data, context.RequestAborted);
        using (document)
        {
            await AnswerDataAsync(context, request, buffer);
        }
    }

    private async Task AnswerDataAsync(HttpContext context, ApiRequest request, ArrayBufferWriter<byte> buffer)
    {
        var values = new Dictionary<string, string>(4, StringComparer.Ordinal);
        var route = dispatcher.Find(request, values);
        var operation = Addresses.Operation(org, request, route, values);
        var fault = faults.Draw(operation);
        var reply = await BeforeWorkAsync(fault, context)
            ?? admission.Refuse(request, out var session)
            ?? (usage.TryCount() ? await WorkAsync(request, route, values, session, buffer, context.RequestAborted) : Refusals.Daily());
        if (buffer.WrittenCount == 0)
        {
            Render(reply, buffer);
        }

        ledger.Request(operation, $"v{request.Version}", reply.Status, Refusals.IsThrottling(reply), clock.Now);
        reply = reply.With("Sforce-Limit-Info", usage.Report());
        extra.Write(operation, context.Response.Headers);
        await new Answer(context, reply, buffer, ids).SendAsync(fault?.Kind);
    }

    private async Task<Reply> WorkAsync(
        ApiRequest request, Route? route, Dictionary<string, string> values, Session session, ArrayBufferWriter<byte> buffer, CancellationToken cancellationToken)
    {
        if (dispatcher.Refuse(request) is { } refused)
        {
            return refused;
        }

        if (route is null)
        {
            return dispatcher.NoRoute(request);
        }

        var call = new Call(request, values, session.Schema, clock.Now, new UndoLog());
        if (route.HandleUpload is { } upload)
        {
            return await upload(call, cancellationToken);
        }

        lock (org.Gate)
        {
            var reply = route.Handle(call);
            call.Undo.Keep();
            Render(reply, buffer);
            return reply;
        }
    }

    /// <summary>Plays what a fault does before any work: waits, refuses, cuts.</summary>
    private async Task<Reply?> BeforeWorkAsync(Fault<FaultKind>? fault, HttpContext context)
    {
        if (fault is null)
        {
            return null;
        }

        if (fault.Kind == FaultKind.Slow && fault.Long)
        {
            if (!usage.TryBeginLong())
            {
                return Refusals.Concurrency();
            }

            context.Response.OnCompleted(() =>
            {
                usage.EndLong();
                return Task.CompletedTask;
            });
        }

        if (fault.Delay > TimeSpan.Zero)
        {
            await Task.Delay(fault.Delay, clock.Time, context.RequestAborted);
        }

        return Refusals.Of(fault);
    }

    private static void Render(Reply reply, ArrayBufferWriter<byte> buffer)
    {
        if (reply.Body is { } write)
        {
            using var json = new Utf8JsonWriter(buffer, Relaxed);
            write(json);
        }
    }

    /// <summary>Gives the path undecoded: an encoded slash belongs to a segment.</summary>
    private static string RawPath(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var end = target.IndexOf('?', StringComparison.Ordinal);
        return end < 0 ? target : target[..end];
    }
}
