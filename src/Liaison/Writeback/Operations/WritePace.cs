using Liaison.Connectors;
using Liaison.Failures;

namespace Liaison.Writeback.Operations;

/// <summary>How often writes are tried again and how long is waited before: a CRM that answers 503 is not sent the same at once (R112, R113, R125).</summary>
/// <remarks>The channel repeats what is harmless; a write that may have been carried out is looked for first, so that its pace is kept here.</remarks>
internal sealed class WritePace(ChannelOptions options, Backoff backoff, TimeProvider time)
{
    /// <summary>Waits until a write may be tried again: as long as the CRM asked for, or else the doubling wait of its attempt.</summary>
    /// <param name="attempt">The attempt that failed, from 1.</param>
    /// <returns><see langword="false"/>, at once, where there is no attempt left, or the CRM asks for more than anybody waits.</returns>
    public async Task<bool> WaitAsync(int attempt, Failure failure, CancellationToken cancellationToken)
    {
        var plain = backoff.After(attempt);
        var wait = failure.RetryAfter is { } asked && asked > plain ? asked : plain;
        if ((attempt > options.Retries && !failure.HeldBack) || failure.RetryAfter > options.LongestWait)
        {
            return false;
        }

        await Task.Delay(wait, time, cancellationToken);
        return true;
    }

    /// <summary>Gives the number of the next attempt: one that met a CRM that answers nobody is not counted (R117).</summary>
    public static int After(int attempt, Failure failure) => failure.HeldBack ? attempt : attempt + 1;
}
