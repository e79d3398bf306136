using Liaison.Work;

namespace Liaison.Storage.Sqlite;

/// <summary>Ended runs in a SQLite file, where items are dropped some hundreds at a time, between the writes of others.</summary>
/// <remarks>What is dropped leaves room inside the file, which later items take; the file does not shrink.</remarks>
public sealed class SqliteEndedRunStore(SqliteDatabase database) : IEndedRunStore
{
    // So many are deleted in some ten milliseconds: nobody waits longer for them than for another write.
    private const int MostAtOnce = 500;

    // A run that is started from the command line waits for its turn.
    private const int MostInOneGo = 100_000;

    /// <inheritdoc/>
    public Task<IReadOnlyList<Run>> ListAsync(TimeSpan ago, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<Run>>(
        session => session.Statement($"""
            SELECT {SqliteRuns.Columns} FROM runs
            WHERE finished_at IS NOT NULL AND reported_at IS NULL AND finished_at <= $before ORDER BY finished_at, run_no
            """)
            .With("$before", database.Time.GetUtcNow() - ago)
            .List(SqliteRuns.Read),
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> NoteAsync(string runId, string report, bool last, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        return database.WriteAsync(
            session => session.Statement("""
                UPDATE runs SET report = $report, reported_at = $at
                WHERE id = $id AND finished_at IS NOT NULL AND reported_at IS NULL
                """)
                .With("$report", report)
                .With("$at", last ? database.Time.GetUtcNow() : null)
                .With("$id", runId)
                .Execute() == 1,
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<DroppedItems> DropAsync(CancellationToken cancellationToken)
    {
        var runs = 0;
        var items = 0L;
        foreach (var run in await database.ReadAsync(ListDroppable, cancellationToken))
        {
            runs++;
            int dropped;
            do
            {
                dropped = await database.WriteAsync(session => Drop(session, run), cancellationToken);
                items += dropped;
            }
            while (dropped == MostAtOnce && items < MostInOneGo);

            if (items >= MostInOneGo)
            {
                break;
            }
        }

        return new DroppedItems(runs, items);
    }

    private static List<long> ListDroppable(SqliteSession session) => session.Statement("""
        SELECT run_no FROM runs AS run
        WHERE reported_at IS NOT NULL AND EXISTS (
            SELECT 1 FROM work_items AS item
            WHERE item.run_no = run.run_no AND NOT EXISTS (
                SELECT 1 FROM dead_letters AS letter WHERE letter.run_no = item.run_no AND letter.sequence = item.sequence))
        ORDER BY run_no
        """)
        .List(row => row.Number(0));

    // What goes is counted in the transaction in which it goes, so that the states add up whoever counts meanwhile.
    private static int Drop(SqliteSession session, long run)
    {
        session.Statement("UPDATE runs SET taken_in = (SELECT max(sequence) FROM work_items WHERE run_no = $run) WHERE run_no = $run AND taken_in IS NULL")
            .With("$run", run)
            .Execute();
        var states = session.Statement("""
            DELETE FROM work_items WHERE run_no = $run AND sequence IN (
                SELECT item.sequence FROM work_items AS item
                WHERE item.run_no = $run AND NOT EXISTS (
                    SELECT 1 FROM dead_letters AS letter WHERE letter.run_no = item.run_no AND letter.sequence = item.sequence)
                ORDER BY item.sequence LIMIT $most)
            RETURNING state
            """)
            .With("$run", run)
            .With("$most", MostAtOnce)
            .List(row => row.Text(0));
        foreach (var (state, number) in states.CountBy(state => state))
        {
            session.Statement("""
                UPDATE runs SET dropped = json_set(coalesce(dropped, '{}'), '$.' || $state, coalesce(dropped ->> $state, 0) + $number) WHERE run_no = $run
                """)
                .With("$state", state)
                .With("$number", number)
                .With("$run", run)
                .Execute();
        }

        return states.Count;
    }
}
