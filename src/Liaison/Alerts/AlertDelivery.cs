using Microsoft.Extensions.Logging;

namespace Liaison.Alerts;

/// <summary>Carries kept alerts to the webhook until it takes them: the first try at once, then after a second, doubling to a quarter of an hour.</summary>
/// <remarks>Safe in several processes at once: each alert is taken by one of them at a time.</remarks>
public sealed partial class AlertDelivery
{
    private const int Batch = 20;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    private readonly IAlertStore store;
    private readonly AlertWebhook webhook;
    private readonly AlertOptions options;
    private readonly ILogger<AlertDelivery> logger;

    internal AlertDelivery(IAlertStore store, AlertWebhook webhook, AlertOptions options, ILogger<AlertDelivery> logger)
    {
        this.store = store;
        this.webhook = webhook;
        this.options = options;
        this.logger = logger;
    }

    /// <summary>Gets how often to look for what is due.</summary>
    public static TimeSpan Glance { get; } = TimeSpan.FromSeconds(1);

    /// <summary>Tries once to deliver what is due now; what is undelivered is kept.</summary>
    /// <returns>How many alerts the receiver took.</returns>
    public async Task<int> DeliverAsync(CancellationToken cancellationToken)
    {
        if (options.Webhook is null)
        {
            return 0;
        }

        var delivered = 0;
        foreach (var row in await store.TakeDueAsync(Batch, Lease, cancellationToken))
        {
            if (await webhook.SendAsync(row, cancellationToken))
            {
                await store.SettleAsync(row.Id, again: null, CancellationToken.None);
                delivered++;
            }
            else
            {
                var wait = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Math.Min(row.Attempts, 20)), LongestWait.TotalSeconds));
                await store.SettleAsync(row.Id, wait, CancellationToken.None);
                LogRefused(logger, row.Id, row.Attempts + 1, wait.TotalSeconds);
            }
        }

        return delivered;
    }

    [LoggerMessage(1902, LogLevel.Warning, "The alert {Id} was not taken by its webhook at attempt {Attempt}; trying again in {Seconds} s")]
    private static partial void LogRefused(ILogger logger, string id, int attempt, double seconds);
}
