using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Salesforce.Tests.Emulated;
using Liaison.Writeback;

namespace Liaison.Salesforce.Tests.Installed;

/// <summary>Stages of the sales process; Salesforce itself takes any text as a stage (contracts/salesforce.md 4).</summary>
public sealed class StageMoveTests : IAsyncLifetime
{
    private const string Rep = "nils@liaison.test";

    private EmulatedOrg org = null!;
    private OrgEngine engine = null!;
    private RecordRef deal;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        org = await EmulatedOrg.StartAsync(
            SmallWorld.Of([SmallWorld.Person(1, SmallWorld.Now.AddHours(-1), "NEW", null)], deals: [SmallWorld.Deal(1, 1)]),
            Token,
            configure: options => options.AiFields = true);
        deal = new RecordRef(OrgEngine.Org, RecordType.Deal, (await org.IdsByAsync("Opportunity", "Name", Token))["Deal 1"]);
        engine = new(
            new ConnectionOptions
            {
                Crm = "salesforce",
                Environment = CrmEnvironment.Sandbox,
                BaseUrl = org.Address,
                Writes = ConnectionWrites.Open,
                Credentials = new CredentialOptions { Users = new Dictionary<string, SignInOptions> { [Rep] = "env:REP" } },
            },
            new Dictionary<string, string> { ["REP"] = EmulatedOrg.AdministratorToken },
            new PolicyOptions
            {
                Grants =
                [
                    new GrantOptions
                    {
                        Subject = Rep,
                        Actors = ["test"],
                        Purposes = ["assistance"],
                        Connections = [OrgEngine.Org.Value],
                        Read = new Dictionary<string, IReadOnlyList<string>> { ["deal"] = ["*"] },
                        Write = new Dictionary<string, IReadOnlyDictionary<string, WriteLevel>> { ["deal"] = new Dictionary<string, WriteLevel> { ["stage"] = WriteLevel.Suggest } },
                        Actions = new Dictionary<string, IReadOnlyDictionary<ChangeKind, WriteLevel>>
                        {
                            ["deal"] = new Dictionary<ChangeKind, WriteLevel> { [ChangeKind.MoveStage] = WriteLevel.Suggest },
                        },
                    },
                ],
            });
    }

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        await org.DisposeAsync();
    }

    [Fact]
    public async Task A_move_by_label_tells_the_approver_from_where_to_where_and_how_likely()
    {
        (await ProposeAsync("closed won")).TryGet(out var proposal, out var failure).ShouldBeTrue(failure?.Message);

        var content = ChangeContent.FromJson(proposal!.Stored.ShouldNotBeNull().Content);
        content.Fields.Single(delta => delta.Field == FieldNames.Stage).After.Raw.ShouldBe("Closed Won");
        content.Warnings.ShouldContain(warning => warning.EndsWith("to stage Closed Won (9 of 10, 100 %) of the sales process, which closes the record.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_text_that_is_no_stage_never_reaches_the_CRM_which_would_take_it()
    {
        var refused = (await ProposeAsync("Nearly there")).Failure.ShouldNotBeNull();

        (refused.Kind, refused.Field).ShouldBe((FailureKind.Invalid, FieldNames.Stage));
        refused.Message.ShouldStartWith("The pipeline the sales process has no such stage; it has Prospecting, Qualification,");
        (await org.WrittenAsync("Opportunity", Token)).Writes.ShouldBe(0);
    }

    private async Task<Result<Proposal>> ProposeAsync(string stage) =>
        await engine.Changes.ProposeAsync(OrgEngine.User(Rep), new ChangeRequest(new ChangeAction.MoveStage(deal, stage), "They agreed on the phone."), Token);
}
