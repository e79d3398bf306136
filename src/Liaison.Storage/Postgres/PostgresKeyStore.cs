using Liaison.Identity;
using Liaison.Identity.Keys;
using Liaison.Model;

namespace Liaison.Storage.Postgres;

/// <summary>API keys in a PostgreSQL database.</summary>
public sealed class PostgresKeyStore(PostgresDatabase database) : IKeyStore
{
    private const string Columns =
        "id, name, subject_kind, subject, actor, purposes, connections, created_at, expires_at, revoked_at, last_used_at, secret_hash";

    /// <inheritdoc/>
    public Task AddAsync(StoredKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return database.WriteAsync(session => InsertAsync(session, key.Key, [.. key.SecretHash]), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<StoredKey?> FindAsync(string id, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.Statement($"SELECT {Columns} FROM api_keys WHERE id = @id")
            .With("@id", id)
            .FirstAsync(row => new StoredKey(Read(row), row.Bytes(11))),
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ApiKey>> ListAsync(string? subject, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<ApiKey>>(
            async session =>
            {
                var asked = new PostgresConditions().Where("subject = @subject", "@subject", subject);
                return await asked.Bind(session.Statement($"SELECT {Columns} FROM api_keys WHERE {asked.Clause} ORDER BY created_at DESC, id DESC"))
                    .ListAsync(Read);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<ApiKey?> RevokeAsync(string id, DateTimeOffset at, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.Statement($"UPDATE api_keys SET revoked_at = coalesce(revoked_at, @at) WHERE id = @id RETURNING {Columns}")
            .With("@at", at)
            .With("@id", id)
            .FirstAsync(Read),
        cancellationToken);

    /// <inheritdoc/>
    public Task TouchAsync(string id, DateTimeOffset at, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.Statement("UPDATE api_keys SET last_used_at = @at WHERE id = @id AND (last_used_at IS NULL OR last_used_at < @at)")
            .With("@at", at)
            .With("@id", id)
            .ExecuteAsync(),
        cancellationToken);

    private static Task<int> InsertAsync(PostgresSession session, ApiKey key, byte[] secretHash) => session
        .Statement($"""
            INSERT INTO api_keys ({Columns})
            VALUES (@id, @name, @kind, @subject, @actor, @purposes, @connections, @created, @expires, @revoked, @used, @hash)
            """)
        .With("@id", key.Id)
        .With("@name", key.Name)
        .With("@kind", StoredName<SubjectKind>.Of(key.Subject.Kind))
        .With("@subject", key.Subject.Id)
        .With("@actor", key.Actor.Id)
        .With("@purposes", string.Join(' ', key.Purposes))
        .With("@connections", key.Connections is null ? null : string.Join(' ', key.Connections.Select(connection => connection.Value)))
        .With("@created", key.CreatedAt)
        .With("@expires", key.ExpiresAt)
        .With("@revoked", key.RevokedAt)
        .With("@used", key.LastUsedAt)
        .With("@hash", secretHash)
        .ExecuteAsync();

    private static ApiKey Read(PostgresRow row) => new(
        row.Text(0),
        row.Text(1),
        new Subject(row.Named<SubjectKind>(2), row.Text(3)),
        new Actor(row.Text(4)),
        [.. row.Text(5).Split(' ').Select(name => new Purpose(name))],
        row.TextOrNull(6)?.Split(' ').Select(name => new ConnectionName(name)).ToList(),
        row.Time(7),
        row.Time(8),
        row.TimeOrNull(9),
        row.TimeOrNull(10));
}
