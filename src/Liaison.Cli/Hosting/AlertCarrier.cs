using Liaison.Alerts;

namespace Liaison.Cli.Hosting;

/// <summary>Carries alerts to the webhook while something runs, and once more at its end.</summary>
internal sealed class AlertCarrier : IAsyncDisposable
{
    private readonly AlertDelivery delivery;
    private readonly CancellationTokenSource ending = new();
    private readonly Task carrying;

    public AlertCarrier(AlertDelivery delivery)
    {
        this.delivery = delivery;
        carrying = delivery.RunAsync(ending.Token);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await carrying;
        ending.Dispose();

        // What was raised last would else wait for the next process.
        await delivery.DeliverAsync(CancellationToken.None);
    }
}
