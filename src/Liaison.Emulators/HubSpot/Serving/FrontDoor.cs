using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Control;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Limits;
using Liaison.Emulators.HubSpot.Model;
using Microsoft.AspNetCore.Http;

namespace Liaison.Emulators.HubSpot.Serving;

/// <summary>The way of every request: route, token, limits, scopes, fault, work, answer, ledger.</summary>
internal sealed class FrontDoor(
    Account account, RouteTable<Route> routes, Admission admission, Throttle throttle, Faults<FaultKind> faults, ExtraHeaders extra, Ledger<long> ledger, ControlRoutes control, Refusals refusals, EmulatorClock clock, IdSource ids)
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

        using var body = await RequestBody.ReadAsync(context.Request, context.RequestAborted);
        var visit = new Visit(context, body);
        var values = new Dictionary<string, string>(4, StringComparer.Ordinal);
        var versioned = VersionedPath.Parse(path);
        var route = versioned is { } known ? routes.Find(context.Request.Method, known.Segments, values) : null;
        visit.Operation = OperationName(context.Request.Method, path, route, values);
        var buffer = _buffers.TryTake(out var used) ? used : new ArrayBufferWriter<byte>(8 * 1024);
        try
        {
            var fault = faults.Draw(visit.Operation);
            var reply = await BeforeWork(fault, context) ?? Answer(visit, versioned, route, values, buffer);
            if (buffer.WrittenCount == 0)
            {
                Render(reply, buffer);
            }

            ledger.Request(visit.Operation, versioned?.VersionText ?? "", reply.Status, reply.Status == 429, clock.Now);
            extra.Write(visit.Operation, context.Response.Headers);
            await SendAsync(context, reply, buffer, visit.Allowance, fault);
        }
        finally
        {
            buffer.ResetWrittenCount();
            _buffers.Add(buffer);
        }
    }

    private Reply Answer(Visit visit, VersionedPath? versioned, Route? route, Dictionary<string, string> values, ArrayBufferWriter<byte> buffer)
    {
        if (route is null || versioned is not { } path)
        {
            return versioned is { } other && routes.MethodsOf(other.Segments).Any() ? refusals.MethodNotAllowed() : refusals.NoRoute();
        }

        if (visit.Body.Fault is { } malformed)
        {
            return malformed == "" ? refusals.WrongContentType(visit.Context.Request.ContentType) : refusals.InvalidJson(malformed);
        }

        if (visit.Body.IsForm != route.TakesForm && route.Scopes is not null && !visit.Body.IsEmpty)
        {
            return refusals.WrongContentType(visit.Context.Request.ContentType);
        }

        var call = new Call(account, path, values, visit.Context.Request, visit.Body.Json, clock.Now);
        if (route.Scopes is { } scopes)
        {
            if (admission.Refuse(visit.Context.Request, out var caller) is { } refused)
            {
                return refused;
            }

            call.Caller = caller;
            visit.Allowance = throttle.Take(caller.App, route.Meter);
            if (visit.Allowance.Refused != Policy.Passed)
            {
                return refusals.Throttled(visit.Allowance.Refused);
            }

            if (admission.RefuseScopes(call, route, scopes) is { } missing)
            {
                return missing;
            }
        }

        lock (account.Gate)
        {
            account.Chores.Run(call.Now);
            var reply = route.Handle(call);
            Render(reply, buffer);
            return reply;
        }
    }

    /// <summary>Plays what a fault does before any work: waits, refuses, cuts.</summary>
    private async Task<Reply?> BeforeWork(Fault<FaultKind>? fault, HttpContext context)
    {
        if (fault is null)
        {
            return null;
        }

        if (fault.Delay > TimeSpan.Zero)
        {
            await Task.Delay(fault.Delay, clock.Time, context.RequestAborted);
        }

        return fault.Kind switch
        {
            FaultKind.Status => refusals.Error(fault.Status, $"An injected fault answered with {fault.Status}.", fault.Status >= 500 ? "INTERNAL_ERROR" : "INJECTED"),
            FaultKind.Html502 => new Reply(502),
            FaultKind.Locked => refusals.Error(423, "The record is locked while a bulk operation runs on it.", "LOCKED"),
            FaultKind.Migration => refusals.Error(477, "The account is being migrated to another data center.", "MIGRATION_IN_PROGRESS"),
            FaultKind.Burst => refusals.Throttled(Policy.TenSecondly),
            FaultKind.Daily => refusals.Throttled(Policy.Daily),
            FaultKind.Secondly => refusals.Throttled(Policy.Secondly),
            FaultKind.Reset => new Reply(0),
            FaultKind.CutAfterCommit or FaultKind.CutBody or FaultKind.WrongContentType or FaultKind.Slow => null,
        };
    }

    private static void Render(Reply reply, ArrayBufferWriter<byte> buffer)
    {
        if (reply.File is { } file)
        {
            buffer.Write(file.Content.Span);
        }
        else if (reply.Body is { } write)
        {
            using var json = new Utf8JsonWriter(buffer, Relaxed);
            write(json);
        }
    }

    private async Task SendAsync(HttpContext context, Reply reply, ArrayBufferWriter<byte> buffer, Allowance allowance, Fault<FaultKind>? fault)
    {
        if (reply.Status == 0 || fault?.Kind == FaultKind.CutAfterCommit)
        {
            context.Abort();
            return;
        }

        var response = context.Response;
        response.StatusCode = reply.Status;
        LimitHeaders.Write(response.Headers, allowance);
        response.Headers["X-HubSpot-Correlation-Id"] = ids.Correlation().ToString();
        if (reply.Location is not null)
        {
            response.Headers.Location = reply.Location;
        }

        if (fault?.RetryAfter is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (fault?.Kind == FaultKind.Html502)
        {
            response.ContentType = "text/html; charset=utf-8";
            await response.WriteAsync("<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n", context.RequestAborted);
            return;
        }

        if (buffer.WrittenCount == 0)
        {
            return;
        }

        response.ContentType = fault?.Kind == FaultKind.WrongContentType ? "text/plain; charset=utf-8" : reply.File?.ContentType ?? "application/json;charset=utf-8";
        if (reply.File?.FileName is { } name)
        {
            response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        }

        response.ContentLength = buffer.WrittenCount;
        if (fault?.Kind == FaultKind.CutBody)
        {
            await response.Body.WriteAsync(buffer.WrittenMemory[..(buffer.WrittenCount / 2)], context.RequestAborted);
            await response.Body.FlushAsync(context.RequestAborted);
            context.Abort();
            return;
        }

        await response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
    }

    /// <summary>Names an operation without version and ids: POST /crm/objects/contacts/batch/update.</summary>
    private string OperationName(string method, string path, Route? route, Dictionary<string, string> values)
    {
        if (route is null)
        {
            return $"{method} {path}";
        }

        var name = route.Template;
        foreach (var type in new[] { "type", "from", "to", "toType" })
        {
            if (values.TryGetValue(type, out var given))
            {
                name = name.Replace($"{{{type}}}", account.TryGetType(given, out var found) ? found.Name : given, StringComparison.Ordinal);
            }
        }

        return $"{method} {name}";
    }

    private sealed class Visit(HttpContext context, RequestBody body)
    {
        public HttpContext Context => context;

        public RequestBody Body => body;

        public string Operation { get; set; } = "";

        public Allowance Allowance { get; set; }
    }
}
