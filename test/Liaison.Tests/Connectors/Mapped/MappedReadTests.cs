using System.Collections.Frozen;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Reading;
using Liaison.Tests.Gateway;
using Liaison.Tests.Identity;

namespace Liaison.Tests.Connectors.Mapped;

/// <summary>A user without a token of their own sees through the account's only what the mapping lets through.</summary>
public sealed class MappedReadTests
{
    private static readonly RecordType Invoice = new("invoice");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(MappedReach.Own, false, "ben")]
    [InlineData(MappedReach.Own, true, "ben nobody")]
    [InlineData(MappedReach.Team, false, "ben eve left")]
    [InlineData(MappedReach.Team, true, "ben eve left nobody")]
    [InlineData(MappedReach.All, false, "ben eve left nobody sam")]
    public async Task Queries_counts_and_reads_give_the_records_of_the_same_owners(MappedReach sees, bool unowned, string owners)
    {
        await using var world = new MappedWorld(sees, unowned: unowned);
        var ids = owners.Split(' ').Select(owner => world[owner]).ToList();
        var all = MappedWorld.Everybody.Select(owner => world[owner]).ToList();

        var page = (await world.Engine.Gateway.QueryAsync(MappedWorld.Ben, Query(), Token)).Found();
        var count = (await world.Engine.Gateway.CountAsync(MappedWorld.Ben, Query(), Token)).Found();
        var read = (await world.Engine.Gateway.ReadAsync(MappedWorld.Ben, new ReadRequest(EngineWorld.Demo, RecordType.Contact, all, ["first_name"]), Token)).Found();

        world.Owners(page.Records.Select(record => record.Ref.Id)).ShouldBe(owners);
        (page.Total, count).ShouldBe((ids.Count, ids.Count));
        world.Owners(read.Records.Select(record => record.Ref.Id)).ShouldBe(owners);
        read.Missing.Order().ShouldBe(all.Except(ids).Order());
    }

    [Fact]
    public async Task A_filter_narrows_within_the_scope_and_never_beyond_it()
    {
        await using var world = new MappedWorld(MappedReach.Team);

        var count = (await world.Engine.Gateway.CountAsync(MappedWorld.Ben, Query("first name is eve or first name is sam"), Token)).Found();

        count.ShouldBe(1);
    }

    [Fact]
    public async Task The_owner_that_the_narrowing_reads_is_told_to_nobody_whom_no_grant_opens_it()
    {
        await using var world = new MappedWorld();

        var read = (await world.Engine.Gateway.QueryAsync(MappedWorld.Ben, Query(), Token)).Found();
        var asked = (await world.Engine.Gateway.QueryAsync(MappedWorld.Ben, Query() with { Fields = ["owner"] }, Token)).Refused();
        var filtered = (await world.Engine.Gateway.CountAsync(MappedWorld.Ben, Query("owner is 13"), Token)).Refused();

        read.Records.ShouldHaveSingleItem().Fields.Keys.ShouldBe(["first_name"]);
        (asked.Kind, filtered.Kind).ShouldBe((FailureKind.NotFound, FailureKind.NotFound));
    }

    [Fact]
    public async Task Links_lead_from_what_is_seen_to_what_is_seen()
    {
        await using var world = new MappedWorld(MappedReach.Team);
        var crm = world.Engine.Crm;
        var near = crm.Add(RecordType.Company, ("name", "Near"), ("owner", "12"));
        var far = crm.Add(RecordType.Company, ("name", "Far"), ("owner", "13"));
        foreach (var contact in new[] { world["ben"], world["sam"] })
        {
            crm.Link(RecordType.Contact, contact, RecordType.Company, near);
            crm.Link(RecordType.Contact, contact, RecordType.Company, far);
        }

        var links = (await world.Engine.Gateway.AssociatedAsync(
            MappedWorld.Ben, new AssociationRequest(EngineWorld.Demo, RecordType.Contact, RecordType.Company, [world["ben"], world["sam"]]), Token)).Found();

        links.Select(link => (link.FromId, link.ToId)).ShouldBe([(world["ben"], near)]);
    }

    [Theory]
    [InlineData(MappedReach.Team, 0)]
    [InlineData(MappedReach.All, 1)]
    public async Task A_type_without_owners_is_for_those_who_see_all(MappedReach sees, int seen)
    {
        await using var world = new MappedWorld(sees, unowned: true);
        var number = new FieldDefinition("number", "mem_number", "Number", FieldType.Text);
        world.Engine.Crm.AddType(new RecordSchema(Invoice, "mem_invoice", new Dictionary<string, FieldDefinition> { ["number"] = number }.ToFrozenDictionary()));
        var id = world.Engine.Crm.Add(Invoice, ("number", "1"));

        var page = (await world.Engine.Gateway.QueryAsync(MappedWorld.Ben, new QueryRequest(EngineWorld.Demo, Invoice, ["number"]), Token)).Found();
        var count = (await world.Engine.Gateway.CountAsync(MappedWorld.Ben, new QueryRequest(EngineWorld.Demo, Invoice, []), Token)).Found();
        var read = (await world.Engine.Gateway.ReadAsync(MappedWorld.Ben, new ReadRequest(EngineWorld.Demo, Invoice, [id], ["number"]), Token)).Found();

        (page.Records.Count, count, read.Records.Count).ShouldBe((seen, seen, seen));
    }

    [Fact]
    public async Task A_record_whose_owner_cannot_be_told_is_not_seen()
    {
        await using var world = new MappedWorld(MappedReach.Team, unowned: true);
        world.Engine.RemoveField("owner");

        var read = (await world.Engine.Gateway.ReadAsync(
            MappedWorld.Ben, new ReadRequest(EngineWorld.Demo, RecordType.Contact, [world["ben"]], ["first_name"]), Token)).Found();

        read.Missing.ShouldBe([world["ben"]]);
    }

    [Theory]
    [InlineData("stranger", "no active user")]
    [InlineData("left", "no active user")]
    [InlineData("unmapped", "has no credential of their own")]
    public async Task Whom_the_mapping_or_the_CRM_does_not_know_gets_nothing(string subject, string why)
    {
        await using var world = new MappedWorld(MappedReach.All);
        var caller = MappedWorld.CallerOf(subject);

        Failure[] refusals =
        [
            (await world.Engine.Gateway.QueryAsync(caller, Query(), Token)).Refused(),
            (await world.Engine.Gateway.CountAsync(caller, Query(), Token)).Refused(),
            (await world.Engine.Gateway.DescribeAsync(caller, EngineWorld.Demo, RecordType.Contact, Token)).Refused(),
            (await world.Engine.Gateway.ReadAsync(caller, new ReadRequest(EngineWorld.Demo, RecordType.Contact, [world["ben"]], ["first_name"]), Token)).Refused(),
        ];

        refusals.ShouldAllBe(refusal => refusal.Kind == FailureKind.Denied && refusal.DeniedBy == DeniedBy.CrmUser && refusal.Message.Contains(why));
        world.Engine.Crm.CallsOf(CrmOperation.Query).ShouldBe(0);
    }

    [Fact]
    public async Task Two_users_of_one_address_are_nobody()
    {
        await using var world = new MappedWorld();
        world.AddUser("15", "BEN", MappedWorld.South);

        var refusal = (await world.Engine.Gateway.QueryAsync(MappedWorld.Ben, Query(), Token)).Refused();

        refusal.DeniedBy.ShouldBe(DeniedBy.CrmUser);
    }

    [Fact]
    public async Task Who_becomes_inactive_in_the_CRM_stops_seeing_within_five_minutes()
    {
        await using var world = new MappedWorld();
        (await world.Engine.Gateway.QueryAsync(MappedWorld.Ben, Query(), Token)).Found();

        world.AddUser(MappedWorld.BensOwnerId, "ben", MappedWorld.North, active: false);
        world.Engine.Time.Advance(TimeSpan.FromMinutes(5));

        (await world.Engine.Gateway.QueryAsync(MappedWorld.Ben, Query(), Token)).Refused().DeniedBy.ShouldBe(DeniedBy.CrmUser);
    }

    [Fact]
    public async Task Who_changes_the_team_sees_the_new_ones_records_within_five_minutes_and_the_old_ones_no_more()
    {
        await using var world = new MappedWorld(MappedReach.Team);
        (await world.Engine.Gateway.QueryAsync(MappedWorld.Ben, Query(), Token)).Found();

        world.AddUser(MappedWorld.BensOwnerId, "ben", MappedWorld.South);
        world.Engine.Time.Advance(TimeSpan.FromMinutes(5));
        var page = (await world.Engine.Gateway.QueryAsync(MappedWorld.Ben, Query(), Token)).Found();

        world.Owners(page.Records.Select(record => record.Ref.Id)).ShouldBe("ben sam");
    }

    [Fact]
    public async Task A_record_that_gets_another_owner_is_gone_at_once()
    {
        await using var world = new MappedWorld();
        (await world.Engine.Gateway.QueryAsync(MappedWorld.Ben, Query(), Token)).Found().Records.Count.ShouldBe(1);

        world.Engine.Crm.Change(RecordType.Contact, world["ben"], "owner", "13");

        (await world.Engine.Gateway.QueryAsync(MappedWorld.Ben, Query(), Token)).Found().Records.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_listing_of_users_that_failed_lets_nobody_see_and_is_asked_anew()
    {
        await using var world = new MappedWorld();
        world.Engine.Crm.FailNext(CrmOperation.Describe, new Failure(FailureKind.Unavailable, "The CRM is away."));

        (await world.Engine.Gateway.QueryAsync(MappedWorld.Ben, Query(), Token)).Refused().Kind.ShouldBe(FailureKind.Unavailable);
        (await world.Engine.Gateway.QueryAsync(MappedWorld.Ben, Query(), Token)).Found().Records.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_users_are_listed_once_for_everybody_in_five_minutes()
    {
        await using var world = new MappedWorld();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => world.Engine.Gateway.QueryAsync(MappedWorld.Ben, Query(), Token)));
        await world.Engine.Gateway.QueryAsync(MappedWorld.CallerOf("stranger"), Query(), Token);

        // One listing, and one reading of the contact's schema.
        world.Engine.Crm.CallsOf(CrmOperation.Describe).ShouldBe(2);
    }

    private static QueryRequest Query(string? where = null) => new(EngineWorld.Demo, RecordType.Contact, ["first_name"], where);
}
