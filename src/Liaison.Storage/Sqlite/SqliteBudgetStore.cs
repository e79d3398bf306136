using Liaison.Connectors;
using Liaison.Model;

namespace Liaison.Storage.Sqlite;

/// <summary>Spent allowances in a SQLite file.</summary>
/// <remarks>Each connection and limit keeps its newest windows, so that the table stays small however short a window is.</remarks>
public sealed class SqliteBudgetStore(SqliteDatabase database) : IBudgetStore
{
    private const int WindowsKept = 16;

    /// <inheritdoc/>
    public Task<long> TakeAsync(
        ConnectionName connection, LimitKind kind, DateTimeOffset window, long wanted, long ceiling, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(wanted);
        return database.WriteAsync(Take, cancellationToken);

        long Take(SqliteSession session)
        {
            var spent = Spent(session, connection, kind, window);
            var given = Math.Clamp(ceiling - spent, 0, wanted);
            Spend(session, connection, kind, window, spent + given);
            return given;
        }
    }

    /// <inheritdoc/>
    public Task CorrectAsync(
        ConnectionName connection, LimitKind kind, DateTimeOffset window, long spent, CancellationToken cancellationToken)
    {
        return database.WriteAsync(Correct, cancellationToken);

        long Correct(SqliteSession session)
        {
            var higher = Math.Max(spent, Spent(session, connection, kind, window));
            Spend(session, connection, kind, window, higher);
            return higher;
        }
    }

    /// <inheritdoc/>
    public Task<long> SpentAsync(ConnectionName connection, LimitKind kind, DateTimeOffset window, CancellationToken cancellationToken) =>
        database.ReadAsync(session => Spent(session, connection, kind, window), cancellationToken);

    /// <inheritdoc/>
    public Task<SpentWindow?> FindFullestAsync(
        ConnectionName connection, LimitKind kind, DateTimeOffset after, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.Statement("""
            SELECT window_at, spent FROM budgets WHERE connection = $connection AND kind = $kind AND window_at > $after ORDER BY spent DESC LIMIT 1
            """)
            .With("$connection", connection.Value)
            .With("$kind", kind.Name)
            .With("$after", after)
            .First(row => new SpentWindow(row.Time(0), row.Number(1))),
        cancellationToken);

    private static long Spent(SqliteSession session, ConnectionName connection, LimitKind kind, DateTimeOffset window) => session
        .Statement("SELECT spent FROM budgets WHERE connection = $connection AND kind = $kind AND window_at = $window")
        .With("$connection", connection.Value)
        .With("$kind", kind.Name)
        .With("$window", window)
        .Number() ?? 0;

    private static void Spend(SqliteSession session, ConnectionName connection, LimitKind kind, DateTimeOffset window, long spent)
    {
        session
            .Statement("""
                INSERT INTO budgets (connection, kind, window_at, spent) VALUES ($connection, $kind, $window, $spent)
                ON CONFLICT (connection, kind, window_at) DO UPDATE SET spent = excluded.spent
                """)
            .With("$connection", connection.Value)
            .With("$kind", kind.Name)
            .With("$window", window)
            .With("$spent", spent)
            .Execute();
        session
            .Statement("""
                DELETE FROM budgets WHERE connection = $connection AND kind = $kind AND window_at < (
                    SELECT min(window_at) FROM (
                        SELECT window_at FROM budgets WHERE connection = $connection AND kind = $kind
                        ORDER BY window_at DESC LIMIT $kept))
                """)
            .With("$connection", connection.Value)
            .With("$kind", kind.Name)
            .With("$kept", WindowsKept)
            .Execute();
    }
}
