using Liaison.Connectors;
using Liaison.Failures;

namespace Liaison.Storage.Sqlite;

/// <summary>The call log in a SQLite file. Appends wait in memory until some have gathered or a second has passed.</summary>
/// <remarks>A crash loses what waits; disposing writes it. Dispose before the database.</remarks>
public sealed class SqliteCallLog : ICallLog, IAsyncDisposable
{
    private readonly SqliteDatabase database;
    private readonly GatheredCalls gathered;

    /// <summary>Opens the log of a database.</summary>
    public SqliteCallLog(SqliteDatabase database)
    {
        ArgumentNullException.ThrowIfNull(database);
        this.database = database;
        gathered = new GatheredCalls(database.Time, entries => database.WriteAsync(session => Insert(session, entries), CancellationToken.None));
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
        return await database.ReadAsync(session => Summarize(session, runId), cancellationToken);
    }

    /// <summary>Deletes what is older than a time and, of the rest, all but the newest rows.</summary>
    /// <returns>How many rows were deleted.</returns>
    public async Task<int> DeleteAsync(DateTimeOffset before, long rowsKept, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rowsKept);
        await gathered.FlushAsync().WaitAsync(cancellationToken);
        return await database.WriteAsync(session => Delete(session, before, rowsKept), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => gathered.DisposeAsync();

    private static int Insert(SqliteSession session, IReadOnlyList<CallEntry> entries)
    {
        var insert = session.Statement("""
            INSERT INTO crm_calls (connection, run_id, operation, name, method, path, status, failure_kind, correlation_id,
                record_count, attempt, waited_us, duration_us, called_at)
            VALUES ($connection, $run, $operation, $name, $method, $path, $status, $failure, $correlation,
                $records, $attempt, $waited, $duration, $at)
            """);
        foreach (var entry in entries)
        {
            insert
                .With("$connection", entry.Connection.Value)
                .With("$run", entry.RunId)
                .With("$operation", StoredName<CrmOperation>.Of(entry.Operation))
                .With("$name", entry.Name)
                .With("$method", entry.Method)
                .With("$path", entry.Path)
                .With("$status", entry.Status)
                .With("$failure", entry.FailureKind)
                .With("$correlation", entry.CorrelationId)
                .With("$records", entry.RecordCount)
                .With("$attempt", entry.Attempt)
                .With("$waited", entry.Waited.Ticks / TimeSpan.TicksPerMicrosecond)
                .With("$duration", entry.Duration.Ticks / TimeSpan.TicksPerMicrosecond)
                .With("$at", entry.At)
                .Execute();
        }

        return entries.Count;
    }

    private static CallSummary Summarize(SqliteSession session, string runId)
    {
        var sums = session.Statement($"""
            SELECT operation, count(*), count(*) FILTER (WHERE status = 429 OR failure_kind IN ('{FailureKind.RateLimited}', '{FailureKind.QuotaExhausted}')),
                count(failure_kind), min(called_at), max(called_at)
            FROM crm_calls WHERE run_id = $run GROUP BY operation
            """)
            .With("$run", runId)
            .List(row => new OperationSum(
                row.Named<CrmOperation>(0), row.Number(1), row.Number(2), row.Number(3), row.Time(4), row.Time(5)));
        return OperationSum.Total(sums);
    }

    private static int Delete(SqliteSession session, DateTimeOffset before, long rowsKept)
    {
        var old = session.Statement("DELETE FROM crm_calls WHERE called_at < $before").With("$before", before).Execute();

        // The newest row that is one too many is found along the key, without counting the table.
        var surplus = session.Statement("""
            DELETE FROM crm_calls
            WHERE call_no <= (SELECT call_no FROM crm_calls ORDER BY call_no DESC LIMIT 1 OFFSET $kept)
            """)
            .With("$kept", rowsKept)
            .Execute();
        return old + surplus;
    }
}
