using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Tests.Gateway;
using Liaison.Tests.Identity;
using Liaison.Writeback;

namespace Liaison.Tests.Writeback;

/// <summary>One person is made once, whoever asks, how often, and in what spelling (R132, R134, R144).</summary>
public sealed class DuplicateCreateTests : IAsyncDisposable
{
    private readonly GovernedWorld world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private int Made => world.Engine.Crm.Writes.Count;

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Theory]
    [InlineData("mia@acme.test")]
    [InlineData(" MIA@Acme.test ")]
    public async Task A_create_that_waits_is_seen_by_the_next_one(string spelling)
    {
        var waiting = await world.ProposeAsync(Create("mia@acme.test"));

        var refused = await RefusedAsync(Create(spelling));

        refused.Kind.ShouldBe(FailureKind.Duplicate);
        refused.Message.ShouldContain(waiting.Id);
    }

    [Fact]
    public async Task A_create_that_was_rejected_stands_in_nobodys_way()
    {
        var waiting = await world.ProposeAsync(Create("mia@acme.test"));
        (await world.Engine.ChangeGateway.RejectAsync(GovernedWorld.Bea, new Decision(waiting.Id, Comment: "No."), Token)).Found();

        (await world.ProposeAsync(Create("mia@acme.test"))).State.ShouldBe(ChangeState.Waiting);
    }

    [Fact]
    public async Task A_create_that_failed_is_shown_to_who_decides_on_the_next_one()
    {
        var first = await world.ApproveAsync(await world.ProposeAsync(Create("mia@acme.test")));
        world.Engine.Crm.FailNext(CrmOperation.Write, new(FailureKind.Invalid, "The CRM wants none of it."));
        (await world.Engine.ChangeGateway.ApplyAsync(GovernedWorld.Bea, first.Id, Token)).Failure.ShouldNotBeNull();

        var next = await world.ProposeAsync(Create("mia@acme.test"));

        ChangeContent.FromJson(next.Content).Warnings.ShouldContain(warning => warning.StartsWith("1 earlier try to make a contact", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_two_creates_that_were_approved_the_first_is_made()
    {
        var first = await world.ProposeAsync(Create("mia@acme.test"));
        var other = await world.ApproveAsync(await SmuggleAsync(first));
        var one = await world.ApproveAsync(first);

        var applied = await Task.WhenAll(new[] { one, other }.Select(change => world.Engine.ChangeGateway.ApplyAsync(GovernedWorld.Bea, change.Id, Token)));

        Made.ShouldBe(1);
        applied.Count(result => result.Failure is null).ShouldBe(1);
        applied.Single(result => result.Failure is not null).Failure!.Kind.ShouldBeOneOf(FailureKind.Duplicate, FailureKind.Conflict);
    }

    [Fact]
    public async Task Of_two_that_are_taken_up_at_one_instant_the_one_that_was_there_first_is_made_whatever_its_id()
    {
        var first = await world.ProposeAsync(Create("mia@acme.test"));
        var twin = await world.ApproveAsync(await SmuggleAsync(first));
        var other = await world.ApproveAsync(first);
        Result<ChangeSetRow>? beside = null;
        world.Engine.Connector.OnWrite = async (_, send) =>
        {
            beside ??= await world.Engine.ChangeGateway.ApplyAsync(GovernedWorld.Bea, other.Id, Token);
            return await send();
        };

        var made = await world.Engine.ChangeGateway.ApplyAsync(GovernedWorld.Bea, twin.Id, Token);

        string.CompareOrdinal(other.Id, twin.Id).ShouldBeLessThan(0);
        made.Failure.ShouldBeNull();
        beside.ShouldNotBeNull().Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Conflict);
        Made.ShouldBe(1);
    }

    [Fact]
    public async Task A_create_that_waits_for_its_turn_on_another_node_keeps_no_other_person_waiting()
    {
        var mia = await world.ApproveAsync(await world.ProposeAsync(Create("mia@acme.test")));
        var leo = await world.ApproveAsync(await world.ProposeAsync(Create("leo@acme.test")));
        var node = new DuplicateCreates(world.Engine.Changes, world.Engine.Work, world.Engine.Get<PolicyInForce>(), world.Engine.Time);
        Task<Result<ChangeSetRow>> waiting;
        await using (await node.TurnAsync(mia, Token))
        {
            waiting = world.Engine.ChangeGateway.ApplyAsync(GovernedWorld.Bea, mia.Id, Token);

            var made = await world.Engine.ChangeGateway.ApplyAsync(GovernedWorld.Bea, leo.Id, Token).WaitAsync(TimeSpan.FromSeconds(20), Token);

            made.Failure.ShouldBeNull();
            waiting.IsCompleted.ShouldBeFalse();
        }

        world.Engine.Time.Advance(TimeSpan.FromSeconds(1));
        (await waiting.WaitAsync(TimeSpan.FromSeconds(20), Token)).Failure.ShouldBeNull();
        Made.ShouldBe(2);
    }

    [Fact]
    public async Task What_came_into_the_CRM_since_the_yes_is_found_before_it_is_made_again()
    {
        var approved = await world.ApproveAsync(await world.ProposeAsync(Create("mia@acme.test")));
        var standing = world.Engine.Crm.Add(RecordType.Contact, ("email", "mia@acme.test"));

        var refused = (await world.Engine.ChangeGateway.ApplyAsync(GovernedWorld.Bea, approved.Id, Token)).Failure.ShouldNotBeNull();

        (refused.Kind, refused.ExistingId).ShouldBe((FailureKind.Duplicate, standing));
        Made.ShouldBe(0);
        (await world.StateOfAsync(approved)).ShouldBe(ChangeState.Failed);
    }

    [Fact]
    public async Task What_the_one_that_stands_lacks_of_it_is_proposed_as_a_change_once_and_what_it_holds_stays()
    {
        var approved = await world.ApproveAsync(await world.ProposeAsync(Create("mia@acme.test", ("job_title", "CFO"), ("lead_status", "NEW"))));
        var standing = world.Engine.Crm.Add(RecordType.Contact, ("email", "mia@acme.test"), ("lead_status", "OPEN"));

        var refused = (await world.Engine.ChangeGateway.ApplyAsync(GovernedWorld.Bea, approved.Id, Token)).Failure.ShouldNotBeNull();
        (await world.Engine.ChangeGateway.ApplyAsync(GovernedWorld.Bea, approved.Id, Token)).Failure.ShouldNotBeNull();

        var change = (await world.Engine.Changes.ListAsync(new ChangeQuery(RecordId: standing), Token)).ShouldHaveSingleItem();
        refused.Message.ShouldContain($"is change {change.Id}, which waits for a person.");
        change.Proposer.Subject.ShouldBe(GovernedWorld.Assistant.Subject);
        ChangeContent.FromJson(change.Content).Fields.Select(delta => delta.Field).Except(Liaison.Schema.AiFields.Stamps).ShouldBe(["job_title"]);
        await world.ApplyAsync(await world.ApproveAsync(change));
        world.Engine.Crm.ValueOf(RecordType.Contact, standing, "job_title").ShouldBe("CFO");
        world.Engine.Crm.ValueOf(RecordType.Contact, standing, "lead_status").ShouldBe("OPEN");
        Made.ShouldBe(1, "the change, and no create");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whether_a_tag_behind_a_plus_makes_another_person_is_the_policys(bool one)
    {
        world.Engine.Policy.PlusAddressesAreOne = one;
        world.Engine.Crm.Add(RecordType.Contact, ("email", "mia@acme.test"));
        await world.ProposeAsync(Create("leo@acme.test"));

        var standing = await world.Engine.ChangeGateway.ProposeAsync(GovernedWorld.Assistant, Create("mia+news@acme.test"), Token);
        var waiting = await world.Engine.ChangeGateway.ProposeAsync(GovernedWorld.Assistant, Create("leo+shop@acme.test"), Token);

        (standing.Failure is not null).ShouldBe(one);
        (waiting.Failure is not null).ShouldBe(one);
    }

    [Fact]
    public async Task However_many_spellings_it_has_a_value_is_looked_for_in_one_call()
    {
        world.Engine.Policy.PlusAddressesAreOne = true;
        await world.ProposeAsync(Create("leo@acme.test"));
        var plain = Looked;

        await world.ProposeAsync(Create("Mia+News@Acme.test"));

        (Looked - plain).ShouldBe(plain);
        plain.ShouldBe(1);
    }

    private int Looked => world.Engine.Crm.CallsOf(CrmOperation.Read) + world.Engine.Crm.CallsOf(CrmOperation.Query);

    private static ChangeRequest Create(string email, params (string Field, string Value)[] more) => new(
        new ChangeAction.CreateRecord(
            EngineWorld.Demo,
            RecordType.Contact,
            [new FieldChange("email", new FieldValue.Text(email)), .. more.Select(pair => new FieldChange(pair.Field, new FieldValue.Text(pair.Value))), .. more.Length == 0 ? [new FieldChange("first_name", new FieldValue.Text("Mia"))] : Array.Empty<FieldChange>()],
            []),
        "Found on the site.");

    /// <summary>Stores the same create once more, as a second node does that is asked at the same instant.</summary>
    private async Task<ChangeSetRow> SmuggleAsync(ChangeSetRow change)
    {
        var twin = change with { Id = $"{change.Id}x", Key = $"{change.Key}x" };
        await world.Engine.Changes.AddAsync([twin], Token);
        return twin;
    }

    private async Task<Failure> RefusedAsync(ChangeRequest request) =>
        (await world.Engine.ChangeGateway.ProposeAsync(GovernedWorld.Assistant, request, Token)).Failure.ShouldNotBeNull();
}
