using Liaison.Identity;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Tests.Gateway;
using Liaison.Tests.Identity;
using Liaison.Writeback;

namespace Liaison.Tests.Writeback;

/// <summary>An engine in which an agent proposes for Ada and Bea decides.</summary>
internal sealed class GovernedWorld : IAsyncDisposable
{
    public GovernedWorld()
    {
        Engine.Policy.Members =
        [
            new MemberOptions { Subject = "ada@acme.test", Roles = ["user"] },
            new MemberOptions { Subject = "bea@acme.test", Roles = ["approver", "user"], Delegates = ["cid@acme.test"] },
            new MemberOptions { Subject = "olga@acme.test", Roles = ["operator"] },
        ];
        Engine.Policy.Agents = new Dictionary<string, AgentOptions> { ["assistant"] = new() };
        Engine.Grants.Add(new GrantOptions
        {
            Subject = "ada@acme.test",
            Actors = ["assistant", "cli"],
            Purposes = ["assistance"],
            Connections = ["demo"],
            Read = new Dictionary<string, IReadOnlyList<string>> { ["contact"] = ["*"], ["company"] = ["*"] },
            Write = new Dictionary<string, IReadOnlyDictionary<string, WriteLevel>>
            {
                ["contact"] = new Dictionary<string, WriteLevel>
                {
                    ["ai_score"] = WriteLevel.Auto,
                    ["ai_rationale"] = WriteLevel.Auto,
                    ["lead_status"] = WriteLevel.Suggest,
                    ["lifecycle_stage"] = WriteLevel.Suggest,
                    ["job_title"] = WriteLevel.Auto,
                },
            },
            Actions = new Dictionary<string, IReadOnlyDictionary<ChangeKind, WriteLevel>>
            {
                ["contact"] = new Dictionary<ChangeKind, WriteLevel>
                {
                    [ChangeKind.CreateTask] = WriteLevel.Auto,
                    [ChangeKind.LogSummary] = WriteLevel.Auto,
                    [ChangeKind.DraftMessage] = WriteLevel.Auto,
                    [ChangeKind.Associate] = WriteLevel.Suggest,
                    [ChangeKind.CreateRecord] = WriteLevel.Suggest,
                },
            },
        });
    }

    public static Caller Assistant { get; } = new(new Subject(SubjectKind.User, "ada@acme.test"), new Actor("assistant"), Purpose.Assistance);

    public static Caller Ada { get; } = Assistant with { Actor = new Actor("cli") };

    public static Caller Bea { get; } = Person("bea@acme.test");

    public static Caller Olga { get; } = Person("olga@acme.test");

    public EngineWorld Engine { get; } = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Caller Person(string subject) => new(new Subject(SubjectKind.User, subject), new Actor("cli"), Purpose.Assistance);

    public static RecordRef Contact(string id) => new(EngineWorld.Demo, RecordType.Contact, id);

    public static ChangeRequest Update(string id, string field, string value, string? key = null) =>
        new(new ChangeAction.UpdateFields(Contact(id), [new FieldChange(field, new FieldValue.Text(value))]), "Because it is so.", key);

    public async Task<ChangeSetRow> ProposeAsync(ChangeRequest request, Caller? caller = null) =>
        (await Engine.ChangeGateway.ProposeAsync(caller ?? Assistant, request, Token)).Found().Stored.ShouldNotBeNull();

    public async Task<ChangeSetRow> ApproveAsync(ChangeSetRow change, Caller? caller = null) =>
        (await Engine.ChangeGateway.ApproveAsync(caller ?? Bea, new Decision(change.Id), Token)).Found();

    public async Task<ChangeSetRow> ApplyAsync(ChangeSetRow change) => (await Engine.ChangeGateway.ApplyAsync(Bea, change.Id, Token)).Found();

    public async Task<ChangeState> StateOfAsync(ChangeSetRow change) => (await Engine.Changes.FindAsync(change.Id, Token))!.State;

    public ValueTask DisposeAsync() => Engine.DisposeAsync();
}
