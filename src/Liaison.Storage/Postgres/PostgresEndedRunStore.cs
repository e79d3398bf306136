using Liaison.Work;

namespace Liaison.Storage.Postgres;

/// <summary>Ended runs in a PostgreSQL database, where items are dropped by the week in which their runs were created, as one file.</summary>
public sealed class PostgresEndedRunStore(PostgresDatabase database) : IEndedRunStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<Run>> ListAsync(TimeSpan ago, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<Run>>(
        async session => await session.Statement($"""
            SELECT {PostgresRuns.Columns} FROM runs
            WHERE finished_at IS NOT NULL AND reported_at IS NULL AND finished_at <= liaison_now() - @ago ORDER BY finished_at, run_no
            """)
            .With("@ago", ago)
            .ListAsync(PostgresRuns.Read),
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> NoteAsync(string runId, string report, bool last, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        return database.WriteAsync(
            async session => await session.Statement("""
                UPDATE runs SET report = @report, reported_at = CASE WHEN @last THEN liaison_now() END
                WHERE id = @id AND finished_at IS NOT NULL AND reported_at IS NULL
                """)
                .With("@report", report)
                .With("@last", last)
                .With("@id", runId)
                .ExecuteAsync() == 1,
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<DroppedItems> DropAsync(CancellationToken cancellationToken)
    {
        var dropped = new DroppedItems(0, 0);
        foreach (var week in await database.ReadAsync(ListWeeksAsync, cancellationToken))
        {
            var more = await database.WriteAsync(session => DropAsync(session, week), cancellationToken);
            dropped = new DroppedItems(dropped.Runs + more.Runs, dropped.Items + more.Items);
        }

        return dropped;
    }

    // The week before this one is left alone too: a run that was being created as it ended may not be visible yet.
    private static Task<List<long>> ListWeeksAsync(PostgresSession session) => session.Statement("""
        SELECT week FROM (
            SELECT floor(extract(epoch FROM to_date(right(partition.relname, 10), 'YYYY_MM_DD')) / 604800)::bigint AS week
            FROM pg_inherits AS inherits JOIN pg_class AS partition ON partition.oid = inherits.inhrelid
            WHERE inherits.inhparent = 'work_items'::regclass) AS weeks
        WHERE week < floor(extract(epoch FROM liaison_now()) / 604800)::bigint - 1
            AND NOT EXISTS (
                SELECT FROM runs WHERE run_no >= week * 1000000000 AND run_no < (week + 1) * 1000000000 AND reported_at IS NULL)
            AND EXISTS (
                SELECT FROM work_items AS item
                WHERE item.run_no >= week * 1000000000 AND item.run_no < (week + 1) * 1000000000
                    AND NOT EXISTS (SELECT FROM dead_letters AS letter WHERE letter.run_no = item.run_no AND letter.sequence = item.sequence))
        ORDER BY week
        """)
        .ListAsync(row => row.Number(0));

    private static async Task<DroppedItems> DropAsync(PostgresSession session, long week) =>
        await session.Statement("SELECT runs, items FROM liaison_drop_week(@week)")
            .With("@week", week)
            .Patiently()
            .FirstAsync(row => new DroppedItems((int)row.Number(0), row.Number(1)))
        ?? throw new InvalidOperationException("A week was dropped without a count.");
}
