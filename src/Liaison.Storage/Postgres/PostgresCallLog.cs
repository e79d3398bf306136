using Liaison.Connectors;
using Liaison.Failures;

namespace Liaison.Storage.Postgres;

/// <summary>The call log in a PostgreSQL database. Appends wait in memory until some have gathered or a second has passed.</summary>
/// <remarks>A crash loses what waits; disposing writes it. Dispose before the database.</remarks>
public sealed class PostgresCallLog : ICallLog, IAsyncDisposable
{
    private readonly PostgresDatabase database;
    private readonly GatheredCalls gathered;

    /// <summary>Opens the log of a database.</summary>
    public PostgresCallLog(PostgresDatabase database)
    {
        ArgumentNullException.ThrowIfNull(database);
        this.database = database;
        gathered = new GatheredCalls(database.Time, entries => database.WriteAsync(session => InsertAsync(session, entries), CancellationToken.None));
    }

    /// <inheritdoc/>
    public ValueTask AppendAsync(CallEntry entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        gathered.Add(entry);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<CallSummary> SummarizeAsync(string runId, CancellationToken cancellationToken)
    {
        await gathered.FlushAsync().WaitAsync(cancellationToken);
        return await database.ReadAsync(session => SummarizeAsync(session, runId), cancellationToken);
    }

    /// <summary>Deletes what is older than a time and, of the rest, all but the newest rows.</summary>
    /// <returns>How many rows were deleted.</returns>
    public async Task<int> DeleteAsync(DateTimeOffset before, long rowsKept, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rowsKept);
        await gathered.FlushAsync().WaitAsync(cancellationToken);
        return await database.WriteAsync(session => DeleteAsync(session, before, rowsKept), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => gathered.DisposeAsync();

    private static Task<int> InsertAsync(PostgresSession session, IReadOnlyList<CallEntry> entries) => session
        .Statement("""
            INSERT INTO crm_calls (connection, run_id, operation, name, method, path, status, failure_kind, correlation_id,
                record_count, attempt, waited_us, duration_us, called_at)
            SELECT * FROM unnest(@connections, @runs, @operations, @names, @methods, @paths, @statuses, @failures, @correlations,
                @records, @attempts, @waited, @durations, @at)
            """)
        .With("@connections", entries.Select(entry => entry.Connection.Value))
        .With("@runs", entries.Select(entry => entry.RunId))
        .With("@operations", entries.Select(entry => StoredName<CrmOperation>.Of(entry.Operation)))
        .With("@names", entries.Select(entry => entry.Name))
        .With("@methods", entries.Select(entry => entry.Method))
        .With("@paths", entries.Select(entry => entry.Path))
        .With("@statuses", entries.Select(entry => (long?)entry.Status))
        .With("@failures", entries.Select(entry => entry.FailureKind))
        .With("@correlations", entries.Select(entry => entry.CorrelationId))
        .With("@records", entries.Select(entry => (long)entry.RecordCount))
        .With("@attempts", entries.Select(entry => (long)entry.Attempt))
        .With("@waited", entries.Select(entry => entry.Waited.Ticks / TimeSpan.TicksPerMicrosecond))
        .With("@durations", entries.Select(entry => entry.Duration.Ticks / TimeSpan.TicksPerMicrosecond))
        .With("@at", entries.Select(entry => entry.At))
        .ExecuteAsync();

    private static async Task<CallSummary> SummarizeAsync(PostgresSession session, string runId)
    {
        var sums = await session.Statement($"""
            SELECT operation, count(*), count(*) FILTER (WHERE status = 429 OR failure_kind IN ('{FailureKind.RateLimited}', '{FailureKind.QuotaExhausted}')),
                count(failure_kind), min(called_at), max(called_at)
            FROM crm_calls WHERE run_id = @run GROUP BY operation
            """)
            .With("@run", runId)
            .ListAsync(row => new OperationSum(
                row.Named<CrmOperation>(0), row.Number(1), row.Number(2), row.Number(3), row.Time(4), row.Time(5)));
        return OperationSum.Total(sums);
    }

    private static async Task<int> DeleteAsync(PostgresSession session, DateTimeOffset before, long rowsKept)
    {
        var old = await session.Statement("DELETE FROM crm_calls WHERE called_at < @before").With("@before", before).ExecuteAsync();

        // The newest row that is one too many is found along the key, without counting the table.
        var surplus = await session.Statement("""
            DELETE FROM crm_calls
            WHERE call_no <= (SELECT call_no FROM crm_calls ORDER BY call_no DESC LIMIT 1 OFFSET @kept)
            """)
            .With("@kept", rowsKept)
            .ExecuteAsync();
        return old + surplus;
    }
}
