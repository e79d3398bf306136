using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;

namespace Liaison.Storage.Postgres;

/// <summary>The call log in a PostgreSQL database. Appends wait in memory until some have gathered or a second has passed.</summary>
/// <remarks>A crash loses what waits; disposing writes it. Dispose before the database.</remarks>
public sealed class PostgresCallLog : ICallLog, IAsyncDisposable
{
    private const string Columns = """
        connection, run_id, operation, name, method, path, status, failure_kind, correlation_id, record_count, attempt, waited_us,
        duration_us, called_at, host, actor, trace_id, caller_id, record_ids, told, request_body, answer_body
        """;

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

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CallRow>> ListAsync(CallQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        await gathered.FlushAsync().WaitAsync(cancellationToken);
        return await database.ReadAsync(session => ListAsync(session, query), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<int> PurgeAsync(DateTimeOffset before, long rowsKept, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rowsKept);
        await gathered.FlushAsync().WaitAsync(cancellationToken);
        return await database.WriteAsync(session => DeleteAsync(session, before, rowsKept), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => gathered.DisposeAsync();

    private static Task<int> InsertAsync(PostgresSession session, IReadOnlyList<CallEntry> entries) => session
        .Statement($"""
            INSERT INTO crm_calls ({Columns})
            SELECT * FROM unnest(@connections, @runs, @operations, @names, @methods, @paths, @statuses, @failures, @correlations,
                @records, @attempts, @waited, @durations, @at, @hosts, @actors, @traces, @callers, @ids, @told, @requests, @answers)
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
        .With("@hosts", entries.Select(entry => entry.Host))
        .With("@actors", entries.Select(entry => entry.Actor))
        .With("@traces", entries.Select(entry => entry.TraceId))
        .With("@callers", entries.Select(entry => entry.CallerId))
        .With("@ids", entries.Select(entry => entry.RecordIds.Count == 0 ? null : string.Join(' ', entry.RecordIds)))
        .With("@told", entries.Select(entry => entry.Told))
        .With("@requests", entries.Select(entry => entry.RequestBody))
        .With("@answers", entries.Select(entry => entry.AnswerBody))
        .ExecuteAsync();

    private static async Task<IReadOnlyList<CallRow>> ListAsync(PostgresSession session, CallQuery query)
    {
        var conditions = new PostgresConditions()
            .Where("run_id = @run", "@run", query.RunId)
            .Where("connection = @connection", "@connection", query.Connection?.Value)
            .Where("actor = @actor", "@actor", query.Actor)
            .Where("@correlation IN (trace_id, caller_id, correlation_id)", "@correlation", query.Correlation)
            .Where("string_to_array(record_ids, ' ') @> ARRAY[@record]", "@record", query.RecordId)
            .Where("failure_kind >= @failed", "@failed", query.FailuresOnly ? "" : null)
            .Where("status = @status", "@status", query.Status)
            .Where("called_at >= @since", "@since", query.Since)
            .Where("called_at < @until", "@until", query.Until)
            .Where("call_no < @before", "@before", query.Before);
        var statement = session.Statement($"SELECT call_no, {Columns} FROM crm_calls WHERE {conditions.Clause} ORDER BY call_no DESC LIMIT @limit");
        return await conditions.Bind(statement).With("@limit", query.Limit).ListAsync(Read);
    }

    private static CallRow Read(PostgresRow row) => new(row.Number(0), new CallEntry(
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
