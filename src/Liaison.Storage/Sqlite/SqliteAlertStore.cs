using Liaison.Alerts;

namespace Liaison.Storage.Sqlite;

/// <summary>Alerts in a SQLite file.</summary>
public sealed class SqliteAlertStore(SqliteDatabase database) : IAlertStore
{
    private const string Columns = "id, alert, count, before, first_at, last_at, attempts, delivered_at";

    private DateTimeOffset Now => database.Time.GetUtcNow();

    /// <inheritdoc/>
    public Task<AlertRow?> RaiseAsync(string id, Alert alert, TimeSpan quiet, bool deliver, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return database.WriteAsync(session => Raise(session, id, alert, quiet, deliver), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<AlertRow>> ListAsync(AlertQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var conditions = new SqliteConditions()
            .Where("kind = $kind", "$kind", query.Kind is { } kind ? StoredName<AlertKind>.Of(kind) : null)
            .Where("connection = $connection", "$connection", query.Connection?.Value)
            .Where("json_extract(alert, '$.runId') = $run", "$run", query.RunId)
            .Where("last_at >= $since", "$since", query.Since?.ToUnixTimeMilliseconds())
            .Where("first_at < $until", "$until", query.Until?.ToUnixTimeMilliseconds());
        return database.ReadAsync<IReadOnlyList<AlertRow>>(
            session => conditions
                .Bind(session.Statement($"SELECT {Columns} FROM alerts WHERE {conditions.Clause} ORDER BY alert_no DESC LIMIT $limit"))
                .With("$limit", query.Limit)
                .List(Read),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<AlertRow>> TakeDueAsync(int limit, TimeSpan lease, CancellationToken cancellationToken) =>
        database.WriteAsync<IReadOnlyList<AlertRow>>(
            session =>
            {
                var now = Now;
                return session.Statement($"""
                    UPDATE alerts SET due_at = $ends
                    WHERE alert_no IN (SELECT alert_no FROM alerts WHERE due_at <= $now ORDER BY due_at LIMIT $limit)
                    RETURNING {Columns}
                    """)
                    .With("$ends", now + lease)
                    .With("$now", now)
                    .With("$limit", limit)
                    .List(Read);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task SettleAsync(string id, TimeSpan? again, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.Statement("""
            UPDATE alerts SET due_at = $due, delivered_at = $delivered, attempts = attempts + $failed WHERE id = $id
            """)
            .With("$due", again is { } wait ? Now + wait : null)
            .With("$delivered", again is null ? Now : null)
            .With("$failed", again is not null)
            .With("$id", id)
            .Execute(),
        cancellationToken);

    /// <inheritdoc/>
    public Task<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.Statement("DELETE FROM alerts WHERE last_at < $before").With("$before", before).Execute(), cancellationToken);

    private AlertRow? Raise(SqliteSession session, string id, Alert alert, TimeSpan quiet, bool deliver)
    {
        var now = Now;
        var kind = StoredName<AlertKind>.Of(alert.Kind);
        var connection = alert.Connection?.Value ?? "";
        var earlier = session.Statement($"""
            SELECT {Columns} FROM alerts WHERE kind = $kind AND connection = $connection AND cause = $cause ORDER BY first_at DESC LIMIT 1
            """)
            .With("$kind", kind)
            .With("$connection", connection)
            .With("$cause", alert.Cause)
            .First(Read);
        if (earlier is not null && earlier.FirstAt + quiet > now)
        {
            session.Statement("UPDATE alerts SET count = count + 1, last_at = $now, alert = $alert WHERE id = $id")
                .With("$now", now)
                .With("$alert", alert.ToJson())
                .With("$id", earlier.Id)
                .Execute();
            return null;
        }

        var row = new AlertRow(id, alert, Count: 1, Before: (earlier?.Count ?? 1) - 1, now, now, Attempts: 0, DeliveredAt: null);
        session.Statement($"""
            INSERT INTO alerts (kind, connection, cause, {Columns}, due_at)
            VALUES ($kind, $connection, $cause, $id, $alert, 1, $before, $now, $now, 0, NULL, $due)
            """)
            .With("$kind", kind)
            .With("$connection", connection)
            .With("$cause", alert.Cause)
            .With("$id", id)
            .With("$alert", alert.ToJson())
            .With("$before", row.Before)
            .With("$now", now)
            .With("$due", deliver ? now : null)
            .Execute();
        return row;
    }

    private static AlertRow Read(SqliteRow row) => new(
        row.Text(0), Alert.FromJson(row.Text(1)), row.Number(2), row.Number(3), row.Time(4), row.Time(5), (int)row.Number(6), row.TimeOrNull(7));
}
