using System.Collections.Frozen;
using Liaison.Identity;
using Liaison.Model;

namespace Liaison.Policy;

/// <summary>The writes to one record type that may be sent to one connection.</summary>
/// <param name="promoted">The promoted ones; <see langword="null"/> narrows nothing.</param>
public sealed class PromotedWrites(IEnumerable<PromotedWrite>? promoted)
{
    private readonly FrozenSet<(string Name, string NativeName)>? promoted = promoted?.Select(write => (write.Name, write.NativeName)).ToFrozenSet();

    /// <summary>Narrows nothing: a sandbox, where writes are tried.</summary>
    public static PromotedWrites All { get; } = new(null);

    /// <summary>Holds nothing: production, before anything was promoted.</summary>
    public static PromotedWrites None { get; } = new([]);

    internal bool Holds(FieldDefinition field) => promoted is null
        || promoted.Contains((field.Name, field.NativeName))
        || promoted.Contains((field.Name, PromotedWrite.Anywhere))
        || promoted.Contains((field.NativeName, PromotedWrite.Anywhere));

    internal bool Holds(ChangeKind action) => promoted is null || promoted.Contains((ChangeCatalogue.NameOf(action), ""));
}

/// <summary>What is promoted, as every process sees it: a promotion made or withdrawn acts within a second.</summary>
/// <remarks>Safe for concurrent use. Before the store was asked for the first time nothing is promoted.</remarks>
public sealed class Promotions(ISafeguardStore store, TimeProvider time)
{
    private static readonly TimeSpan Believed = TimeSpan.FromSeconds(1);

    private volatile Reading? last;

    /// <summary>Gives the writes to a record type that may be sent to a connection, as the store was last seen to say.</summary>
    public PromotedWrites On(ConnectionProfile connection, RecordType type)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return connection.Environment == CrmEnvironment.Sandbox
            ? PromotedWrites.All
            : last?.Writes.GetValueOrDefault((connection.Name, type)) ?? PromotedWrites.None;
    }

    /// <summary>Looks at the store, where that was not done within the last second.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (last is not { } reading || time.GetElapsedTime(reading.At) > Believed)
        {
            await ReadAsync(cancellationToken);
        }
    }

    /// <summary>Looks at the store, whenever that was done before.</summary>
    internal async Task<IReadOnlyList<Promotion>> ReadAsync(CancellationToken cancellationToken)
    {
        var at = time.GetTimestamp();
        var promotions = await store.ListPromotionsAsync(cancellationToken);
        last = new Reading(at, promotions
            .GroupBy(promotion => (promotion.Connection, promotion.Write.Type))
            .ToFrozenDictionary(made => made.Key, made => new PromotedWrites(made.Select(promotion => promotion.Write))));
        return promotions;
    }

    private sealed record Reading(long At, FrozenDictionary<(ConnectionName, RecordType), PromotedWrites> Writes);
}
