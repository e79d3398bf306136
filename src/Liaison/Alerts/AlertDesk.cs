using Liaison.Telemetry;
using Liaison.Work;
using Microsoft.Extensions.Logging;

namespace Liaison.Alerts;

/// <summary>Takes every alert in, keeps it, and tells it: a log line at once, and where one is configured a webhook.</summary>
public sealed partial class AlertDesk(
    IAlertStore store, AlertOptions options, IdSource ids, LiaisonTelemetry telemetry, ILogger<AlertDesk> logger) : IAlertSink
{
    /// <inheritdoc/>
    public async Task RaiseAsync(Alert alert, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(alert);
        telemetry.RecordAlert(alert.Kind.ToString(), alert.Connection?.Value ?? "");
        var told = await store.RaiseAsync(
            ids.Next("alr"), alert, TimeSpan.FromMinutes(options.QuietMinutes), options.Webhook is not null, cancellationToken);
        if (told is not null)
        {
            LogAlert(logger, alert.Kind, alert.Connection?.Value ?? "", alert.Cause, alert.Message, told.Before, told.Id);
        }
    }

    [LoggerMessage(1901, LogLevel.Error, "Alert {Kind} on {Connection} ({Cause}): {Message} ({Held} more of the kind were held back before; {Id})")]
    private static partial void LogAlert(ILogger logger, AlertKind kind, string connection, string cause, string message, long held, string id);
}
