using Liaison.Server.Rest.Authentication;
using Liaison.Server.Rest.Problems;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Liaison.Server.Rest.Hosting;

/// <summary>Tells of each request what an operator needs and nothing of a person: the route's pattern, never its address.</summary>
internal sealed partial class AccessLog(RequestDelegate next, ILogger<AccessLog> logger, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var began = time.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            var elapsed = time.GetElapsedTime(began).TotalMilliseconds;
            LogServed(logger, context.Request.Method, RouteOf(context), context.Response.StatusCode, elapsed, KeyOf(context), context.TraceIdentifier);
        }
    }

    /// <summary>Answers an error of our own, and tells where it happened without its text, which may hold anything.</summary>
    public static Task AnswerAsync(HttpContext context, ILogger<AccessLog> logger)
    {
        if (context.Features.Get<IExceptionHandlerFeature>()?.Error is { } error)
        {
            LogFailed(logger, context.TraceIdentifier, error.GetType().Name, error.StackTrace);
        }

        return Problem.Unexpected(context.TraceIdentifier).ExecuteAsync(context);
    }

    private static string RouteOf(HttpContext context) =>
        context.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } pattern } ? pattern : "(no route)";

    private static string KeyOf(HttpContext context) =>
        context.User.Identity is ProvenIdentity { Caller.KeyId: { } key } ? key : "-";

    [LoggerMessage(9001, LogLevel.Information, "{Method} {Route} {Status} in {Milliseconds:F1} ms by {Key} (trace {TraceId})")]
    private static partial void LogServed(
        ILogger logger, string method, string route, int status, double milliseconds, string key, string traceId);

    [LoggerMessage(9002, LogLevel.Error, "Trace {TraceId} ended in {Error} at{Stack}")]
    private static partial void LogFailed(ILogger logger, string traceId, string error, string? stack);
}
