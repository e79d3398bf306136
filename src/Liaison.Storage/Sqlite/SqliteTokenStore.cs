using Liaison.Identity.Tokens;
using Liaison.Model;

namespace Liaison.Storage.Sqlite;

/// <summary>Protected tokens in a SQLite file.</summary>
public sealed class SqliteTokenStore(SqliteDatabase database) : ITokenStore
{
    private const string Columns =
        "connection, owner, tokens, expires_at, version, connected_at, renewed_at, failed_at, failure, needs_authorization";

    /// <inheritdoc/>
    public Task<StoredCredential?> FindAsync(ConnectionName connection, string owner, CancellationToken cancellationToken) => database.ReadAsync(
        session => Of(session, $"SELECT {Columns} FROM credentials WHERE connection = $connection AND owner = $owner", connection, owner).First(Read),
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredCredential>> ListAsync(ConnectionName connection, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<StoredCredential>>(
            session => session.Statement($"SELECT {Columns} FROM credentials WHERE connection = $connection ORDER BY owner")
                .With("$connection", connection.Value)
                .List(Read),
            cancellationToken);

    /// <inheritdoc/>
    public Task<long?> TryLeaseAsync(ConnectionName connection, string owner, TimeSpan length, CancellationToken cancellationToken) => database.WriteAsync(
        session =>
        {
            var now = database.Time.GetUtcNow();
            return Of(
                session,
                """
                INSERT INTO credentials (connection, owner, lease, leased_until) VALUES ($connection, $owner, 1, $until)
                ON CONFLICT (connection, owner) DO UPDATE SET lease = lease + 1, leased_until = excluded.leased_until
                WHERE leased_until IS NULL OR leased_until <= $now
                RETURNING lease
                """,
                connection,
                owner)
                .With("$until", now + length)
                .With("$now", now)
                .Number();
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> RenewAsync(
        ConnectionName connection, string owner, long lease, SealedTokens tokens, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        return database.WriteAsync(
            session => Of(
                session,
                """
                UPDATE credentials SET tokens = $tokens, expires_at = $expires, version = version + 1, renewed_at = $now,
                    needs_authorization = 0, leased_until = NULL
                WHERE connection = $connection AND owner = $owner AND lease = $lease AND leased_until IS NOT NULL
                """,
                connection,
                owner)
                .With("$tokens", tokens.Bytes.ToArray())
                .With("$expires", tokens.ExpiresAt)
                .With("$now", database.Time.GetUtcNow())
                .With("$lease", lease)
                .Execute() == 1,
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task ReleaseAsync(ConnectionName connection, string owner, long lease, CancellationToken cancellationToken) => database.WriteAsync(
        session => Of(
            session,
            "UPDATE credentials SET leased_until = NULL WHERE connection = $connection AND owner = $owner AND lease = $lease",
            connection,
            owner)
            .With("$lease", lease)
            .Execute(),
        cancellationToken);

    /// <inheritdoc/>
    public Task ConnectAsync(ConnectionName connection, string owner, SealedTokens tokens, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        return database.WriteAsync(
            session => Of(
                session,
                """
                INSERT INTO credentials (connection, owner, tokens, expires_at, version, connected_at) VALUES ($connection, $owner, $tokens, $expires, 1, $now)
                ON CONFLICT (connection, owner) DO UPDATE SET tokens = excluded.tokens, expires_at = excluded.expires_at, version = version + 1,
                    connected_at = excluded.connected_at, renewed_at = NULL, needs_authorization = 0, lease = lease + 1, leased_until = NULL
                """,
                connection,
                owner)
                .With("$tokens", tokens.Bytes.ToArray())
                .With("$expires", tokens.ExpiresAt)
                .With("$now", database.Time.GetUtcNow())
                .Execute(),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task NoteAsync(ConnectionName connection, string owner, CredentialNote note, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(note);
        return database.WriteAsync(
            session => Of(
                session,
                """
                INSERT INTO credentials (connection, owner, failure, failed_at, needs_authorization)
                SELECT $connection, $owner, $failure, $failed, $needs WHERE $version IS NULL OR $version = 0 OR EXISTS (
                    SELECT 1 FROM credentials WHERE connection = $connection AND owner = $owner)
                ON CONFLICT (connection, owner) DO UPDATE SET failure = coalesce(excluded.failure, failure),
                    failed_at = coalesce(excluded.failed_at, failed_at), needs_authorization = excluded.needs_authorization
                WHERE $version IS NULL OR version = $version
                """,
                connection,
                owner)
                .With("$failure", note.Failure)
                .With("$failed", note.Failure is null ? null : database.Time.GetUtcNow())
                .With("$needs", note.NeedsAuthorization)
                .With("$version", note.Version)
                .Execute(),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task RemoveAsync(ConnectionName connection, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.Statement("DELETE FROM credentials WHERE connection = $connection").With("$connection", connection.Value).Execute(),
        cancellationToken);

    private static SqliteStatement Of(SqliteSession session, string sql, ConnectionName connection, string owner) =>
        session.Statement(sql).With("$connection", connection.Value).With("$owner", owner);

    private static StoredCredential Read(SqliteRow row) => new(new ConnectionName(row.Text(0)), row.Text(1))
    {
        Tokens = row.IsNull(2) ? null : new SealedTokens(row.Bytes(2), row.TimeOrNull(3)),
        Version = row.Number(4),
        ConnectedAt = row.TimeOrNull(5),
        RenewedAt = row.TimeOrNull(6),
        FailedAt = row.TimeOrNull(7),
        Failure = row.TextOrNull(8),
        NeedsAuthorization = row.Flag(9),
    };
}
