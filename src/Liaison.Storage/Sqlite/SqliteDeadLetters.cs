using Liaison.Failures;
using Liaison.Work;

namespace Liaison.Storage.Sqlite;

/// <summary>What the completion of items does to their dead letters, inside the transaction that completes them.</summary>
internal static class SqliteDeadLetters
{
    /// <summary>Stores the letter of an item that died, or adds to the one that it has.</summary>
    public static void Bury(SqliteSession session, long runNo, ItemOutcome outcome, DateTimeOffset now)
    {
        if (outcome is not { State: ItemState.Dead, Failed: { } failed })
        {
            return;
        }

        var earlier = session.Statement("SELECT operation FROM dead_letters WHERE run_no = $run AND sequence = $sequence")
            .With("$run", runNo)
            .With("$sequence", outcome.Sequence)
            .First(row => row.Text(0));
        session.Statement("""
            INSERT INTO dead_letters (run_no, sequence, state, failure_kind, failure, operation, created_at, updated_at)
            VALUES ($run, $sequence, 'waiting', $kind, $failure, $operation, $now, $now)
            ON CONFLICT (run_no, sequence) DO UPDATE
            SET state = 'waiting', failure_kind = excluded.failure_kind, failure = excluded.failure, operation = excluded.operation,
                note = NULL, closed_by = NULL, updated_at = excluded.updated_at
            """)
            .With("$run", runNo)
            .With("$sequence", outcome.Sequence)
            .With("$kind", outcome.FailureKind ?? nameof(FailureKind.Invalid))
            .With("$failure", outcome.Failure ?? "")
            .With("$operation", (earlier is null ? failed : failed.After(FailedOperation.FromJson(earlier))).ToJson())
            .With("$now", now)
            .Execute();
    }

    /// <summary>Tells whether any letter of a run is being replayed, so that ordinary work need not look for letters item by item.</summary>
    public static bool AnyReplaying(SqliteSession session, long runNo) =>
        session.Statement("SELECT 1 FROM dead_letters WHERE run_no = $run AND state = 'replaying' LIMIT 1").With("$run", runNo).Number() is not null;

    /// <summary>Closes the letter of an item whose replay came to a better end.</summary>
    public static void Close(SqliteSession session, long runNo, ItemOutcome outcome, DateTimeOffset now)
    {
        if (outcome.State == ItemState.Dead)
        {
            return;
        }

        session.Statement("""
            UPDATE dead_letters SET state = 'replayed', note = $note, closed_by = 'liaison', updated_at = $now
            WHERE run_no = $run AND sequence = $sequence AND state = 'replaying'
            """)
            .With("$note", $"A replay ended it as {StoredName<ItemState>.Of(outcome.State)}.")
            .With("$now", now)
            .With("$run", runNo)
            .With("$sequence", outcome.Sequence)
            .Execute();
    }
}
