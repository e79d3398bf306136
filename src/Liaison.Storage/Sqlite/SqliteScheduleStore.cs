using Liaison.Work;

namespace Liaison.Storage.Sqlite;

/// <summary>Schedules in a SQLite file.</summary>
public sealed class SqliteScheduleStore(SqliteDatabase database) : IScheduleStore
{
    /// <inheritdoc/>
    public Task<DateTimeOffset> GetNowAsync(CancellationToken cancellationToken) => Task.FromResult(database.Time.GetUtcNow());

    /// <inheritdoc/>
    public Task<IReadOnlyList<ScheduleState>> ListAsync(CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<ScheduleState>>(
        session => session.Statement("SELECT name, definition, due_at, taken_at, run_id, note FROM schedules ORDER BY name").List(row => new ScheduleState(
            row.Text(0), row.Text(1), row.TimeOrNull(2), row.TimeOrNull(3), row.TextOrNull(4), row.TextOrNull(5))),
        cancellationToken);

    /// <inheritdoc/>
    public Task PutAsync(ScheduleState state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(state);
        return database.WriteAsync(
            session => session.Statement("""
                INSERT INTO schedules (name, definition, due_at, taken_at, run_id, note) VALUES ($name, $definition, $due, $taken, $run, $note)
                ON CONFLICT (name) DO UPDATE
                SET definition = excluded.definition, due_at = excluded.due_at, taken_at = excluded.taken_at, run_id = excluded.run_id, note = excluded.note
                """)
                .With("$name", state.Name)
                .With("$definition", state.Definition)
                .With("$due", state.DueAt)
                .With("$taken", state.TakenAt)
                .With("$run", state.RunId)
                .With("$note", state.Note)
                .Execute(),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task RemoveAsync(string name, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.Statement("DELETE FROM schedules WHERE name = $name").With("$name", name).Execute(), cancellationToken);
}
