using Liaison.Connectors;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Tests.Gateway;
using Liaison.Writeback;

namespace Liaison.Tests.Connectors.Mapped;

/// <summary>An engine whose user Ben has no token of his own, in an account of two teams whose records have known owners.</summary>
internal sealed class MappedWorld : IAsyncDisposable
{
    public const string BensOwnerId = "11";

    public static readonly CrmTeam North = new("1", "North", Primary: true);
    public static readonly CrmTeam South = new("2", "South", Primary: true);

    /// <summary>The owners of the five contacts.</summary>
    public static readonly IReadOnlyList<string> Everybody = ["ben", "eve", "sam", "left", "nobody"];

    private readonly Dictionary<string, string> contacts = [];

    public MappedWorld(MappedReach sees = MappedReach.Own, MappedReach edits = MappedReach.None, bool unowned = false)
    {
        AddUser(BensOwnerId, "ben", North);
        AddUser("12", "eve", North);
        AddUser("13", "sam", South);
        AddUser("14", "left", North, active: false);
        foreach (var (name, owner) in new[] { ("ben", BensOwnerId), ("eve", "12"), ("sam", "13"), ("left", "14"), ("nobody", "") })
        {
            contacts[name] = Engine.AddContact(("first_name", name), ("owner", owner));
        }

        Engine.Members.AddRange([new MemberOptions { Subject = "approver", Roles = ["approver"] }, new MemberOptions { Subject = "ben", Roles = ["user"] }]);
        Engine.Mapped.Unowned = unowned;
        Engine.Mapped.Users = new Dictionary<string, MappedUserOptions>
        {
            ["ben"] = new() { Email = "Ben@Acme.Test", Sees = sees, Edits = edits },
            ["stranger"] = new() { Email = "stranger@acme.test", Sees = MappedReach.All },
            ["left"] = new() { Email = "left@acme.test", Sees = MappedReach.All },
        };
        Engine.Grants.AddRange([GrantOf("ben"), GrantOf("stranger"), GrantOf("left"), GrantOf("unmapped")]);
    }

    public static Caller Ben { get; } = CallerOf("ben");

    public EngineWorld Engine { get; } = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Gives the id of the contact that a person owns.</summary>
    public string this[string owner] => contacts[owner];

    public static Caller CallerOf(string subject) => new(new Subject(SubjectKind.User, subject), new Actor("cli"), Purpose.Assistance);

    public RecordRef Contact(string owner) => new(EngineWorld.Demo, RecordType.Contact, contacts[owner]);

    public void AddUser(string ownerId, string name, CrmTeam team, bool active = true) =>
        Engine.Crm.AddUser(new CrmUser(ownerId, $"7{ownerId}", $"{name}@acme.test", name, active, [team]));

    /// <summary>Names the owners of the given contacts.</summary>
    public string Owners(IEnumerable<string> ids) =>
        string.Join(' ', contacts.Where(contact => ids.Contains(contact.Value)).Select(contact => contact.Key).Order(StringComparer.Ordinal));

    public Task<Liaison.Failures.Result<Proposal>> ProposeAsync(ChangeAction action) =>
        Engine.Get<Liaison.Gateway.ChangeGateway>().ProposeAsync(Ben, new ChangeRequest(action, "A reason."), Token);

    public ValueTask DisposeAsync() => Engine.DisposeAsync();

    private static GrantOptions GrantOf(string subject) => new()
    {
        Subject = subject,
        Actors = ["cli"],
        Purposes = ["assistance"],
        Connections = ["demo"],
        Administer = true,
        Read = new Dictionary<string, IReadOnlyList<string>>
        {
            ["contact"] = ["first_name", "email", "ai_score", "ai_rationale"], ["company"] = ["name"], ["note"] = ["description"], ["invoice"] = ["*"],
        },
        Write = new Dictionary<string, IReadOnlyDictionary<string, WriteLevel>>
        {
            ["contact"] = new Dictionary<string, WriteLevel> { ["ai_score"] = WriteLevel.Auto, ["ai_rationale"] = WriteLevel.Auto },
        },
        Actions = new Dictionary<string, IReadOnlyDictionary<ChangeKind, WriteLevel>>
        {
            ["contact"] = new Dictionary<ChangeKind, WriteLevel>
            {
                [ChangeKind.LogSummary] = WriteLevel.Auto, [ChangeKind.CreateRecord] = WriteLevel.Suggest, [ChangeKind.Associate] = WriteLevel.Suggest,
            },
        },
    };
}
