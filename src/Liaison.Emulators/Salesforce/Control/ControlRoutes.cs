using System.Buffers;
using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.Salesforce.Http;
using Liaison.Emulators.Salesforce.Model;
using Liaison.Emulators.Salesforce.Writing;
using Microsoft.AspNetCore.Http;

namespace Liaison.Emulators.Salesforce.Control;

/// <summary>The routes under <c>/_emulator/</c>, by which tools and tests steer the emulator; no token is asked for.</summary>
/// <remarks>
/// <list type="bullet">
/// <item><c>GET ledger</c>, <c>GET ledger/writes?type=Contact</c>, <c>DELETE ledger</c>: requests by operation, version and status; writes by record.</item>
/// <item><c>POST faults</c>, <c>GET faults</c>, <c>DELETE faults</c>: see <see cref="FaultControl"/>.</item>
/// <item><c>POST headers</c>, <c>DELETE headers</c>: see <see cref="ExtraHeaders"/>.</item>
/// <item><c>GET clock</c>, <c>POST clock</c> {"seconds":90}: the emulator's present.</item>
/// <item><c>POST schema</c>: see <see cref="SchemaControl"/>.</item>
/// <item><c>GET rights</c>, <c>POST rights</c>, <c>POST users</c>: see <see cref="RightsControl"/>.</item>
/// <item><c>GET app</c>, <c>GET tokens</c>, <c>POST tokens</c>, <c>POST instance</c>: see <see cref="TokenControl"/>.</item>
/// <item><c>POST records/{type}/{id}</c>, <c>merge</c>, <c>undelete</c>, <c>purge</c>, <c>convert</c>, <c>locks</c>: see <see cref="RecordControl"/>.</item>
/// <item><c>POST duplicates</c> {"block":true}: whether the duplicate rule blocks or only warns.</item>
/// </list>
/// </remarks>
internal sealed class ControlRoutes(
    Org org, Ledger<string> ledger, FaultControl faults, ExtraHeaders extra, SchemaControl schema, RightsControl rights, TokenControl tokens, RecordControl records, DuplicateRules duplicates, EmulatorClock clock)
{
    private readonly LedgerText<string> _ledger = new(ledger, Moments.Format, id => id);

    public async Task HandleAsync(HttpContext context)
    {
        var path = (context.Request.Path.Value ?? "").Trim('/').Split('/')[1..];
        var buffer = new ArrayBufferWriter<byte>();
        using var document = context.Request.ContentLength > 0 || context.Request.Headers.ContainsKey("Transfer-Encoding") ? await ParseAsync(context) : null;
        var reply = Answer(context.Request, path, document?.RootElement ?? default, buffer);
        context.Response.StatusCode = reply.Status;
        if (buffer.WrittenCount > 0)
        {
            context.Response.ContentType = reply.ContentType;
            context.Response.ContentLength = buffer.WrittenCount;
            await context.Response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
        }
    }

    private Reply Answer(HttpRequest request, string[] path, JsonElement body, ArrayBufferWriter<byte> buffer)
    {
        lock (org.Gate)
        {
            if (request.Method == "GET" && path is ["ledger", "writes"])
            {
                _ledger.WriteRecords(buffer, request.Query["type"].ToString() is { Length: > 0 } type ? type : "Contact");
                return new Reply(200) { ContentType = "application/x-ndjson" };
            }

            var reply = Answer(request, path, body);
            if (reply.Body is { } write)
            {
                using var json = new Utf8JsonWriter(buffer);
                write(json);
            }

            return reply;
        }
    }

    private Reply Answer(HttpRequest request, string[] path, JsonElement body) => (request.Method, path) switch
    {
        ("GET", ["ledger"]) => Reply.Ok(_ledger.WriteRequests),
        ("DELETE", ["ledger"]) => Clear(),
        ("POST", ["faults"]) => faults.Add(body),
        ("GET", ["faults"]) => faults.Read(),
        ("DELETE", ["faults"]) => faults.Clear(),
        ("POST", ["headers"]) => Send(body),
        ("DELETE", ["headers"]) => SendNone(),
        ("GET", ["clock"]) => ControlJson.Done("now", Moments.Format(clock.Now)),
        ("POST", ["clock"]) => Advance(body),
        ("POST", ["schema"]) => schema.Change(body),
        ("GET", ["rights"]) => rights.Read(request.Query["user"].ToString()),
        ("POST", ["rights"]) => rights.ChangeProfile(body),
        ("POST", ["users"]) => rights.ChangeUser(body),
        ("GET", ["app"]) => tokens.App(),
        ("GET", ["tokens"]) => tokens.Read(),
        ("POST", ["tokens"]) => tokens.Change(body),
        ("POST", ["instance"]) => tokens.Move(body),
        ("POST", ["records", var type, var id]) => records.Edit(type, id, body),
        ("POST", ["merge"]) => records.Merge(body),
        ("POST", ["undelete"]) => records.Undelete(body),
        ("POST", ["purge"]) => records.Purge(body),
        ("POST", ["convert"]) => records.Convert(body),
        ("POST", ["locks"]) => records.Hold(body),
        ("POST", ["duplicates"]) => Block(body),
        _ => ControlJson.Problem(404, $"There is no control route {request.Method} /_emulator/{string.Join('/', path)}."),
    };

    private static async Task<JsonDocument?> ParseAsync(HttpContext context)
    {
        try
        {
            return await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        }
        catch (JsonException)
        {
            // A body that is no JSON says nothing; the route then tells what it wanted to hear.
            return null;
        }
    }

    private Reply Clear()
    {
        ledger.Clear();
        return Reply.NoContent;
    }

    private Reply Send(JsonElement body)
    {
        extra.Add(body);
        return Reply.NoContent;
    }

    private Reply SendNone()
    {
        extra.Clear();
        return Reply.NoContent;
    }

    private Reply Advance(JsonElement body)
    {
        if (body.MemberOf("seconds") is not { ValueKind: JsonValueKind.Number } seconds || seconds.GetDouble() < 0)
        {
            return ControlJson.Problem(400, "Say how far to go: {\"seconds\": 90}.");
        }

        clock.Advance(TimeSpan.FromSeconds(seconds.GetDouble()));
        return ControlJson.Done("now", Moments.Format(clock.Now));
    }

    private Reply Block(JsonElement body)
    {
        duplicates.Blocks = body.FlagOf("block", true);
        return ControlJson.Done("duplicates", duplicates.Blocks ? "blocked" : "warned of");
    }
}
