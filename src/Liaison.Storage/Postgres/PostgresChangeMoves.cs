using Liaison.Writeback;

namespace Liaison.Storage.Postgres;

/// <summary>How change sets move, many in one statement.</summary>
internal static class PostgresChangeMoves
{
    /// <summary>Keeps the moves that new change sets begin with.</summary>
    public static async Task BeginAsync(PostgresSession session, IReadOnlyList<ChangeSetRow> rows)
    {
        List<BeginningMove> moves = [.. rows.SelectMany(row => ChangeStates.Beginning(row).Select((move, index) => new BeginningMove(row.Id, index + 1, move)))];
        if (moves.Count == 0)
        {
            return;
        }

        await session.Statement("""
            INSERT INTO change_moves (change_no, place, from_state, to_state, moved_by, note, moved_at)
            SELECT change_no, move.place, move.from_state, move.to_state, move.moved_by, move.note, move.moved_at
            FROM unnest(@ids, @places, @from, @to, @by, @notes, @at) AS move (id, place, from_state, to_state, moved_by, note, moved_at)
            JOIN change_sets USING (id)
            """)
            .With("@ids", moves.Select(move => move.Id))
            .With("@places", moves.Select(move => (long)move.Place))
            .With("@from", moves.Select(move => StoredName<ChangeState>.Of(move.Move.From)))
            .With("@to", moves.Select(move => StoredName<ChangeState>.Of(move.Move.To)))
            .With("@by", moves.Select(move => move.Move.By))
            .With("@notes", moves.Select(move => move.Move.Note))
            .With("@at", moves.Select(move => move.Move.At))
            .ExecuteAsync();
    }

    /// <summary>Makes the moves whose change set stands where the move expects it.</summary>
    /// <returns>The ids that were moved.</returns>
    public static async Task<HashSet<string>> MakeAsync(PostgresSession session, IReadOnlyList<ChangeMove> moves)
    {
        // In one order whoever asks: two that move the same sets in different orders would wait for each other.
        await session.Statement("SELECT FROM change_sets WHERE id = ANY (@ids) ORDER BY change_no FOR UPDATE")
            .With("@ids", moves.Select(move => move.Id).Distinct(StringComparer.Ordinal))
            .ExecuteAsync();

        var moved = new HashSet<string>(StringComparer.Ordinal);
        foreach (var round in Rounds(moves))
        {
            moved.UnionWith(await MakeRoundAsync(session, round));
        }

        return moved;
    }

    private static Task<List<string>> MakeRoundAsync(PostgresSession session, IReadOnlyList<ChangeMove> moves) => session.Statement("""
        WITH wanted AS (
            SELECT * FROM unnest(@ids, @from, @to, @by, @notes, @approvals, @made, @seen)
                AS move (id, from_state, to_state, moved_by, note, approval, made_id, seen_at)),
        moved AS (
            UPDATE change_sets AS change SET state = wanted.to_state, note = wanted.note, moves = change.moves + 1, updated_at = liaison_now(),
                approval = CASE WHEN wanted.to_state = 'waiting' THEN NULL ELSE coalesce(wanted.approval, change.approval) END,
                made_id = coalesce(wanted.made_id, change.made_id)
            FROM wanted WHERE change.id = wanted.id AND change.state = wanted.from_state AND change.updated_at = coalesce(wanted.seen_at, change.updated_at)
                AND (change.dropped_at IS NULL OR wanted.to_state <> 'applying')
            RETURNING change.id, change_no, moves),
        kept AS (
            INSERT INTO change_moves (change_no, place, from_state, to_state, moved_by, note, moved_at)
            SELECT change_no, moves, from_state, to_state, moved_by, note, liaison_now() FROM moved JOIN wanted USING (id))
        SELECT id FROM moved
        """)
        .With("@ids", moves.Select(move => move.Id))
        .With("@from", moves.Select(move => StoredName<ChangeState>.Of(move.From)))
        .With("@to", moves.Select(move => StoredName<ChangeState>.Of(move.To)))
        .With("@by", moves.Select(move => move.By))
        .With("@notes", moves.Select(move => move.Note))
        .With("@approvals", moves.Select(move => move.Approval?.ToJson()))
        .With("@made", moves.Select(move => move.MadeId))
        .With("@seen", moves.Select(move => move.Seen))
        .ListAsync(row => row.Text(0));

    // Moves of one change set follow one another, and one statement moves it once: the second of each is the second round's.
    private static IEnumerable<IReadOnlyList<ChangeMove>> Rounds(IReadOnlyList<ChangeMove> moves)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        return moves
            .Select(move => new RoundMove(seen[move.Id] = seen.GetValueOrDefault(move.Id) + 1, move))
            .GroupBy(each => each.Round, each => each.Move)
            .OrderBy(round => round.Key)
            .Select(round => round.ToList());
    }

    private sealed record BeginningMove(string Id, int Place, ChangeTransition Move);

    private sealed record RoundMove(int Round, ChangeMove Move);
}
