using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Liaison.Emulators.HubSpot.Model;

/// <summary>The whole emulated account: types, records, people, pipelines, associations.</summary>
/// <remarks>Not thread-safe: the one who answers requests holds <see cref="Gate"/> while it reads or writes.</remarks>
internal sealed class Account(HubSpotEmulatorOptions options)
{
    private readonly Dictionary<string, ObjectType> _types = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<ObjectType> _inOrder = [];
    private readonly Dictionary<long, CrmUser> _byOwner = [];

    /// <summary>Gets the lock that guards everything here.</summary>
    public Lock Gate { get; } = new();

    public HubSpotEmulatorOptions Options => options;

    public long PortalId => options.PortalId;

    public IReadOnlyList<ObjectType> Types => _inOrder;

    public List<CrmTeam> Teams { get; } = [];

    public List<CrmUser> Users { get; } = [];

    /// <summary>Gets the pipelines by the id of the object type that moves through them.</summary>
    public Dictionary<string, List<Pipeline>> Pipelines { get; } = [];

    public AssociationCatalog Associations { get; } = new();

    public Links Links { get; } = new();

    public ValidationRules Rules { get; } = new();

    /// <summary>Gets what one unit of a currency is worth in the home currency.</summary>
    public Dictionary<string, decimal> ExchangeRates { get; } = [];

    public ObjectType Contacts => _types["contacts"];

    public ObjectType Companies => _types["companies"];

    public ObjectType Deals => _types["deals"];

    public void Add(ObjectType type)
    {
        _inOrder.Add(type);
        foreach (var name in type.Aliases.Append(type.Name).Append(type.Id).Append(type.Singular))
        {
            _types[name] = type;
        }
    }

    /// <summary>Finds a type by plural, singular, id or fully qualified name.</summary>
    public bool TryGetType(string name, [NotNullWhen(true)] out ObjectType? type) => _types.TryGetValue(name, out type);

    public void Add(CrmUser user)
    {
        Users.Add(user);
        _byOwner[user.OwnerId] = user;
    }

    /// <summary>Finds the user whom a record's owner property names.</summary>
    public CrmUser? OwnerOf(ObjectType type, CrmRecord record) =>
        type.Value("hubspot_owner_id", record) is { Length: > 0 } text
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var ownerId)
            ? _byOwner.GetValueOrDefault(ownerId)
            : null;

    public CrmUser? OwnerById(string ownerId) =>
        long.TryParse(ownerId, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? _byOwner.GetValueOrDefault(id) : null;

    public IReadOnlyList<Pipeline> PipelinesOf(ObjectType type) => Pipelines.GetValueOrDefault(type.Id, []);
}
