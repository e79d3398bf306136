using System.Collections.Concurrent;
using System.Net;
using Liaison.Connectors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace Liaison.Testing.Connectors.Conformance;

/// <summary>A login host and a CRM in one, by real HTTP: gives out tokens as RFC 6749 says, at the paths that a connector declares, and takes calls with those that live.</summary>
internal sealed class TokenHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly TimeProvider time;
    private readonly SignInPaths paths;
    private readonly Lock gate = new();
    private readonly Dictionary<string, DateTimeOffset> live = new(StringComparer.Ordinal);
    private int given;

    private TokenHost(WebApplication app, SignInPaths paths, TimeProvider time)
    {
        (this.app, this.paths, this.time) = (app, paths, time);
        app.Run(AnswerAsync);
    }

    public static TimeSpan Lifetime { get; } = TimeSpan.FromMinutes(30);

    public Uri Url => new(app.Urls.First());

    /// <summary>Gets or sets a value indicating whether every consent, key and password is refused.</summary>
    public bool RefusesAll { get; set; }

    /// <summary>Gets or sets a value indicating whether a use of the refresh token spends it and gives another.</summary>
    public bool Rotates { get; set; } = true;

    /// <summary>Gets what becomes of the next requests for a token, one each.</summary>
    public ConcurrentQueue<TokenFault> Faults { get; } = new();

    /// <summary>Gets the kinds of grant that tokens were asked for by.</summary>
    public ConcurrentQueue<string> Grants { get; } = new();

    /// <summary>Gets the statuses of the calls.</summary>
    public ConcurrentQueue<int> Calls { get; } = new();

    /// <summary>Gets the one refresh token that is good; each renewal gives another.</summary>
    public string RefreshToken { get; private set; } = "refresh-0";

    public static async Task<TokenHost> StartAsync(SignInPaths paths, TimeProvider time, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var host = new TokenHost(builder.Build(), paths, time);
        await host.app.StartAsync(cancellationToken);
        return host;
    }

    /// <summary>Ends every access token, as a CRM does that revokes them.</summary>
    public void EndAll()
    {
        lock (gate)
        {
            live.Clear();
        }
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private Task AnswerAsync(HttpContext context) => context.Request.Path.Value switch
    {
        var path when path == paths.Token => GiveAsync(context),
        var path when path == paths.Introspect => context.Response.WriteAsync("""{"active":true}"""),
        _ => TakeAsync(context),
    };

    private async Task GiveAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        var grant = form["grant_type"].ToString();
        Grants.Enqueue(grant);
        Faults.TryDequeue(out var fault);
        if (fault is { Status: { } status })
        {
            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = fault.RetryAfter is { } seconds ? $"{seconds}" : default(StringValues);
            return;
        }

        string? access = null;
        lock (gate)
        {
            if (!RefusesAll && (grant != "refresh_token" || form["refresh_token"] == RefreshToken))
            {
                access = $"access-{++given}";
                live[access] = time.GetUtcNow() + Lifetime;
                RefreshToken = Rotates ? $"refresh-{given}" : RefreshToken;
            }
        }

        if (fault is not null)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = access is null ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK;
        await context.Response.WriteAsync(access is null
            ? """{"error":"invalid_grant"}"""
            : $$"""{"access_token":"{{access}}","refresh_token":"{{RefreshToken}}","token_type":"Bearer","expires_in":{{Lifetime.TotalSeconds}}}""");
    }

    private Task TakeAsync(HttpContext context)
    {
        var token = context.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
        lock (gate)
        {
            context.Response.StatusCode = live.TryGetValue(token, out var end) && time.GetUtcNow() < end ? StatusCodes.Status200OK : StatusCodes.Status401Unauthorized;
        }

        Calls.Enqueue(context.Response.StatusCode);
        return context.Response.WriteAsync("{}");
    }
}

/// <summary>What becomes of a request for a token.</summary>
/// <param name="Status">What is answered, and nothing given; <see langword="null"/> gives the token and cuts the connection before the answer.</param>
/// <param name="RetryAfter">The seconds after which to come again.</param>
internal sealed record TokenFault(int? Status = null, int? RetryAfter = null);
