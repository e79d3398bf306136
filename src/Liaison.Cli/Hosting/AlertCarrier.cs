using Liaison.Alerts;

namespace Liaison.Cli.Hosting;

/// <summary>Carries alerts to the webhook while something runs, and once more at its end.</summary>
internal sealed class AlertCarrier(AlertDelivery delivery, Recurring carrying) : IAsyncDisposable
{
    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await carrying.DisposeAsync();

        // What was raised last would else wait for the next process.
        await delivery.DeliverAsync(CancellationToken.None);
    }
}
