using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Liaison.Tests.Connectors;

/// <summary>A real HTTP server on loopback that gives out tokens and takes calls with those that live, by the clock of the test.</summary>
internal sealed class OAuthServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private readonly Dictionary<string, DateTimeOffset> live = new(StringComparer.Ordinal);
    private int given;

    private OAuthServer(WebApplication app, TimeProvider time)
    {
        (this.app, this.time) = (app, time);
        app.Run(context => context.Request.Path == "/token" ? GiveAsync(context) : TakeAsync(context));
    }

    public Uri Url => new(app.Urls.First());

    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Gets or sets the one refresh token that is good.</summary>
    public string RefreshToken { get; set; } = "canary-refresh-0";

    public bool Rotates { get; set; }

    public bool RefusesEveryCall { get; set; }

    public string RefusalBody { get; set; } = "";

    public Uri? InstanceUrl { get; set; }

    public string Account { get; set; } = "org-1";

    /// <summary>Gets or sets what the token endpoint says instead of giving a token.</summary>
    public (int Status, string Body)? TokenTrouble { get; set; }

    /// <summary>Gets or sets how far the server's clock is ahead of the test's.</summary>
    public TimeSpan Ahead { get; set; }

    /// <summary>Gets or sets what happens while the endpoint makes up its mind.</summary>
    public Func<Task> Meanwhile { get; set; } = () => Task.CompletedTask;

    public ConcurrentQueue<IReadOnlyDictionary<string, string>> Forms { get; } = new();

    /// <summary>Gets the bearer tokens of the calls beside the answers' statuses.</summary>
    public ConcurrentQueue<(string Token, int Status)> Calls { get; } = new();

    public static async Task<OAuthServer> StartAsync(TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = new OAuthServer(builder.Build(), time);
        await server.app.StartAsync();
        return server;
    }

    /// <summary>Ends every access token.</summary>
    public void EndAll()
    {
        lock (gate)
        {
            live.Clear();
        }
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task GiveAsync(HttpContext context)
    {
        context.Request.Headers.Authorization.Count.ShouldBe(0);
        var form = (await context.Request.ReadFormAsync()).ToDictionary(field => field.Key, field => field.Value.ToString());
        Forms.Enqueue(form);
        await Meanwhile();
        context.Response.Headers.Date = (time.GetUtcNow() + Ahead).ToString("R");
        if (TokenTrouble is var (status, body))
        {
            context.Response.StatusCode = status;
            await context.Response.WriteAsync(body);
            return;
        }

        string answer;
        lock (gate)
        {
            if (form["grant_type"] == "refresh_token" && form["refresh_token"] != RefreshToken)
            {
                context.Response.StatusCode = 400;
                answer = """{"error":"invalid_grant","error_description":"expired access/refresh token"}""";
            }
            else
            {
                var access = $"canary-access-{++given}";
                live[access] = time.GetUtcNow() + Lifetime;
                RefreshToken = Rotates ? $"canary-refresh-{given}" : RefreshToken;
                var refresh = Rotates ? $""" "refresh_token":"{RefreshToken}",""" : "";
                answer = $$"""{"access_token":"{{access}}",{{refresh}}"expires_in":{{Lifetime.TotalSeconds}},"account":"{{Account}}","instance":"{{InstanceUrl ?? Url}}"}""";
            }
        }

        await context.Response.WriteAsync(answer);
    }

    private Task TakeAsync(HttpContext context)
    {
        var token = context.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
        lock (gate)
        {
            context.Response.StatusCode = !RefusesEveryCall && live.TryGetValue(token, out var end) && time.GetUtcNow() < end ? 200 : 401;
        }

        Calls.Enqueue((token, context.Response.StatusCode));
        return context.Response.WriteAsync(context.Response.StatusCode == 200 ? "{}" : RefusalBody);
    }
}
