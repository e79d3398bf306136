using Liaison.Identity;
using Liaison.Identity.Keys;
using Liaison.Model;

namespace Liaison.Storage.Sqlite;

/// <summary>API keys in a SQLite file.</summary>
public sealed class SqliteKeyStore(SqliteDatabase database) : IKeyStore
{
    private const string Columns =
        "id, name, subject_kind, subject, actor, purposes, connections, created_at, expires_at, revoked_at, last_used_at, secret_hash";

    /// <inheritdoc/>
    public Task AddAsync(StoredKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return database.WriteAsync(session => Insert(session, key.Key, [.. key.SecretHash]), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<StoredKey?> FindAsync(string id, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.Statement($"SELECT {Columns} FROM api_keys WHERE id = $id")
            .With("$id", id)
            .First(row => new StoredKey(Read(row), row.Bytes(11))),
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ApiKey>> ListAsync(string? subject, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<ApiKey>>(
            session =>
            {
                var asked = new SqliteConditions().Where("subject = $subject", "$subject", subject);
                return asked.Bind(session.Statement($"SELECT {Columns} FROM api_keys WHERE {asked.Clause} ORDER BY created_at DESC, id DESC"))
                    .List(Read);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<ApiKey?> RevokeAsync(string id, DateTimeOffset at, CancellationToken cancellationToken) => database.WriteAsync(
        session =>
        {
            session.Statement("UPDATE api_keys SET revoked_at = $at WHERE id = $id AND revoked_at IS NULL")
                .With("$at", at)
                .With("$id", id)
                .Execute();
            return session.Statement($"SELECT {Columns} FROM api_keys WHERE id = $id").With("$id", id).First(Read);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task TouchAsync(string id, DateTimeOffset at, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.Statement("UPDATE api_keys SET last_used_at = max($at, coalesce(last_used_at, 0)) WHERE id = $id")
            .With("$at", at)
            .With("$id", id)
            .Execute(),
        cancellationToken);

    private static int Insert(SqliteSession session, ApiKey key, byte[] secretHash) => session
        .Statement($"""
            INSERT INTO api_keys ({Columns})
            VALUES ($id, $name, $kind, $subject, $actor, $purposes, $connections, $created, $expires, $revoked, $used, $hash)
            """)
        .With("$id", key.Id)
        .With("$name", key.Name)
        .With("$kind", StoredName<SubjectKind>.Of(key.Subject.Kind))
        .With("$subject", key.Subject.Id)
        .With("$actor", key.Actor.Id)
        .With("$purposes", string.Join(' ', key.Purposes))
        .With("$connections", key.Connections is null ? null : string.Join(' ', key.Connections.Select(connection => connection.Value)))
        .With("$created", key.CreatedAt)
        .With("$expires", key.ExpiresAt)
        .With("$revoked", key.RevokedAt)
        .With("$used", key.LastUsedAt)
        .With("$hash", secretHash)
        .Execute();

    private static ApiKey Read(SqliteRow row) => new(
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
