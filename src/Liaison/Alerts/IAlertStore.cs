using Liaison.Model;

namespace Liaison.Alerts;

/// <summary>An alert as it is kept: one row stands for all of its kind, connection and cause that came within the quiet time.</summary>
/// <param name="Count">How many times it was raised.</param>
/// <param name="Before">How many were held back under the row before, since that was told.</param>
/// <param name="FirstAt">When it was raised first: the moment at which it was told.</param>
/// <param name="LastAt">When it was raised last.</param>
/// <param name="Attempts">How often it was sent to the webhook in vain.</param>
/// <param name="DeliveredAt">When the webhook took it; <see langword="null"/> while it has not, or where there is none.</param>
public sealed record AlertRow(
    string Id, Alert Alert, long Count, long Before, DateTimeOffset FirstAt, DateTimeOffset LastAt, int Attempts, DateTimeOffset? DeliveredAt);

/// <summary>Which alerts are wanted, newest first; what is <see langword="null"/> does not narrow.</summary>
public sealed record AlertQuery(int Limit = 50)
{
    /// <summary>Gets what they are about.</summary>
    public AlertKind? Kind { get; init; }

    /// <summary>Gets the connection.</summary>
    public ConnectionName? Connection { get; init; }

    /// <summary>Gets the run that met them.</summary>
    public string? RunId { get; init; }

    /// <summary>Gets the time since which they were raised, the last time included.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Gets the time before which they were raised first.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>The durable alerts, grouped, with what is still to be delivered.</summary>
public interface IAlertStore
{
    /// <summary>Keeps an alert: folded into the row of its group where that was told within the quiet time, else as a new row.</summary>
    /// <param name="id">The id of the row, should it be a new one.</param>
    /// <param name="deliver">Whether a new row is to be delivered to a webhook.</param>
    /// <returns>The new row, which is to be told; <see langword="null"/> where the alert was folded into an earlier one.</returns>
    Task<AlertRow?> RaiseAsync(string id, Alert alert, TimeSpan quiet, bool deliver, CancellationToken cancellationToken);

    /// <summary>Lists alerts, newest first.</summary>
    Task<IReadOnlyList<AlertRow>> ListAsync(AlertQuery query, CancellationToken cancellationToken);

    /// <summary>Takes alerts whose delivery is due; no other process gets them until the lease has ended.</summary>
    Task<IReadOnlyList<AlertRow>> TakeDueAsync(int limit, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Notes what became of a delivery.</summary>
    /// <param name="again">When to try again; <see langword="null"/> where the webhook took it.</param>
    Task SettleAsync(string id, TimeSpan? again, CancellationToken cancellationToken);

    /// <summary>Removes alerts that were raised last before a moment, delivered or not.</summary>
    /// <returns>How many were removed.</returns>
    Task<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken);
}
