namespace Liaison.Connectors;

/// <summary>The waits between attempts where the CRM names none: doubling, capped, and spread so that callers do not return in step.</summary>
internal sealed class Backoff(ChannelOptions options, Random random)
{
    private const double Spread = 0.2;

    private readonly Lock gate = new();

    /// <param name="attempt">The attempt that failed, from 1.</param>
    public TimeSpan After(int attempt)
    {
        double chance;
        lock (gate)
        {
            chance = random.NextDouble();
        }

        var plain = options.FirstBackoff * Math.Pow(2, Math.Min(attempt - 1, 30));
        return (plain < options.LongestWait ? plain : options.LongestWait) * (1 - Spread + (2 * Spread * chance));
    }
}
