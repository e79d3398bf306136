using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;
using Liaison.Emulators.HubSpot.Rights;
using Liaison.Emulators.HubSpot.Searching;
using Liaison.Emulators.HubSpot.Writing;
using Microsoft.AspNetCore.Http;

namespace Liaison.Emulators.HubSpot.Control;

/// <summary>The routes under <c>/_emulator/</c>, by which tools and tests steer the emulator; no token is asked for.</summary>
/// <remarks>
/// <list type="bullet">
/// <item><c>GET ledger</c>: requests by operation, version and status; throttled; first and last; the most in ten seconds.</item>
/// <item><c>GET ledger/writes?type=contacts</c>: one JSON line per written record, and a last one with the summary.</item>
/// <item><c>DELETE ledger</c>: starts counting anew.</item>
/// <item><c>POST faults</c>, <c>GET faults</c>, <c>DELETE faults</c>: see <see cref="FaultControl"/>.</item>
/// <item><c>POST headers</c>, <c>DELETE headers</c>: see <see cref="ExtraHeaders"/>.</item>
/// <item><c>GET clock</c>, <c>POST clock</c> {"seconds":90}: the emulator's present.</item>
/// <item><c>POST schema</c>: see <see cref="SchemaControl"/>.</item>
/// <item><c>GET tokens</c>, <c>POST tokens</c> {"token":"…","scopes":[…],"expired":true,"revoked":true}.</item>
/// <item><c>GET rights?user=rep-north</c>: what a demo user may see; <c>POST rights</c> {"user":"rep-north","editAssociations":false}; see <see cref="RightsControl"/>.</item>
/// <item><c>GET webhooks</c>: how many events were delivered, are pending, were given up.</item>
/// <item><c>POST records/{type}/{id}</c> {"properties":{…}}: an edit as a person makes it in the CRM's own screens.</item>
/// </list>
/// </remarks>
internal sealed class ControlRoutes(
    Account account, TokenVault tokens, Ledger<long> ledger, Faults<FaultKind> faults, PageGaps gaps, ExtraHeaders extra, RecordWriter writer, EmulatorClock clock, DemoUsers users)
{
    private readonly FaultControl _faults = new(faults, gaps);
    private readonly LedgerControl _ledger = new(ledger, account);
    private readonly TokenControl _tokens = new(tokens, clock);
    private readonly RightsControl _rights = new(account, users);
    private readonly SchemaControl _schema = new(account, clock);
    private readonly RecordControl _records = new(account, writer, users);

    public async Task HandleAsync(HttpContext context)
    {
        using var body = await Serving.RequestBody.ReadAsync(context.Request, context.RequestAborted);
        var path = (context.Request.Path.Value ?? "").Trim('/').Split('/')[1..];
        if (context.Request.Method == "GET" && path is ["ledger", "writes"])
        {
            await _ledger.WritesAsync(context);
            return;
        }

        var reply = Answer(context, path, body.Json);
        context.Response.StatusCode = reply.Status;
        if (reply.Body is { } write)
        {
            context.Response.ContentType = "application/json;charset=utf-8";
            var json = new Utf8JsonWriter(context.Response.BodyWriter);
            await using (json.ConfigureAwait(false))
            {
                write(json);
            }
        }
    }

    private Reply Answer(HttpContext context, string[] path, JsonElement body)
    {
        lock (account.Gate)
        {
            return (context.Request.Method, path) switch
            {
                ("GET", ["ledger"]) => _ledger.Read(),
                ("DELETE", ["ledger"]) => _ledger.Clear(),
                ("POST", ["faults"]) => _faults.Add(body),
                ("GET", ["faults"]) => _faults.Read(),
                ("DELETE", ["faults"]) => _faults.Clear(),
                ("POST", ["headers"]) => Send(body),
                ("DELETE", ["headers"]) => SendNone(),
                ("GET", ["clock"]) => Clock(),
                ("POST", ["clock"]) => Advance(body),
                ("POST", ["schema"]) => _schema.Change(body),
                ("GET", ["tokens"]) => _tokens.Read(),
                ("POST", ["tokens"]) => _tokens.Change(body),
                ("GET", ["rights"]) => _rights.Read(context.Request.Query["user"].ToString()),
                ("POST", ["rights"]) => _rights.Change(body),
                ("GET", ["webhooks"]) => Webhooks(),
                ("POST", ["records", var type, var id]) => _records.Edit(type, id, body),
                _ => Problem(404, $"There is no control route {context.Request.Method} /_emulator/{string.Join('/', path)}."),
            };
        }
    }

    public static Reply Problem(int status, string message) => new(status, json =>
    {
        json.WriteStartObject();
        json.WriteString("error", message);
        json.WriteEndObject();
    });

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

    private Reply Clock() => Reply.Ok(json =>
    {
        json.WriteStartObject();
        json.WriteString("now", Instants.Format(clock.Now));
        json.WriteEndObject();
    });

    private Reply Advance(JsonElement body)
    {
        var seconds = body.MemberOf("seconds");
        if (seconds.ValueKind != JsonValueKind.Number || seconds.GetDouble() < 0)
        {
            return Problem(400, "Say how far to go: {\"seconds\": 90}.");
        }

        clock.Advance(TimeSpan.FromSeconds(seconds.GetDouble()));

        // A retry may have become due.
        account.Events.Wake();
        return Clock();
    }

    private Reply Webhooks() => Reply.Ok(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("delivered", account.Events.Delivered);
        json.WriteNumber("pending", account.Events.Pending);
        json.WriteNumber("dropped", account.Events.Dropped);
        json.WriteEndObject();
    });
}
