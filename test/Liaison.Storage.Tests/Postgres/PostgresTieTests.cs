using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Testing.Connectors;
using Liaison.Writeback;

namespace Liaison.Storage.Tests.Postgres;

/// <summary>Two nodes on one database that are to make one person at one instant make it once (R132, R144).</summary>
public sealed class PostgresTieTests(PostgresServer server)
{
    private const int People = 12;

    private static readonly Caller Assistant = new(new Subject(SubjectKind.User, "ada@acme.test"), new Actor("assistant"), Purpose.Assistance);
    private static readonly Caller Bea = new(new Subject(SubjectKind.User, "bea@acme.test"), new Actor("cli"), Purpose.Assistance);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_two_creates_of_one_person_that_two_nodes_send_at_one_instant_one_is_made()
    {
        await using var place = await server.CreateAsync();
        var crm = new InMemoryCrm();
        await using var one = await PostgresNode.OpenAsync(place, crm, Policy());
        await using var other = await PostgresNode.OpenAsync(place, crm, Policy());
        var pairs = new List<(ChangeSetRow First, ChangeSetRow Twin)>();
        foreach (var person in Enumerable.Range(1, People))
        {
            pairs.Add(await ApproveTwiceAsync(one, $"p{person}@acme.test"));
        }

        var applied = await Task.WhenAll(pairs.Select(async pair => await Task.WhenAll(
            one.Changes.ApplyAsync(Bea, pair.First.Id, Token), other.Changes.ApplyAsync(Bea, pair.Twin.Id, Token))));

        crm.Writes.GroupBy(write => write.Values["mem_email"]).Select(made => made.Count()).ShouldBe(Enumerable.Repeat(1, People));
        applied.ShouldAllBe(pair => pair.Count(result => result.Failure == null) == 1);
        applied.SelectMany(pair => pair).Select(result => result.Failure?.Kind).OfType<FailureKind>()
            .ShouldAllBe(kind => kind == FailureKind.Conflict || kind == FailureKind.Duplicate);
    }

    /// <summary>Has a create approved, and the same once more, as where two were asked for before either could be seen.</summary>
    private static async Task<(ChangeSetRow First, ChangeSetRow Twin)> ApproveTwiceAsync(PostgresNode node, string email)
    {
        var create = new ChangeAction.CreateRecord(PostgresNode.Connection, RecordType.Contact, [new FieldChange("email", new FieldValue.Text(email))], []);
        var first = Found(await node.Changes.ProposeAsync(Assistant, new ChangeRequest(create, "Found on the site."), Token)).Stored!;
        var twin = first with { Id = $"{first.Id}x", Key = $"{first.Key}x" };
        await node.Store.AddAsync([twin], Token);
        return (await ApproveAsync(node, first), await ApproveAsync(node, twin));
    }

    private static async Task<ChangeSetRow> ApproveAsync(PostgresNode node, ChangeSetRow change) =>
        Found(await node.Changes.ApproveAsync(Bea, new Decision(change.Id), Token));

    private static T Found<T>(Result<T> result) => result.TryGet(out var value, out var failure) ? value : throw new InvalidOperationException(failure.Message);

    private static PolicyOptions Policy() => new()
    {
        Members =
        [
            new MemberOptions { Subject = Assistant.Subject.Id, Roles = ["user"] },
            new MemberOptions { Subject = Bea.Subject.Id, Roles = ["approver", "user"] },
        ],
        Agents = new Dictionary<string, AgentOptions> { ["assistant"] = new() },
        Grants =
        [
            new GrantOptions
            {
                Subject = Assistant.Subject.Id,
                Actors = ["assistant"],
                Purposes = ["assistance"],
                Connections = [PostgresNode.Connection.Value],
                Read = new Dictionary<string, IReadOnlyList<string>> { ["contact"] = ["*"] },
                Write = new Dictionary<string, IReadOnlyDictionary<string, WriteLevel>> { ["contact"] = new Dictionary<string, WriteLevel> { ["email"] = WriteLevel.Suggest } },
                Actions = new Dictionary<string, IReadOnlyDictionary<ChangeKind, WriteLevel>>
                {
                    ["contact"] = new Dictionary<ChangeKind, WriteLevel> { [ChangeKind.CreateRecord] = WriteLevel.Suggest },
                },
            },
        ],
    };
}
