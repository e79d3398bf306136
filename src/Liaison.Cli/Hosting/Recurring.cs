using Liaison.Alerts;
using Liaison.Storage;
using Microsoft.Extensions.Logging;

namespace Liaison.Cli.Hosting;

/// <summary>Something that an open installation does over and over without being asked.</summary>
/// <param name="Name">What it is, in words that end the sentence "could not".</param>
/// <param name="Between">How long from one time to the next.</param>
/// <param name="WorkAsync">Does it once.</param>
internal sealed record Chore(string Name, TimeSpan Between, Func<CancellationToken, Task> WorkAsync)
{
    /// <summary>Gets what waits for the next time instead of the clock: for a chore that may be told to come earlier.</summary>
    /// <value>The default is <see langword="null"/>: the clock does.</value>
    public Func<CancellationToken, Task>? WaitAsync { get; init; }
}

/// <summary>Does a chore until it is disposed of. A time at which it fails is told, by log and alert, and never the last.</summary>
internal sealed partial class Recurring : IAsyncDisposable
{
    private readonly Chore chore;
    private readonly IAlertSink alerts;
    private readonly TimeProvider time;
    private readonly ILogger<Recurring> logger;
    private readonly CancellationTokenSource ending = new();
    private readonly Task doing;
    private bool failing;

    public Recurring(Chore chore, IAlertSink alerts, TimeProvider time, ILogger<Recurring> logger)
    {
        (this.chore, this.alerts, this.time, this.logger) = (chore, alerts, time, logger);
        doing = RunAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!ending.IsCancellationRequested)
        {
            await ending.CancelAsync();
            await doing;
            ending.Dispose();
        }
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(chore.Between, time);
        try
        {
            do
            {
                await OnceAsync(ending.Token);
            }
            while (await NextAsync(timer, ending.Token));
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The installation closes; what was not done now is done when the next one opens.
        }
    }

    private async ValueTask<bool> NextAsync(PeriodicTimer timer, CancellationToken cancellationToken)
    {
        if (chore.WaitAsync is not { } wait)
        {
            return await timer.WaitForNextTickAsync(cancellationToken);
        }

        await wait(cancellationToken);
        return true;
    }

    private async Task OnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            await chore.WorkAsync(cancellationToken);
            if (failing)
            {
                failing = false;
                LogRecovered(logger, chore.Name);
            }
        }
#pragma warning disable CA1031 // Whatever one time throws, a database that is away or a bug, the next time is due all the same.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            // What is cut short by the end may say so in words of its own, as a database that could not roll back: that is no failure.
            cancellationToken.ThrowIfCancellationRequested();
            await TellAsync(fault, cancellationToken);
        }
    }

    private async Task TellAsync(Exception fault, CancellationToken cancellationToken)
    {
        var cause = fault is StorageException or IOException or UnauthorizedAccessException ? fault.Message : fault.GetType().Name;
        if (!failing)
        {
            failing = true;
            LogFailed(logger, chore.Name, cause, chore.Between);
        }

        try
        {
            await alerts.RaiseAsync(
                new Alert(AlertKind.ChoreFailing, null, chore.Name, $"The installation could not {chore.Name}: {cause} It is tried again every {chore.Between}."),
                cancellationToken);
        }
#pragma warning disable CA1031 // Where alerts are kept may be what is away; the log has the sentence.
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
        }
    }

    [LoggerMessage(9103, LogLevel.Error, "The installation could not {Chore}: {Cause} It is tried again every {Between}")]
    private static partial void LogFailed(ILogger logger, string chore, string cause, TimeSpan between);

    [LoggerMessage(9104, LogLevel.Warning, "The installation can {Chore} again")]
    private static partial void LogRecovered(ILogger logger, string chore);
}
