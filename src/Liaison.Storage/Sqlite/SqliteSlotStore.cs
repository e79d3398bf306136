using Liaison.Connectors;
using Liaison.Model;
using Microsoft.Data.Sqlite;

namespace Liaison.Storage.Sqlite;

/// <summary>Slots in a SQLite file of their own, shared by the processes of one machine.</summary>
/// <remarks>
/// A file beside the database's: what it holds is out of date within a window, so that nothing is synced to the disk and no call waits
/// for the database's writer. It may be deleted while no process runs.
/// </remarks>
public sealed class SqliteSlotStore : ISlotStore, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly SqliteSession session;
    private readonly TimeProvider time;
    private readonly string path;

    private SqliteSlotStore(SqliteSession session, string path, TimeProvider time)
    {
        this.session = session;
        this.path = path;
        this.time = time;
    }

    /// <summary>Opens the slots that belong to a database.</summary>
    /// <exception cref="StorageException">The file cannot be used.</exception>
    public static SqliteSlotStore Open(SqliteDatabase database)
    {
        ArgumentNullException.ThrowIfNull(database);
        var path = database.Path + "-slots";
        SqliteDatabase.CreateFile(path);
        SqliteSession? session = null;
        try
        {
            session = SqliteSession.Open(path, Patience);
            SqliteDatabase.UseWriteAheadLog(session, Patience, CancellationToken.None);
            session.Run("PRAGMA synchronous = OFF");
            session.Run("""
                CREATE TABLE IF NOT EXISTS slots (
                    connection   TEXT    NOT NULL,
                    kind         TEXT    NOT NULL,     -- the limit's name, as in burst
                    next_at      INTEGER NOT NULL,     -- the first instant that is not given out; all times in microseconds since 1970
                    node         TEXT,                 -- who asked last
                    switched_at  INTEGER NOT NULL,     -- when last another asked than the time before
                    slow_beat    INTEGER NOT NULL,     -- the longest beat learnt lately, in microseconds
                    slow_until   INTEGER NOT NULL,     -- until when it holds
                    silent_until INTEGER NOT NULL,     -- until when the CRM wants no call
                    PRIMARY KEY (connection, kind)
                ) STRICT, WITHOUT ROWID;
                CREATE TABLE IF NOT EXISTS places (
                    connection TEXT    NOT NULL,
                    kind       TEXT    NOT NULL,
                    node       TEXT    NOT NULL,
                    people     INTEGER NOT NULL,       -- how many it wants for people
                    batch      INTEGER NOT NULL,       -- how many it wants for runs
                    held       INTEGER NOT NULL,       -- how many it may be using
                    served_at  INTEGER NOT NULL,       -- when it was last given any
                    held_until INTEGER NOT NULL,       -- from when on they are free unless it asks before
                    PRIMARY KEY (connection, kind, node)
                ) STRICT, WITHOUT ROWID;
                """);
            return new SqliteSlotStore(session, path, database.Time);
        }
        catch (SqliteException error) when (SqliteFaults.IsAboutFile(error))
        {
            session?.Dispose();
            throw SqliteFaults.Translate(error, path);
        }
    }

    /// <inheritdoc/>
    public Task<SlotGrant> ReserveAsync(
        ConnectionName connection, LimitKind kind, SlotRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Change(() =>
        {
            Keep(connection, kind, Find(connection, kind).Reserve(request, time.GetUtcNow(), out var grant));
            return grant;
        }));
    }

    /// <inheritdoc/>
    public Task DeferAsync(ConnectionName connection, LimitKind kind, TimeSpan wait, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Change(() => Keep(connection, kind, Find(connection, kind).Defer(wait, time.GetUtcNow())));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<PlaceGrant> HoldAsync(
        ConnectionName connection, LimitKind kind, PlaceRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Change(() =>
        {
            var now = time.GetUtcNow();
            Keep(connection, kind, PlaceShares.Share(Claims(connection, kind), request, now, out var grant), now);
            return grant;
        }));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            session.Dispose();
        }
    }

    // The lock comes before the look: between the two no other process may reserve.
    private TOutcome Change<TOutcome>(Func<TOutcome> change)
    {
        lock (gate)
        {
            try
            {
                session.Statement("BEGIN IMMEDIATE").Execute();
                var outcome = change();
                session.Statement("COMMIT").Execute();
                return outcome;
            }
            catch (SqliteException error) when (SqliteFaults.IsAboutFile(error))
            {
                throw SqliteFaults.Translate(error, path);
            }
            finally
            {
                if (session.InTransaction)
                {
                    session.Statement("ROLLBACK").Execute();
                }
            }
        }
    }

    private SlotSequence Find(ConnectionName connection, LimitKind kind) => session
        .Statement("""
            SELECT next_at, node, switched_at, slow_beat, slow_until, silent_until FROM slots
            WHERE connection = $connection AND kind = $kind
            """)
        .With("$connection", connection.Value)
        .With("$kind", kind.Name)
        .First(row => new SlotSequence(
            Microseconds.Moment(row.Number(0)), row.TextOrNull(1), Microseconds.Moment(row.Number(2)), TimeSpan.FromMicroseconds(row.Number(3)), Microseconds.Moment(row.Number(4)),
            Microseconds.Moment(row.Number(5)))) ?? SlotSequence.Untouched;

    private int Keep(ConnectionName connection, LimitKind kind, SlotSequence sequence) => session
        .Statement("""
            INSERT INTO slots (connection, kind, next_at, node, switched_at, slow_beat, slow_until, silent_until)
            VALUES ($connection, $kind, $next, $node, $switched, $beat, $until, $silent)
            ON CONFLICT (connection, kind) DO UPDATE SET next_at = excluded.next_at, node = excluded.node,
                switched_at = excluded.switched_at, slow_beat = excluded.slow_beat, slow_until = excluded.slow_until,
                silent_until = excluded.silent_until
            """)
        .With("$connection", connection.Value)
        .With("$kind", kind.Name)
        .With("$next", Microseconds.Of(sequence.NextAt))
        .With("$node", sequence.Node)
        .With("$switched", Microseconds.Of(sequence.SwitchedAt))
        .With("$beat", Microseconds.Of(sequence.SlowBeat))
        .With("$until", Microseconds.Of(sequence.SlowUntil))
        .With("$silent", Microseconds.Of(sequence.SilentUntil))
        .Execute();

    private List<PlaceClaim> Claims(ConnectionName connection, LimitKind kind) => session
        .Statement("SELECT node, people, batch, held, served_at, held_until FROM places WHERE connection = $connection AND kind = $kind")
        .With("$connection", connection.Value)
        .With("$kind", kind.Name)
        .List(row => new PlaceClaim(
            row.Text(0), (int)row.Number(1), (int)row.Number(2), (int)row.Number(3), Microseconds.Moment(row.Number(4)), Microseconds.Moment(row.Number(5))));

    private void Keep(ConnectionName connection, LimitKind kind, PlaceClaim claim, DateTimeOffset now)
    {
        session
            .Statement("""
                INSERT INTO places (connection, kind, node, people, batch, held, served_at, held_until)
                VALUES ($connection, $kind, $node, $people, $batch, $held, $served, $until)
                ON CONFLICT (connection, kind, node) DO UPDATE SET people = excluded.people, batch = excluded.batch,
                    held = excluded.held, served_at = excluded.served_at, held_until = excluded.held_until
                """)
            .With("$connection", connection.Value)
            .With("$kind", kind.Name)
            .With("$node", claim.Node)
            .With("$people", claim.People)
            .With("$batch", claim.Batch)
            .With("$held", claim.Held)
            .With("$served", Microseconds.Of(claim.ServedAt))
            .With("$until", Microseconds.Of(claim.Until))
            .Execute();
        session.Statement("DELETE FROM places WHERE held_until < $now").With("$now", Microseconds.Of(now)).Execute();
    }
}
