using Liaison.Pipelines;

namespace Liaison.Cli.Hosting;

/// <summary>What a served installation does beside answering: it carries alerts, works on runs, reminds of what waits, and lets expire what has been kept long enough.</summary>
internal sealed class Upkeep(Installation installation) : IAsyncDisposable
{
    private readonly AlertCarrier alerts = installation.DeliverAlerts();
    private readonly Recurring carrying = installation.Repeat(
        new Chore("take up the runs that are running", CarryRuns.Glance, installation.Carry.TakeUpAsync) { WaitAsync = installation.Carry.WaitAsync });
    private readonly Recurring starting = installation.Repeat(
        new Chore(
            "take up the schedules",
            TimeSpan.FromSeconds(2),
            cancellationToken => installation.Schedules.TakeUpAsync(installation.SchedulesInForce, cancellationToken)));
    private readonly Recurring replaying = installation.Repeat(
        new Chore("make the replays that are planned", CarryReplays.Glance, installation.CarryReplays.LookAsync));
    private readonly Recurring measuring = installation.Measure();
    private readonly Recurring deciding = installation.Repeat(
        new Chore("let proposals expire and remind of those that wait", TimeSpan.FromMinutes(1), installation.ExpireChanges.SweepAsync));
    private readonly Recurring expiring = installation.Repeat(
        new Chore("remove what has been kept long enough", TimeSpan.FromHours(1), installation.ExpireAsync));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await starting.DisposeAsync();
        await installation.Schedules.DisposeAsync();
        await replaying.DisposeAsync();
        await carrying.DisposeAsync();
        await installation.Carry.EndAsync();
        await measuring.DisposeAsync();
        await deciding.DisposeAsync();
        await expiring.DisposeAsync();
        await alerts.DisposeAsync();
    }
}
