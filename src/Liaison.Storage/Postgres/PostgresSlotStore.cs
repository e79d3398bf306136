using Liaison.Connectors;
using Liaison.Model;

namespace Liaison.Storage.Postgres;

/// <summary>Slots in a PostgreSQL database, one sequence for all nodes.</summary>
/// <remarks>A reservation that is made twice because its answer was lost costs a slot and nothing else.</remarks>
public sealed class PostgresSlotStore(PostgresDatabase database) : ISlotStore
{
    /// <inheritdoc/>
    public Task<SlotGrant> ReserveAsync(
        ConnectionName connection, LimitKind kind, SlotRequest request, CancellationToken cancellationToken) => database.WriteRepeatablyAsync(
        async session =>
        {
            var (sequence, now) = await LockAsync(session, connection, kind);
            await KeepAsync(session, connection, kind, sequence.Reserve(request, now, out var grant));
            return grant;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task DeferAsync(ConnectionName connection, LimitKind kind, TimeSpan wait, CancellationToken cancellationToken) => database.WriteRepeatablyAsync(
        async session =>
        {
            var (sequence, now) = await LockAsync(session, connection, kind);
            return await KeepAsync(session, connection, kind, sequence.Defer(wait, now));
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<PlaceGrant> HoldAsync(
        ConnectionName connection, LimitKind kind, PlaceRequest request, CancellationToken cancellationToken) => database.WriteRepeatablyAsync(
        async session =>
        {
            var (_, now) = await LockAsync(session, connection, kind);
            var claims = await Of(session, "SELECT node, people, batch, held, served_us, held_until_us FROM places WHERE connection = @connection AND kind = @kind", connection, kind)
                .ListAsync(row => new PlaceClaim(
                    row.Text(0), (int)row.Number(1), (int)row.Number(2), (int)row.Number(3),
                    Microseconds.Moment(row.Number(4)), Microseconds.Moment(row.Number(5))));
            await KeepAsync(session, connection, kind, PlaceShares.Share(claims, request, now, out var grant), now);
            return grant;
        },
        cancellationToken);

    // The row is locked first and the clock read after: whoever waited for the lock must not go by the time before.
    private static async Task<Locked> LockAsync(PostgresSession session, ConnectionName connection, LimitKind kind)
    {
        await Of(
            session,
            """
            INSERT INTO slots (connection, kind, next_us, switched_us, slow_beat_us, slow_until_us, silent_until_us)
            VALUES (@connection, @kind, 0, 0, 0, 0, 0)
            ON CONFLICT (connection, kind) DO UPDATE SET kind = excluded.kind
            """,
            connection,
            kind).ExecuteAsync();
        var locked = await Of(
            session,
            """
            SELECT next_us, node, switched_us, slow_beat_us, slow_until_us, silent_until_us, liaison_now() FROM slots
            WHERE connection = @connection AND kind = @kind
            """,
            connection,
            kind)
            .FirstAsync(row => new Locked(
                new SlotSequence(
                    Microseconds.Moment(row.Number(0)), row.TextOrNull(1), Microseconds.Moment(row.Number(2)),
                    TimeSpan.FromMicroseconds(row.Number(3)), Microseconds.Moment(row.Number(4)), Microseconds.Moment(row.Number(5))),
                row.Time(6)));
        return locked!;
    }

    private static Task<int> KeepAsync(PostgresSession session, ConnectionName connection, LimitKind kind, SlotSequence sequence) => Of(
        session,
        """
        UPDATE slots SET next_us = @next, node = @node, switched_us = @switched, slow_beat_us = @beat, slow_until_us = @until,
            silent_until_us = @silent
        WHERE connection = @connection AND kind = @kind
        """,
        connection,
        kind)
        .With("@next", Microseconds.Of(sequence.NextAt))
        .With("@node", sequence.Node)
        .With("@switched", Microseconds.Of(sequence.SwitchedAt))
        .With("@beat", Microseconds.Of(sequence.SlowBeat))
        .With("@until", Microseconds.Of(sequence.SlowUntil))
        .With("@silent", Microseconds.Of(sequence.SilentUntil))
        .ExecuteAsync();

    private static async Task KeepAsync(
        PostgresSession session, ConnectionName connection, LimitKind kind, PlaceClaim claim, DateTimeOffset now)
    {
        await Of(
            session,
            """
            INSERT INTO places (connection, kind, node, people, batch, held, served_us, held_until_us)
            VALUES (@connection, @kind, @node, @people, @batch, @held, @served, @until)
            ON CONFLICT (connection, kind, node) DO UPDATE SET people = excluded.people, batch = excluded.batch, held = excluded.held,
                served_us = excluded.served_us, held_until_us = excluded.held_until_us
            """,
            connection,
            kind)
            .With("@node", claim.Node)
            .With("@people", claim.People)
            .With("@batch", claim.Batch)
            .With("@held", claim.Held)
            .With("@served", Microseconds.Of(claim.ServedAt))
            .With("@until", Microseconds.Of(claim.Until))
            .ExecuteAsync();
        await Of(session, "DELETE FROM places WHERE connection = @connection AND kind = @kind AND held_until_us < @now", connection, kind)
            .With("@now", Microseconds.Of(now))
            .ExecuteAsync();
    }

    private static PostgresStatement Of(PostgresSession session, string sql, ConnectionName connection, LimitKind kind) =>
        session.Statement(sql).With("@connection", connection.Value).With("@kind", kind.Name);

    private sealed record Locked(SlotSequence Sequence, DateTimeOffset Now);
}
