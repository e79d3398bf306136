using Liaison.Identity.Tokens;
using Liaison.Model;

namespace Liaison.Testing.Stores;

/// <summary>Protected tokens in memory: keeps the contract, and nothing past the process.</summary>
public sealed class InMemoryTokenStore(TimeProvider time) : ITokenStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<(ConnectionName Connection, string Owner), Row> rows = [];

    /// <inheritdoc/>
    public Task<StoredCredential?> FindAsync(ConnectionName connection, string owner, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(rows.GetValueOrDefault((connection, owner))?.Stored);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredCredential>> ListAsync(ConnectionName connection, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult<IReadOnlyList<StoredCredential>>(
                [.. rows.Values.Select(row => row.Stored).Where(stored => stored.Connection == connection).OrderBy(stored => stored.Owner, StringComparer.Ordinal)]);
        }
    }

    /// <inheritdoc/>
    public Task<long?> TryLeaseAsync(ConnectionName connection, string owner, TimeSpan length, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var row = RowOf(connection, owner);
            var now = time.GetUtcNow();
            if (row.LeasedUntil > now)
            {
                return Task.FromResult<long?>(null);
            }

            row.LeasedUntil = now + length;
            return Task.FromResult<long?>(++row.Lease);
        }
    }

    /// <inheritdoc/>
    public Task<bool> RenewAsync(
        ConnectionName connection, string owner, long lease, SealedTokens tokens, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        lock (gate)
        {
            var row = RowOf(connection, owner);
            if (row.Lease != lease || row.LeasedUntil is null)
            {
                return Task.FromResult(false);
            }

            row.LeasedUntil = null;
            row.Stored = row.Stored with { Tokens = tokens, Version = row.Stored.Version + 1, RenewedAt = time.GetUtcNow(), NeedsAuthorization = false };
            return Task.FromResult(true);
        }
    }

    /// <inheritdoc/>
    public Task ReleaseAsync(ConnectionName connection, string owner, long lease, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (rows.TryGetValue((connection, owner), out var row) && row.Lease == lease)
            {
                row.LeasedUntil = null;
            }

            return Task.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public Task ConnectAsync(ConnectionName connection, string owner, SealedTokens tokens, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        lock (gate)
        {
            var row = RowOf(connection, owner);
            row.Lease++;
            row.LeasedUntil = null;
            row.Stored = row.Stored with
            {
                Tokens = tokens, Version = row.Stored.Version + 1, ConnectedAt = time.GetUtcNow(), RenewedAt = null, NeedsAuthorization = false,
            };
            return Task.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public Task NoteAsync(ConnectionName connection, string owner, CredentialNote note, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(note);
        lock (gate)
        {
            var row = RowOf(connection, owner);
            if (note.Version is null || note.Version == row.Stored.Version)
            {
                row.Stored = note.Failure is null
                    ? row.Stored with { NeedsAuthorization = note.NeedsAuthorization }
                    : row.Stored with { NeedsAuthorization = note.NeedsAuthorization, Failure = note.Failure, FailedAt = time.GetUtcNow() };
            }

            return Task.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public Task RemoveAsync(ConnectionName connection, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            foreach (var key in rows.Keys.Where(key => key.Connection == connection).ToList())
            {
                rows.Remove(key);
            }

            return Task.CompletedTask;
        }
    }

    private Row RowOf(ConnectionName connection, string owner)
    {
        if (!rows.TryGetValue((connection, owner), out var row))
        {
            rows[(connection, owner)] = row = new Row { Stored = new StoredCredential(connection, owner) };
        }

        return row;
    }

    private sealed class Row
    {
        public required StoredCredential Stored { get; set; }

        public long Lease { get; set; }

        public DateTimeOffset? LeasedUntil { get; set; }
    }
}
