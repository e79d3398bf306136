using System.Collections.Concurrent;
using Liaison.Alerts;

namespace Liaison.Testing;

/// <summary>Keeps every alert that is raised, for a test to look at.</summary>
public sealed class RecordingAlerts : IAlertSink
{
    private readonly ConcurrentQueue<Alert> raised = new();

    /// <summary>Gets the alerts in the order in which they were raised, repeats included.</summary>
    public IReadOnlyList<Alert> Raised => [.. raised];

    /// <inheritdoc/>
    public Task RaiseAsync(Alert alert, CancellationToken cancellationToken)
    {
        raised.Enqueue(alert);
        return Task.CompletedTask;
    }
}
