using Liaison.Alerts;

namespace Liaison.Storage.Postgres;

/// <summary>Alerts in a PostgreSQL database.</summary>
public sealed class PostgresAlertStore(PostgresDatabase database) : IAlertStore
{
    private const string Columns = "id, alert, count, before, first_at, last_at, attempts, delivered_at";

    /// <inheritdoc/>
    public Task<AlertRow?> RaiseAsync(string id, Alert alert, TimeSpan quiet, bool deliver, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return database.WriteAsync(session => RaiseAsync(session, id, alert, quiet, deliver), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<AlertRow>> ListAsync(AlertQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var conditions = new PostgresConditions()
            .Where("kind = @kind", "@kind", query.Kind is { } kind ? StoredName<AlertKind>.Of(kind) : null)
            .Where("connection = @connection", "@connection", query.Connection?.Value)
            .Where("alert::jsonb ->> 'runId' = @run", "@run", query.RunId)
            .Where("last_at >= @since", "@since", query.Since)
            .Where("first_at < @until", "@until", query.Until);
        return database.ReadAsync<IReadOnlyList<AlertRow>>(
            async session => await conditions
                .Bind(session.Statement($"SELECT {Columns} FROM alerts WHERE {conditions.Clause} ORDER BY alert_no DESC LIMIT @limit"))
                .With("@limit", query.Limit)
                .ListAsync(Read),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<AlertRow>> TakeDueAsync(int limit, TimeSpan lease, CancellationToken cancellationToken) =>
        database.WriteAsync<IReadOnlyList<AlertRow>>(
            async session => await session.Statement($"""
                WITH due AS MATERIALIZED (
                    SELECT alert_no FROM alerts WHERE due_at <= liaison_now() ORDER BY due_at LIMIT @limit FOR UPDATE SKIP LOCKED)
                UPDATE alerts SET due_at = liaison_now() + @lease WHERE alert_no IN (SELECT alert_no FROM due)
                RETURNING {Columns}
                """)
                .With("@limit", limit)
                .With("@lease", lease)
                .ListAsync(Read),
            cancellationToken);

    /// <inheritdoc/>
    public Task SettleAsync(string id, TimeSpan? again, CancellationToken cancellationToken) => database.WriteAsync(
        session => again is { } wait
            ? session.Statement("UPDATE alerts SET due_at = liaison_now() + @wait, attempts = attempts + 1 WHERE id = @id")
                .With("@wait", wait)
                .With("@id", id)
                .ExecuteAsync()
            : session.Statement("UPDATE alerts SET due_at = NULL, delivered_at = liaison_now() WHERE id = @id").With("@id", id).ExecuteAsync(),
        cancellationToken);

    /// <inheritdoc/>
    public Task<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.Statement("DELETE FROM alerts WHERE last_at < @before").With("@before", before).ExecuteAsync(), cancellationToken);

    private static async Task<AlertRow?> RaiseAsync(PostgresSession session, string id, Alert alert, TimeSpan quiet, bool deliver)
    {
        var kind = StoredName<AlertKind>.Of(alert.Kind);
        var connection = alert.Connection?.Value ?? "";

        // Of two nodes that meet the same trouble at once, the second folds its alert into the row of the first.
        await session.Statement("SELECT pg_advisory_xact_lock(hashtextextended(@group, 0))")
            .With("@group", $"alert {kind} {connection} {alert.Cause}")
            .ListAsync(_ => 0);
        var folded = await session.Statement("""
            UPDATE alerts SET count = count + 1, last_at = liaison_now(), alert = @alert
            WHERE kind = @kind AND connection = @connection AND cause = @cause AND first_at > liaison_now() - @quiet
            """)
            .With("@alert", alert.ToJson())
            .With("@kind", kind)
            .With("@connection", connection)
            .With("@cause", alert.Cause)
            .With("@quiet", quiet)
            .ExecuteAsync();
        return folded > 0
            ? null
            : await session.Statement($"""
                INSERT INTO alerts (kind, connection, cause, id, alert, count, before, first_at, last_at, attempts, due_at)
                SELECT @kind, @connection, @cause, @id, @alert, 1,
                    coalesce((
                        SELECT count - 1 FROM alerts WHERE kind = @kind AND connection = @connection AND cause = @cause
                        ORDER BY first_at DESC LIMIT 1), 0),
                    liaison_now(), liaison_now(), 0, CASE WHEN @deliver THEN liaison_now() END
                RETURNING {Columns}
                """)
                .With("@kind", kind)
                .With("@connection", connection)
                .With("@cause", alert.Cause)
                .With("@id", id)
                .With("@alert", alert.ToJson())
                .With("@deliver", deliver)
                .FirstAsync(Read);
    }

    private static AlertRow Read(PostgresRow row) => new(
        row.Text(0), Alert.FromJson(row.Text(1)), row.Number(2), row.Number(3), row.Time(4), row.Time(5), (int)row.Number(6), row.TimeOrNull(7));
}
