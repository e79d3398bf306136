using Liaison.Failures;
using Liaison.Work;

namespace Liaison.Storage.Postgres;

/// <summary>What the completion of items does to their dead letters, inside the transaction that completes them.</summary>
internal static class PostgresDeadLetters
{
    /// <summary>Buries the items that died, and closes the letters of those whose replay came to a better end.</summary>
    /// <param name="taken">The outcomes whose fence held.</param>
    /// <param name="replaying">Whether any letter of the run is being replayed.</param>
    public static async Task NoteAsync(PostgresSession session, long run, IReadOnlyList<ItemOutcome> taken, bool replaying)
    {
        foreach (var outcome in taken)
        {
            if (outcome is { State: ItemState.Dead, Failed: { } failed })
            {
                await BuryAsync(session, run, outcome, failed);
            }
        }

        var better = taken.Where(outcome => outcome.State != ItemState.Dead).ToList();
        if (!replaying || better.Count == 0)
        {
            return;
        }

        await session.Statement("""
            UPDATE dead_letters AS letter
            SET state = 'replayed', note = 'A replay ended it as ' || outcome.state || '.', closed_by = 'liaison', updated_at = liaison_now()
            FROM unnest(@sequences, @states) AS outcome (sequence, state)
            WHERE letter.run_no = @run AND letter.sequence = outcome.sequence AND letter.state = 'replaying'
            """)
            .With("@sequences", better.Select(outcome => outcome.Sequence))
            .With("@states", better.Select(outcome => StoredName<ItemState>.Of(outcome.State)))
            .With("@run", run)
            .ExecuteAsync();
    }

    private static async Task BuryAsync(PostgresSession session, long run, ItemOutcome outcome, FailedOperation failed)
    {
        var earlier = await session.Statement("SELECT operation FROM dead_letters WHERE run_no = @run AND sequence = @sequence")
            .With("@run", run)
            .With("@sequence", outcome.Sequence)
            .FirstAsync(row => row.Text(0));
        await session.Statement("""
            INSERT INTO dead_letters (run_no, sequence, connection, record_type, record_id, state, failure_kind, failure, operation, created_at, updated_at)
            SELECT run_no, sequence, connection, record_type, record_id, 'waiting', @kind, @failure, @operation, liaison_now(), liaison_now()
            FROM work_items WHERE run_no = @run AND sequence = @sequence
            ON CONFLICT (run_no, sequence) DO UPDATE
            SET state = 'waiting', failure_kind = excluded.failure_kind, failure = excluded.failure, operation = excluded.operation,
                note = NULL, closed_by = NULL, updated_at = excluded.updated_at
            """)
            .With("@kind", outcome.FailureKind ?? nameof(FailureKind.Invalid))
            .With("@failure", outcome.Failure ?? "")
            .With("@operation", (earlier is null ? failed : failed.After(FailedOperation.FromJson(earlier))).ToJson())
            .With("@run", run)
            .With("@sequence", outcome.Sequence)
            .ExecuteAsync();
    }
}
