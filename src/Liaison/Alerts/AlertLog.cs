using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Liaison.Alerts;

/// <summary>Tells alerts as log lines: one for each kind, connection and cause, and another after a while with how many there were.</summary>
public sealed partial class AlertLog(TimeProvider time, ILogger<AlertLog> logger) : IAlertSink
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<(AlertKind Kind, string Connection, string Cause), Told> groups = new();

    /// <inheritdoc/>
    public Task RaiseAsync(Alert alert, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(alert);
        var now = time.GetUtcNow();
        var connection = alert.Connection?.Value ?? "";
        var told = groups.AddOrUpdate(
            (alert.Kind, connection, alert.Cause),
            static (_, moment) => new Told(moment, Held: 0, Before: 0),
            static (_, last, moment) => moment - last.At >= Quiet ? new Told(moment, Held: 0, Before: last.Held) : last with { Held = last.Held + 1 },
            now);
        if (told.Held == 0)
        {
            LogAlert(logger, alert.Kind, connection, alert.Cause, alert.Message, told.Before);
        }

        return Task.CompletedTask;
    }

    // At is when the group was told last, Held how many came since, Before how many were held back before that.
    private sealed record Told(DateTimeOffset At, long Held, long Before);

    [LoggerMessage(1901, LogLevel.Error, "Alert {Kind} on {Connection} ({Cause}): {Message} ({Held} more of the kind were held back before)")]
    private static partial void LogAlert(ILogger logger, AlertKind kind, string connection, string cause, string message, long held);
}
