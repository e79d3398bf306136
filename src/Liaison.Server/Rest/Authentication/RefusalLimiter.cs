using System.Net;
using System.Threading.RateLimiting;

namespace Liaison.Server.Rest.Authentication;

/// <summary>How many refused credentials of one remote address are looked into and recorded.</summary>
/// <remarks>
/// It guards the audit against being filled. A key has 256 random bits, which nobody tries out, so a valid credential is accepted
/// whatever others have tried from the same address.
/// </remarks>
internal sealed class RefusalLimiter : IDisposable
{
    private const int Burst = 10;

    private static readonly TimeSpan RefillEvery = TimeSpan.FromSeconds(6);

    private readonly PartitionedRateLimiter<IPAddress> limiter = PartitionedRateLimiter.Create<IPAddress, IPAddress>(
        address => RateLimitPartition.GetTokenBucketLimiter(address, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = Burst,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = RefillEvery,
            QueueLimit = 0,
        }));

    /// <summary>Counts a refusal; tells whether it is one too many.</summary>
    public bool IsOneTooMany(IPAddress? address)
    {
        using var lease = limiter.AttemptAcquire(address ?? IPAddress.None);
        return !lease.IsAcquired;
    }

    /// <inheritdoc/>
    public void Dispose() => limiter.Dispose();
}
