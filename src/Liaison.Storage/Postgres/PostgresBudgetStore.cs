using Liaison.Connectors;
using Liaison.Model;

namespace Liaison.Storage.Postgres;

/// <summary>Spent allowances in a PostgreSQL database, one count for all nodes.</summary>
/// <remarks>Each connection and limit keeps its newest windows, so that the table stays small however short a window is.</remarks>
public sealed class PostgresBudgetStore(PostgresDatabase database) : IBudgetStore
{
    private const int WindowsKept = 16;

    /// <inheritdoc/>
    public Task<long> TakeAsync(
        ConnectionName connection, LimitKind kind, DateTimeOffset window, long wanted, long ceiling, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(wanted);

        // One statement: whoever comes second waits for the row and counts from what the first left.
        return SpendAsync(
            """
            INSERT INTO budgets AS budget (connection, kind, window_at, spent, given)
            VALUES (@connection, @kind, @window, least(@wanted, greatest(@ceiling, 0)), least(@wanted, greatest(@ceiling, 0)))
            ON CONFLICT (connection, kind, window_at) DO UPDATE SET
                given = least(@wanted, greatest(@ceiling - budget.spent, 0)),
                spent = budget.spent + least(@wanted, greatest(@ceiling - budget.spent, 0))
            RETURNING given, (xmax = 0)
            """,
            connection,
            kind,
            window,
            statement => statement.With("@wanted", wanted).With("@ceiling", ceiling),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task CorrectAsync(
        ConnectionName connection, LimitKind kind, DateTimeOffset window, long spent, CancellationToken cancellationToken) =>
        SpendAsync(
            """
            INSERT INTO budgets AS budget (connection, kind, window_at, spent, given) VALUES (@connection, @kind, @window, greatest(@spent, 0), 0)
            ON CONFLICT (connection, kind, window_at) DO UPDATE SET spent = greatest(budget.spent, excluded.spent)
            RETURNING spent, (xmax = 0)
            """,
            connection,
            kind,
            window,
            statement => statement.With("@spent", spent),
            cancellationToken);

    /// <inheritdoc/>
    public Task<long> SpentAsync(ConnectionName connection, LimitKind kind, DateTimeOffset window, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async session => await Of(session, "SELECT spent FROM budgets WHERE connection = @connection AND kind = @kind AND window_at = @window", connection, kind)
                .With("@window", window)
                .NumberAsync() ?? 0,
            cancellationToken);

    /// <inheritdoc/>
    public Task<SpentWindow?> FindFullestAsync(
        ConnectionName connection, LimitKind kind, DateTimeOffset after, CancellationToken cancellationToken) => database.ReadAsync(
        session => Of(session, """
            SELECT window_at, spent FROM budgets WHERE connection = @connection AND kind = @kind AND window_at > @after ORDER BY spent DESC LIMIT 1
            """, connection, kind)
            .With("@after", after)
            .FirstAsync(row => new SpentWindow(row.Time(0), row.Number(1))),
        cancellationToken);

    private Task<long> SpendAsync(
        string sql,
        ConnectionName connection,
        LimitKind kind,
        DateTimeOffset window,
        Func<PostgresStatement, PostgresStatement> bind,
        CancellationToken cancellationToken)
    {
        return database.WriteAsync(Spend, cancellationToken);

        async Task<long> Spend(PostgresSession session)
        {
            var spent = await bind(Of(session, sql, connection, kind).With("@window", window))
                .FirstAsync(row => new Spent(row.Number(0), IsNewWindow: row.Flag(1)));
            if (spent!.IsNewWindow)
            {
                await Of(
                    session,
                    """
                    DELETE FROM budgets WHERE connection = @connection AND kind = @kind AND window_at < (
                        SELECT min(window_at) FROM (
                            SELECT window_at FROM budgets WHERE connection = @connection AND kind = @kind
                            ORDER BY window_at DESC LIMIT @kept) AS newest)
                    """,
                    connection,
                    kind)
                    .With("@kept", WindowsKept)
                    .ExecuteAsync();
            }

            return spent.Number;
        }
    }

    private static PostgresStatement Of(PostgresSession session, string sql, ConnectionName connection, LimitKind kind) =>
        session.Statement(sql).With("@connection", connection.Value).With("@kind", kind.Name);

    private sealed record Spent(long Number, bool IsNewWindow);
}
