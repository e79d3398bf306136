namespace Liaison.Alerts;

/// <summary>Where every alert goes, whoever raises it.</summary>
/// <remarks>
/// Safe for concurrent use. Raise the same alert as often as it is met: those of one kind, connection and cause are told as one, and
/// again only after a while (R141). Nothing waits for a receiver: what a webhook could not take is kept and sent later.
/// </remarks>
public interface IAlertSink
{
    /// <summary>Raises an alert.</summary>
    Task RaiseAsync(Alert alert, CancellationToken cancellationToken);
}
