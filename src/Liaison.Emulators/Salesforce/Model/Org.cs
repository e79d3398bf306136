using System.Diagnostics.CodeAnalysis;

namespace Liaison.Emulators.Salesforce.Model;

/// <summary>The emulated org: its objects with their records, its users, its roles.</summary>
/// <remarks>Everything is read and changed under <see cref="Gate"/>.</remarks>
internal sealed class Org
{
    private readonly Dictionary<string, SObjectType> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, SObjectType> _byPrefix = new(StringComparer.Ordinal);
    private readonly List<SObjectType> _types = [];
    private readonly Dictionary<string, OrgUser> _users = new(StringComparer.Ordinal);

    public Lock Gate { get; } = new();

    public string Id { get; } = SalesforceId.Make("00D", 1);

    public IReadOnlyList<SObjectType> Types => _types;

    public IEnumerable<OrgUser> Users => _users.Values;

    public List<Profile> Profiles { get; } = [];

    /// <summary>Gets the parent of each role; the top one has none.</summary>
    public Dictionary<string, string?> Roles { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets the members of each queue.</summary>
    public Dictionary<string, HashSet<string>> Queues { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets or sets the stamp of all definitions: every describe shares it (contract section 4).</summary>
    public DateTimeOffset MetadataChangedAt { get; set; }

    /// <summary>Gets or sets a number that grows with every change of definitions and rights; what is made of them is remade then.</summary>
    public int Revision { get; set; }

    public SObjectType this[string name] => _byName[name];

    public bool TryGetType(string name, [NotNullWhen(true)] out SObjectType? type) => _byName.TryGetValue(name, out type);

    /// <summary>Finds the object that an id belongs to.</summary>
    public bool TryGetTypeOf(ReadOnlySpan<char> id, [NotNullWhen(true)] out SObjectType? type)
    {
        type = null;
        return id.Length >= 3 && _byPrefix.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(id[..3], out type);
    }

    /// <summary>Finds a record of any object by its 18-character id, deleted ones too.</summary>
    public SObjectRow? Find(string? id) => id is not null && TryGetTypeOf(id, out var type) && type.Rows.TryGet(id, out var row) ? row : null;

    public OrgUser? User(string? id) => id is null ? null : _users.GetValueOrDefault(id);

    public OrgUser? UserNamed(string username) =>
        _users.Values.FirstOrDefault(user => string.Equals(user.Username, username, StringComparison.OrdinalIgnoreCase));

    public void Add(SObjectType type)
    {
        _types.Add(type);
        _byName.Add(type.Name, type);
        if (type.KeyPrefix is { } prefix)
        {
            // Notes of content share the prefix of the documents they are; the document came first.
            _byPrefix.TryAdd(prefix, type);
        }
    }

    public void Add(OrgUser user) => _users.Add(user.Id, user);

    /// <summary>Tells whether a role stands anywhere below another.</summary>
    public bool IsBelow(string? role, string above)
    {
        for (var at = role is null ? null : Roles.GetValueOrDefault(role); at is not null; at = Roles.GetValueOrDefault(at))
        {
            if (at == above)
            {
                return true;
            }
        }

        return false;
    }
}
