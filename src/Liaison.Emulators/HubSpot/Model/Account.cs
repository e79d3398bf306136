using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Liaison.Emulators.HubSpot.Exports;
using Liaison.Emulators.HubSpot.Imports;
using Liaison.Emulators.HubSpot.Lists;
using Liaison.Emulators.HubSpot.Webhooks;

namespace Liaison.Emulators.HubSpot.Model;

/// <summary>The whole emulated account: types, records, people, pipelines, associations.</summary>
/// <remarks>Not thread-safe: the one who answers requests holds <see cref="Gate"/> while it reads or writes.</remarks>
internal sealed class Account(HubSpotEmulatorOptions options)
{
    private readonly Dictionary<string, ObjectType> _types = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<ObjectType> _inOrder = [];
    private readonly Dictionary<long, CrmUser> _byOwner = [];
    private readonly HashSet<long> _withoutAssociations = [];
    private int _lastCustomType = HubSpotIds.FirstCustomType;

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

    /// <summary>Gets or sets the home currency.</summary>
    public string Currency { get; set; } = options.Currency;

    /// <summary>Gets what one unit of a currency is worth in the home currency.</summary>
    public Dictionary<string, ExchangeRate> ExchangeRates { get; } = [];

    /// <summary>Gets the associations that were defined along with custom types.</summary>
    public List<AssociationDefinition> Definitions { get; } = [];

    /// <summary>Gets how many far ends a kind of link may have, by pair of types.</summary>
    public Dictionary<(string From, string To, int TypeId), LinkLimit> LinkLimits { get; } = [];

    /// <summary>Gets what happens to records, for the apps that want to hear of it.</summary>
    public EventFeed Events { get; } = new();

    /// <summary>Gets the lists of records.</summary>
    public ListBook Lists => field ??= new ListBook(this);

    /// <summary>Gets what is still to be done.</summary>
    public Chores Chores { get; } = new();

    public List<CrmExport> Exports { get; } = [];

    public List<CrmImport> Imports { get; } = [];

    /// <summary>Gets the files that can be fetched.</summary>
    public Downloads Downloads { get; } = new();

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

    public void Remove(ObjectType type)
    {
        _inOrder.Remove(type);
        Definitions.RemoveAll(known => known.From == type || known.To == type);
        foreach (var name in _types.Where(known => known.Value == type).Select(known => known.Key).ToList())
        {
            _types.Remove(name);
        }
    }

    /// <summary>Gives the number of the next custom type; numbers of removed types do not come back.</summary>
    public int NextCustomType() => ++_lastCustomType;

    /// <summary>Tells whether a user has the right to edit associations; from the start everybody has it.</summary>
    public bool EditsAssociations(CrmUser user) => !_withoutAssociations.Contains(user.UserId);

    /// <summary>Gives a user the right to edit associations, or takes it.</summary>
    public void LetEditAssociations(CrmUser user, bool may) => _ = may ? _withoutAssociations.Remove(user.UserId) : _withoutAssociations.Add(user.UserId);

    /// <summary>Finds a type by plural, singular, id or fully qualified name.</summary>
    public bool TryGetType(string name, [NotNullWhen(true)] out ObjectType? type) => _types.TryGetValue(name, out type);

    public void Add(CrmUser user)
    {
        Users.Add(user);
        _byOwner[user.OwnerId] = user;
    }

    public void Replace(CrmUser user, CrmUser changed)
    {
        Users[Users.IndexOf(user)] = changed;
        _byOwner[changed.OwnerId] = changed;
    }

    /// <summary>Gives a user as it is now: what was granted to it earlier knows it as it was then.</summary>
    public CrmUser Current(CrmUser user) => _byOwner.GetValueOrDefault(user.OwnerId, user);

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
