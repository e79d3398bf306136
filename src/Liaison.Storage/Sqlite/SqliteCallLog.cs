using Liaison.Connectors;
using Liaison.Failures;

namespace Liaison.Storage.Sqlite;

/// <summary>The call log in a SQLite file. Appends wait in memory until some have gathered or a second has passed.</summary>
/// <remarks>A crash loses what waits; disposing writes it. Dispose before the database.</remarks>
public sealed class SqliteCallLog : ICallLog, IAsyncDisposable
{
    private const int FlushAt = 256;

    // What is kept while the disk refuses; a log must not eat the memory of the work that it tells of.
    private const int MostWaiting = 16_384;

    private static readonly TimeSpan FlushEvery = TimeSpan.FromSeconds(1);

    private readonly SqliteDatabase database;
    private readonly ITimer timer;
    private readonly Lock gate = new();
    private List<CallEntry> waiting = [];
    private bool closed;

    /// <summary>Opens the log of a database.</summary>
    public SqliteCallLog(SqliteDatabase database)
    {
        ArgumentNullException.ThrowIfNull(database);
        this.database = database;
        timer = database.Time.CreateTimer(_ => _ = TryFlushAsync(), state: null, FlushEvery, FlushEvery);
    }

    /// <inheritdoc/>
    public ValueTask AppendAsync(CallEntry entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        bool full;
        lock (gate)
        {
            if (waiting.Count < MostWaiting)
            {
                waiting.Add(entry);
            }

            full = waiting.Count >= FlushAt;
        }

        if (full)
        {
            _ = TryFlushAsync();
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<CallSummary> SummarizeAsync(string runId, CancellationToken cancellationToken)
    {
        await FlushAsync().WaitAsync(cancellationToken);
        return await database.ReadAsync(session => Summarize(session, runId), cancellationToken);
    }

    /// <summary>Deletes what is older than a time and, of the rest, all but the newest rows.</summary>
    /// <returns>How many rows were deleted.</returns>
    public async Task<int> DeleteAsync(DateTimeOffset before, long rowsKept, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rowsKept);
        await FlushAsync().WaitAsync(cancellationToken);
        return await database.WriteAsync(session => Delete(session, before, rowsKept), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref closed, true))
        {
            return;
        }

        await timer.DisposeAsync();
        await TryFlushAsync();
    }

    private async Task TryFlushAsync()
    {
        try
        {
            await FlushAsync();
        }
        catch (StorageException)
        {
            // The lines wait again. Neither work nor closing may fail for a log; whoever asks for a summary is told.
        }
        catch (ObjectDisposedException)
        {
            // The database was closed before its log: the lines are lost, as at a crash.
        }
    }

    // Writes keep their order, so that the end of this one is also the end of each flush before it.
    private async Task FlushAsync()
    {
        List<CallEntry> entries;
        lock (gate)
        {
            entries = waiting;
            waiting = [];
        }

        try
        {
            await database.WriteAsync(session => Insert(session, entries), CancellationToken.None);
        }
        catch (StorageException)
        {
            lock (gate)
            {
                waiting.InsertRange(0, entries);
            }

            throw;
        }
    }

    private static int Insert(SqliteSession session, List<CallEntry> entries)
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
        return new CallSummary(
            sums.ToDictionary(sum => sum.Operation, sum => sum.Calls),
            sums.Sum(sum => sum.Throttled),
            sums.Sum(sum => sum.Failed),
            sums.Count == 0 ? null : sums.Min(sum => sum.First),
            sums.Count == 0 ? null : sums.Max(sum => sum.Last));
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

    private sealed record OperationSum(
        CrmOperation Operation, long Calls, long Throttled, long Failed, DateTimeOffset First, DateTimeOffset Last);
}
