using Liaison.Connectors;
using Liaison.Emulators.World;
using Liaison.Failures;
using Liaison.Model;

namespace Liaison.HubSpot.Tests.Emulated;

/// <summary>Selections of many contacts: nothing lost, nothing twice, and few calls.</summary>
public sealed class SelectionTests
{
    private static readonly FieldDefinition Email = new(FieldNames.Email, "email", "Email", FieldType.Text);
    private static readonly FieldDefinition JobTitle = new(FieldNames.JobTitle, "jobtitle", "Job title", FieldType.Text);
    private static readonly RecordFilter New = new RecordFilter.Compare(FieldNames.LeadStatus, Comparison.Equal, new FieldValue.Option("NEW", "New"));

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_thousand_contacts_take_fifty_one_searches()
    {
        var people = Enumerable.Range(1, 10_000).Select(key => SmallWorld.Person(key, SmallWorld.Now.AddSeconds(-20_000 + key), "NEW")).ToList();
        await using var account = await StartAsync(people);

        var ids = await SelectAsync(account.Open(), New);

        ids.Count.ShouldBe(10_000);
        ids.Distinct().Count().ShouldBe(10_000);
        account.Channel.Calls.Count.ShouldBe(51);
        account.Channel.Calls.ShouldAllBe(call => call.Operation == CrmOperation.Query);
    }

    [Fact]
    public async Task A_selection_goes_past_hubspots_cap()
    {
        var people = Enumerable.Range(1, 12_345).Select(key => SmallWorld.Person(key, SmallWorld.Now.AddSeconds(-40_000 + (key / 2)))).ToList();
        await using var account = await StartAsync(people);

        var ids = await SelectAsync(account.Open(), RecordFilter.Everything);

        ids.Count.ShouldBe(12_345);
        ids.Distinct().Count().ShouldBe(12_345);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(100)]
    [InlineData(7)]
    public async Task Many_contacts_of_one_millisecond_are_all_given(int pageSize)
    {
        var people = Enumerable.Range(1, 730).Select(key => SmallWorld.Person(
            key, SmallWorld.Now.AddHours(key is > 30 and < 690 ? -10 : key <= 30 ? -20 : -5))).ToList();
        await using var account = await StartAsync(people);

        var ids = await SelectAsync(account.Open(), RecordFilter.Everything, pageSize);

        ids.Count.ShouldBe(730);
        ids.Distinct().Count().ShouldBe(730);
    }

    [Theory]
    [InlineData(FieldNames.Created)]
    [InlineData(FieldNames.Updated)]
    public async Task The_other_direction_gives_all_as_well(string field)
    {
        var people = Enumerable.Range(1, 450).Select(key => SmallWorld.Person(key, SmallWorld.Now.AddHours(-(key / 150)))).ToList();
        await using var account = await StartAsync(people);

        var ids = await SelectAsync(account.Open(), RecordFilter.Everything, sort: new SortOrder(field, Descending: true));

        ids.Count.ShouldBe(450);
        ids.Distinct().Count().ShouldBe(450);
    }

    [Fact]
    public async Task Contacts_of_one_millisecond_that_leave_the_result_cost_none_of_the_others()
    {
        var people = Enumerable.Range(1, 600).Select(key => SmallWorld.Person(key, SmallWorld.Now.AddHours(-10), jobTitle: null)).ToList();
        await using var account = await StartAsync(people);
        var session = account.Open();
        var query = new RecordQuery(RecordType.Contact, [Email], new RecordFilter.HasValue(FieldNames.JobTitle, Negated: true), PageSize: 60);

        List<string> seen = [];
        string? cursor = null;
        do
        {
            var page = Ok(await session.QueryAsync(query, cursor, CancellationToken));
            seen.AddRange(page.Records.Select(record => record.Id));
            if (page.Records.Count > 0)
            {
                Ok(await session.WriteAsync(RecordType.Contact, [.. page.Records.Select(Done)], CancellationToken));
                await account.SettleAsync(CancellationToken);
            }

            cursor = page.Next;
        }
        while (cursor is not null);

        seen.Count.ShouldBe(600);
        seen.Distinct().Count().ShouldBe(600);
    }

    [Fact]
    public async Task Short_and_empty_pages_are_no_end()
    {
        var people = Enumerable.Range(1, 900).Select(key => SmallWorld.Person(key, SmallWorld.Now.AddMinutes(-key))).ToList();
        await using var account = await StartAsync(people);
        (await account.PostAsync("/_emulator/faults", new { kind = "empty-page", count = 2 }, CancellationToken)).Dispose();
        (await account.PostAsync("/_emulator/faults", new { kind = "short-page", count = 3 }, CancellationToken)).Dispose();

        var ids = await SelectAsync(account.Open(), RecordFilter.Everything);

        ids.Count.ShouldBe(900);
        ids.Distinct().Count().ShouldBe(900);
    }

    [Fact]
    public async Task Where_the_filter_leaves_no_room_for_a_tie_it_is_told_instead_of_losing_records()
    {
        var people = Enumerable.Range(1, 250).Select(key => SmallWorld.Person(key, SmallWorld.Now.AddHours(-10))).ToList();
        await using var account = await StartAsync(people);
        var five = new RecordFilter.All(
        [
            .. new[] { FieldNames.Email, FieldNames.FirstName, FieldNames.LastName, FieldNames.City, FieldNames.Country }
                .Select(field => new RecordFilter.HasValue(field)),
        ]);
        var query = new RecordQuery(RecordType.Contact, [Email], five);

        var result = await account.Open().QueryAsync(query, null, CancellationToken);

        result.Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Unsupported);
    }

    [Fact]
    public async Task An_order_by_another_field_ends_at_the_cap_with_a_word()
    {
        var people = Enumerable.Range(1, 10_100).Select(key => SmallWorld.Person(key, SmallWorld.Now.AddSeconds(-key))).ToList();
        await using var account = await StartAsync(people);
        var session = account.Open();
        var query = new RecordQuery(RecordType.Contact, [Email], RecordFilter.Everything, new SortOrder(FieldNames.LastName));

        HashSet<string> seen = [];
        string? cursor = null;
        Result<RecordPage> result;
        while ((result = await session.QueryAsync(query, cursor, CancellationToken)).TryGet(out var page, out _) && page.Next is { } next)
        {
            seen.UnionWith(page.Records.Select(record => record.Id));
            cursor = next;
        }

        result.Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Unsupported);
        seen.Count.ShouldBe(10_000);
    }

    [Fact]
    public async Task The_generated_world_is_selected_whole()
    {
        var world = WorldGenerator.Generate(new WorldOptions { Now = SmallWorld.Now, Contacts = 3_000, Companies = 200, NewLeads = 1_000 });
        await using var account = await EmulatedAccount.StartAsync(world, "2026-09", CancellationToken);
        var session = account.Open();

        var ids = await SelectAsync(session, new RecordFilter.All(
        [
            New, new RecordFilter.Compare(FieldNames.Created, Comparison.GreaterOrEqual, new FieldValue.Instant(SmallWorld.Now.AddHours(-24))),
        ]));

        ids.Count.ShouldBe(1_000);
        ids.Distinct().Count().ShouldBe(1_000);
    }

    private static Task<EmulatedAccount> StartAsync(IReadOnlyList<WorldPerson> people) =>
        EmulatedAccount.StartAsync(SmallWorld.Of(people), "2026-09", CancellationToken);

    private static async Task<List<string>> SelectAsync(
        IConnectorSession session, RecordFilter filter, int? pageSize = null, SortOrder? sort = null)
    {
        var query = new RecordQuery(RecordType.Contact, [Email], filter, sort, pageSize);
        List<string> ids = [];
        string? cursor = null;
        do
        {
            var page = Ok(await session.QueryAsync(query, cursor, CancellationToken));
            ids.AddRange(page.Records.Select(record => record.Id));
            cursor = page.Next;
        }
        while (cursor is not null);

        return ids;
    }

    private static RecordWrite Done(NativeRecord record) =>
        new($"write-{record.Id}", record.Id, new Dictionary<string, NativeValue> { [JobTitle.NativeName] = NativeValue.OfText("done") });

    private static T Ok<T>(Result<T> result) =>
        result.TryGet(out var value, out var failure) ? value : throw new ShouldAssertException($"{failure.Kind}: {failure.Message}");
}
