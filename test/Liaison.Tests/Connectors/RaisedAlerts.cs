using System.Collections.Concurrent;
using Liaison.Alerts;

namespace Liaison.Tests.Connectors;

/// <summary>Notes the alerts that were raised.</summary>
internal sealed class RaisedAlerts : IAlertSink
{
    public ConcurrentQueue<Alert> All { get; } = new();

    public Task RaiseAsync(Alert alert, CancellationToken cancellationToken)
    {
        All.Enqueue(alert);
        return Task.CompletedTask;
    }
}
