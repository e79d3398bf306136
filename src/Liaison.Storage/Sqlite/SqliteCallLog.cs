using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;

namespace Liaison.Storage.Sqlite;

/// <summary>The call log in a SQLite file. Appends wait in memory until some have gathered or a second has passed.</summary>
/// <remarks>A crash loses what waits; disposing writes it. Dispose before the database.</remarks>
public sealed class SqliteCallLog : ICallLog, IAsyncDisposable
{
    private const string Columns = """
        connection, run_id, operation, name, method, path, status, failure_kind, correlation_id, record_count, attempt, waited_us,
        duration_us, called_at, host, actor, trace_id, caller_id, record_ids, told, request_body, answer_body
        """;

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

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CallRow>> ListAsync(CallQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        await gathered.FlushAsync().WaitAsync(cancellationToken);
        return await database.ReadAsync<IReadOnlyList<CallRow>>(session => List(session, query), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<int> PurgeAsync(DateTimeOffset before, long rowsKept, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rowsKept);
        await gathered.FlushAsync().WaitAsync(cancellationToken);
        return await database.WriteAsync(session => Delete(session, before, rowsKept), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => gathered.DisposeAsync();

    private static int Insert(SqliteSession session, IReadOnlyList<CallEntry> entries)
    {
        var insert = session.Statement($"""
            INSERT INTO crm_calls ({Columns})
            VALUES ($connection, $run, $operation, $name, $method, $path, $status, $failure, $correlation, $records, $attempt, $waited,
                $duration, $at, $host, $actor, $trace, $caller, $ids, $told, $request, $answer)
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
                .With("$host", entry.Host)
                .With("$actor", entry.Actor)
                .With("$trace", entry.TraceId)
                .With("$caller", entry.CallerId)
                .With("$ids", entry.RecordIds.Count == 0 ? null : string.Join(' ', entry.RecordIds))
                .With("$told", entry.Told)
                .With("$request", entry.RequestBody)
                .With("$answer", entry.AnswerBody)
                .Execute();
        }

        return entries.Count;
    }

    private static List<CallRow> List(SqliteSession session, CallQuery query)
    {
        var conditions = new SqliteConditions()
            .Where("run_id = $run", "$run", query.RunId)
            .Where("connection = $connection", "$connection", query.Connection?.Value)
            .Where("actor = $actor", "$actor", query.Actor)
            .Where("$correlation IN (trace_id, caller_id, correlation_id)", "$correlation", query.Correlation)
            .Where("instr(' ' || record_ids || ' ', ' ' || $record || ' ') > 0", "$record", query.RecordId)
            .Where("failure_kind >= $failed", "$failed", query.FailuresOnly ? "" : null)
            .Where("status = $status", "$status", query.Status)
            .Where("called_at >= $since", "$since", query.Since?.ToUnixTimeMilliseconds())
            .Where("called_at < $until", "$until", query.Until?.ToUnixTimeMilliseconds())
            .Where("call_no < $before", "$before", query.Before);
        var statement = session.Statement($"SELECT call_no, {Columns} FROM crm_calls WHERE {conditions.Clause} ORDER BY call_no DESC LIMIT $limit");
        return conditions.Bind(statement).With("$limit", query.Limit).List(Read);
    }

    private static CallRow Read(SqliteRow row) => new(row.Number(0), new CallEntry(
        new ConnectionName(row.Text(1)), row.TextOrNull(2), row.Named<CrmOperation>(3), row.Text(4), row.Text(5), row.Text(6), (int?)row.NumberOrNull(7),
        row.TextOrNull(8), row.TextOrNull(9), (int)row.Number(10), (int)row.Number(11), TimeSpan.FromMicroseconds(row.Number(12)),
        TimeSpan.FromMicroseconds(row.Number(13)), row.Time(14))
    {
        Host = row.Text(15),
        Actor = row.Text(16),
        TraceId = row.TextOrNull(17),
        CallerId = row.TextOrNull(18),
        RecordIds = row.TextOrNull(19)?.Split(' ') ?? [],
        Told = row.TextOrNull(20),
        RequestBody = row.TextOrNull(21),
        AnswerBody = row.TextOrNull(22),
    });

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
