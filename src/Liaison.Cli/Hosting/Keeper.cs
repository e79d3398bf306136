namespace Liaison.Cli.Hosting;

/// <summary>What a served installation does beside answering: it carries alerts, and lets expire what has been kept long enough.</summary>
internal sealed class Keeper : IAsyncDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromHours(1);

    private readonly Installation installation;
    private readonly AlertCarrier alerts;
    private readonly CancellationTokenSource ending = new();
    private readonly Task expiring;

    public Keeper(Installation installation)
    {
        this.installation = installation;
        alerts = installation.DeliverAlerts();
        expiring = ExpireAsync(ending.Token);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await expiring;
        ending.Dispose();
        await alerts.DisposeAsync();
    }

    private async Task ExpireAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Between, installation.Time);
        try
        {
            do
            {
                await installation.ExpireAsync(cancellationToken);
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The server stops; what is old enough now is as old at the next start.
        }
    }
}
