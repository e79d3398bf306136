using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Liaison.Tests.Connectors;

/// <summary>A real HTTP server on loopback that answers what a test has lined up, and 200 when nothing is.</summary>
internal sealed class StandInServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<RequestDelegate> answers = new();

    private StandInServer(WebApplication app, TimeProvider time)
    {
        this.app = app;
        app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync();
            Requests.Enqueue(new SeenRequest(
                context.Request.Method, context.Request.Path + context.Request.QueryString, context.Request.Headers.Authorization.ToString(), body, time.GetUtcNow()));
            await (answers.TryDequeue(out var answer) ? answer : Answer(200, "{}"))(context);
        });
    }

    public ConcurrentQueue<SeenRequest> Requests { get; } = new();

    public Uri Url => new(app.Urls.First());

    public static async Task<StandInServer> StartAsync(TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = new StandInServer(builder.Build(), time);
        await server.app.StartAsync();
        return server;
    }

    public static RequestDelegate Answer(int status, string body, params (string Name, string Value)[] headers) => async context =>
    {
        context.Response.StatusCode = status;
        foreach (var (name, value) in headers)
        {
            context.Response.Headers[name] = value;
        }

        await context.Response.WriteAsync(body);
    };

    public static RequestDelegate Cut() => context =>
    {
        context.Abort();
        return Task.CompletedTask;
    };

    public static RequestDelegate CutInTheBody() => async context =>
    {
        context.Response.ContentLength = 1000;
        await context.Response.WriteAsync("{\"results\":");
        await context.Response.Body.FlushAsync();
        context.Abort();
    };

    public static RequestDelegate Hang() => context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted)
        .ContinueWith(_ => { }, TaskScheduler.Default);

    public static RequestDelegate After(TimeSpan wait) => async context =>
    {
        await Task.Delay(wait, TimeProvider.System, context.RequestAborted);
        await context.Response.WriteAsync("{}");
    };

    public void Lines(params RequestDelegate[] next)
    {
        foreach (var answer in next)
        {
            answers.Enqueue(answer);
        }
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}

internal sealed record SeenRequest(string Method, string Path, string Authorization, string Body, DateTimeOffset At);
