using Liaison.Identity;

namespace Liaison.Storage.Postgres;

/// <summary>Protected secrets in a PostgreSQL database.</summary>
public sealed class PostgresSecretStore(PostgresDatabase database) : ISecretStore
{
    /// <inheritdoc/>
    public Task PutAsync(string name, byte[] protectedSecret, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(protectedSecret);
        return database.WriteAsync(
            session => session.Statement("""
                INSERT INTO secrets (name, protected_secret, updated_at) VALUES (@name, @secret, liaison_now())
                ON CONFLICT (name) DO UPDATE SET protected_secret = excluded.protected_secret, updated_at = excluded.updated_at
                """)
                .With("@name", name)
                .With("@secret", protectedSecret)
                .ExecuteAsync(),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<byte[]?> GetAsync(string name, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.Statement("SELECT protected_secret FROM secrets WHERE name = @name")
            .With("@name", name)
            .FirstAsync(row => row.Bytes(0)),
        cancellationToken);

    /// <inheritdoc/>
    public Task DeleteAsync(string name, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.Statement("DELETE FROM secrets WHERE name = @name").With("@name", name).ExecuteAsync(),
        cancellationToken);
}
