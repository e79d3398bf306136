using Liaison.Emulators.Salesforce.Model;
using Liaison.Emulators.Salesforce.SignIn;
using Liaison.Emulators.Salesforce.Writing;
using Liaison.Emulators.World;

namespace Liaison.Emulators.Salesforce.Loading;

/// <summary>The users of the org: the owners of the world with roles and profiles, and an administrator for integrations.</summary>
internal sealed class People
{
    private const int FirstOwner = 100;

    private readonly Org _org;
    private readonly DateTimeOffset _made;
    private readonly Dictionary<ProfileKind, Model.Profile> _profiles = [];
    private readonly Dictionary<int, string> _teamRoles = [];
    private readonly string _managerRole;

    public People(Org org, CrmWorld world, DateTimeOffset made)
    {
        (_org, _made) = (org, made);
        var administratorId = SalesforceId.Make("005", 1);
        foreach (var (kind, name) in new[] { (ProfileKind.Administrator, "System Administrator"), (ProfileKind.Manager, "Sales Manager"), (ProfileKind.Rep, "Sales Rep"), (ProfileKind.Minimum, "Minimum Access - Salesforce") })
        {
            var row = new Seeder(org["Profile"], (int)kind + 1, administratorId, made, made).Set("Name", name).Set("UserType", "Standard").Keep();
            _profiles[kind] = new Model.Profile(row.Id, name, kind);
            org.Profiles.Add(_profiles[kind]);
        }

        _managerRole = AddRole(1, "Sales Management", parent: null, administratorId);
        foreach (var team in world.Teams)
        {
            _teamRoles[team.Key] = AddRole(10 + team.Key, $"Sales {team.Name}", _managerRole, administratorId);
        }

        Administrator = Add(1, "Integration", "Admin", "integration@liaison.test", "Europe/Berlin", ProfileKind.Administrator, role: null, isActive: true);
        foreach (var owner in world.Owners)
        {
            var (profile, role) = owner.Role switch
            {
                WorldRole.Manager => (ProfileKind.Manager, (string?)_managerRole),
                WorldRole.Rep => (ProfileKind.Rep, owner.TeamKey is { } team ? _teamRoles[team] : null),
                WorldRole.None => (ProfileKind.Minimum, null),
            };
            Add(FirstOwner + owner.Key, owner.FirstName, owner.LastName, owner.Email, owner.TimeZone, profile, role, owner.Active);
        }

        Demo = Name(world);
        Queues = AddQueues();
    }

    public OrgUser Administrator { get; }

    public DemoUsers Demo { get; }

    public Queues Queues { get; }

    /// <summary>Gives who owns a record: every one has an owner, so what the world left to nobody is the administrator's.</summary>
    public string Owner(int? key) => key is { } known && _org.User(SalesforceId.Make("005", FirstOwner + known)) is { } user ? user.Id : Administrator.Id;

    private OrgUser Add(int number, string first, string last, string email, string zone, ProfileKind profile, string? role, bool isActive)
    {
        var row = new Seeder(_org["User"], number, SalesforceId.Make("005", 1), _made, _made)
            .Set("Username", email)
            .Set("FirstName", first)
            .Set("LastName", last)
            .Set("Email", email)
            .Set("Alias", $"u{number}")
            .Set("CommunityNickname", $"{first}.{last}".ToLowerInvariant())
            .Set("IsActive", isActive)
            .Set("TimeZoneSidKey", zone)
            .Set("LocaleSidKey", "en_US")
            .Set("LanguageLocaleKey", "en_US")
            .Set("EmailEncodingKey", "UTF-8")
            .Set("UserType", "Standard")
            .Set("UserRoleId", role)
            .Set("ProfileId", _profiles[profile].Id)
            .Keep();
        var user = new OrgUser(row, _profiles[profile]);
        _org.Add(user);
        return user;
    }

    private string AddRole(int number, string name, string? parent, string administratorId)
    {
        var row = new Seeder(_org["UserRole"], number, administratorId, _made, _made)
            .Set("Name", name).Set("DeveloperName", name.Replace(' ', '_')).Set("ParentRoleId", parent).Keep();
        _org.Roles[row.Id] = parent;
        return row.Id;
    }

    /// <summary>Picks the same people as the other emulated CRMs do; makes up whom the world lacks.</summary>
    private DemoUsers Name(CrmWorld world)
    {
        var manager = Pick(world, owner => owner.Role == WorldRole.Manager) ?? MakeUp("Morgan", "Manager", ProfileKind.Manager, _managerRole);
        var north = Rep(world, "north", null);
        var south = Rep(world, "south", north?.TeamKey ?? -1);
        return new DemoUsers(
            Administrator,
            manager,
            north is null ? MakeUp("Nora", "North", ProfileKind.Rep, AddRole(8, "Sales Demo North", _managerRole, Administrator.Id)) : UserOf(north),
            south is null ? MakeUp("Sami", "South", ProfileKind.Rep, AddRole(9, "Sales Demo South", _managerRole, Administrator.Id)) : UserOf(south),
            Pick(world, owner => owner.Role == WorldRole.None) ?? MakeUp("Nils", "None", ProfileKind.Minimum, null));
    }

    private OrgUser? Pick(CrmWorld world, Func<WorldOwner, bool> fits) => First(world, fits) is { } owner ? UserOf(owner) : null;

    private static WorldOwner? First(CrmWorld world, Func<WorldOwner, bool> fits) =>
        world.Owners.FirstOrDefault(owner => owner.Active && fits(owner)) ?? world.Owners.FirstOrDefault(fits);

    private static WorldOwner? Rep(CrmWorld world, string word, int? taken)
    {
        bool IsRep(WorldOwner owner) => owner is { Role: WorldRole.Rep, TeamKey: { } team } && team != taken;
        string Team(WorldOwner owner) => world.Teams.FirstOrDefault(team => team.Key == owner.TeamKey)?.Name ?? "";
        return First(world, owner => IsRep(owner) && Team(owner).Contains(word, StringComparison.OrdinalIgnoreCase))
            ?? First(world, owner => IsRep(owner) && (taken is not null || !Team(owner).Contains("south", StringComparison.OrdinalIgnoreCase)));
    }

    private OrgUser UserOf(WorldOwner owner) => _org.User(SalesforceId.Make("005", FirstOwner + owner.Key))!;

    private OrgUser MakeUp(string first, string last, ProfileKind profile, string? role) =>
        Add(10 + (int)profile + (first[0] == 'S' ? 20 : 0), first, last, $"{first}.{last}@liaison.test".ToLowerInvariant(), "Europe/Berlin", profile, role, isActive: true);

    private Queues AddQueues()
    {
        var members = _org.Users.Where(user => user.Profile.Standing == ProfileKind.Rep).Select(user => user.Id).ToHashSet(StringComparer.Ordinal);
        return new Queues(Queue(1, "Inbound Leads"), Queue(2, "Support"));

        string Queue(int number, string name)
        {
            var row = new Seeder(_org["Group"], number, Administrator.Id, _made, _made).Set("Name", name).Set("DeveloperName", name.Replace(' ', '_')).Set("Type", "Queue").Keep();
            _org.Queues[row.Id] = members;
            return row.Id;
        }
    }
}
