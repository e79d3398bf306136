using System.Collections.Concurrent;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;

namespace Liaison.Schema;

/// <summary>The schemas that were read lately, one for each connection, credential and record type.</summary>
/// <remarks>
/// Two users of one account see different fields, so that one's schema never serves the other. However many ask at once, the
/// CRM is asked once; failures are not kept. Safe for concurrent use.
/// </remarks>
public sealed class SchemaCatalogue
{
    private static readonly TimeSpan DefaultLife = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<Key, Shelf> shelves = new();
    private readonly TimeProvider time;
    private readonly TimeSpan life;
    private readonly int capacity;

    /// <summary>Makes a catalogue whose schemas are read anew after five minutes.</summary>
    public SchemaCatalogue(TimeProvider time)
        : this(time, DefaultLife, capacity: 1_000)
    {
    }

    internal SchemaCatalogue(TimeProvider time, TimeSpan life, int capacity)
    {
        this.time = time;
        this.life = life;
        this.capacity = capacity;
    }

    /// <summary>Gives the schema as this credential sees it, from the shelf or else from the CRM.</summary>
    public Task<Result<RecordSchema>> GetAsync(
        IConnectorSession session, UserCredential credential, RecordType type, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(credential);
        return GetAsync(session, credential.Connection, credential.Identity, type, cancellationToken);
    }

    /// <summary>The same by the credential's name: a credential itself cannot be made outside the broker.</summary>
    internal async Task<Result<RecordSchema>> GetAsync(
        IConnectorSession session, ConnectionName connection, string identity, RecordType type, CancellationToken cancellationToken)
    {
        var key = new Key(connection, identity, type);
        var shelf = Find(key) ?? Put(key, session, type);

        // The reading serves everyone who waits for it, so that it outlives the caller who began it.
        var schema = await shelf.Schema.Value.WaitAsync(cancellationToken);
        if (schema.Failure is not null)
        {
            shelves.TryRemove(new KeyValuePair<Key, Shelf>(key, shelf));
        }

        return schema;
    }

    /// <summary>Drops every schema of a connection: after its fields were changed or its credential was renewed.</summary>
    public void Forget(ConnectionName connection)
    {
        foreach (var key in shelves.Keys.Where(key => key.Connection == connection))
        {
            shelves.TryRemove(key, out _);
        }
    }

    private Shelf? Find(Key key) =>
        shelves.TryGetValue(key, out var shelf) && time.GetElapsedTime(shelf.PutAt) < life && !shelf.Broke ? shelf : null;

    private Shelf Put(Key key, IConnectorSession session, RecordType type)
    {
        if (shelves.Count >= capacity)
        {
            DropOldest();
        }

        var fresh = new Shelf(time.GetTimestamp(), new Lazy<Task<Result<RecordSchema>>>(() => session.DescribeAsync(type, CancellationToken.None)));
        return shelves.AddOrUpdate(
            key, fresh, (_, held) => time.GetElapsedTime(held.PutAt) < life && !held.Broke ? held : fresh);
    }

    /// <summary>Drops a tenth at once, so that a crowd of users costs one sweep in many reads.</summary>
    private void DropOldest()
    {
        foreach (var old in shelves.OrderBy(shelf => shelf.Value.PutAt).Take((capacity / 10) + 1))
        {
            shelves.TryRemove(old);
        }
    }

    private readonly record struct Key(ConnectionName Connection, string Identity, RecordType Type);

    private sealed record Shelf(long PutAt, Lazy<Task<Result<RecordSchema>>> Schema)
    {
        /// <summary>Gets a value indicating whether the reading ended without a schema, which nobody should be served twice.</summary>
        /// <remarks>Those who wait clear a failure away; this sees to the one that came after all of them had gone.</remarks>
        public bool Broke => Schema is { IsValueCreated: true, Value: { IsCompleted: true } reading }
            && (!reading.IsCompletedSuccessfully || reading.Result.Failure is not null);
    }
}
