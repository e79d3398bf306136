using System.Threading.RateLimiting;
using Liaison.Server.Rest.Authentication;
using Liaison.Server.Rest.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Server.Rest.Hosting;

/// <summary>How much one caller may ask of the server, so that one agent gone wild leaves the others theirs.</summary>
internal static class CallerLimits
{
    private const int SecondsAtOnce = 10;

    public static IServiceCollection AddCallerLimits(this IServiceCollection services, ServerOptions server) => services.AddRateLimiter(options =>
    {
        options.GlobalLimiter = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetConcurrencyLimiter(
                PartitionOf(context), _ => new ConcurrencyLimiterOptions { PermitLimit = server.ConcurrentRequests, QueueLimit = 0 })),
            PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetTokenBucketLimiter(
                PartitionOf(context), _ => new TokenBucketRateLimiterOptions
                {
                    TokenLimit = server.RequestsPerSecond * SecondsAtOnce,
                    TokensPerPeriod = server.RequestsPerSecond,
                    ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                    QueueLimit = 0,
                })));
        options.OnRejected = (rejected, _) => new ValueTask(Problem
            .TooMany(
                "This caller asks for more than the server gives one caller; wait and send less at once.",
                rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : null)
            .ExecuteAsync(rejected.HttpContext));
    });

    // Those who have proven nothing share what their address has.
    private static string PartitionOf(HttpContext context) => context.User.Identity is ProvenIdentity { Caller: var caller }
        ? caller.KeyId ?? $"{caller.Subject.Id} {caller.Actor.Id}"
        : $"{context.Connection.RemoteIpAddress}";
}
