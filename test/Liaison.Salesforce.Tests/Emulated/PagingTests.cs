using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;

namespace Liaison.Salesforce.Tests.Emulated;

/// <summary>Queries of more rows than a page holds give every record once, whatever happens between two pages.</summary>
public sealed class PagingTests
{
    private const int People = 2_300;

    private static readonly FieldDefinition Email = new(FieldNames.Email, "Email", "Email", FieldType.Text);
    private static readonly FieldDefinition Description = new(FieldNames.Description, "Description", "Description", FieldType.Text);

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_that_are_smaller_than_asked_for_give_every_record_once()
    {
        await using var org = await StartAsync();
        var session = org.Open();

        var pages = await PagesAsync(session, new(RecordType.Contact, [Email, Description], RecordFilter.Everything));

        // A long text among the fields halves the page, of which nothing is said (contracts/salesforce.md 6.1).
        pages.Select(page => page.Records.Count).ShouldBe([1_000, 1_000, 300]);
        Ids(pages).ShouldBe(await AllAsync(org), ignoreOrder: true);
        org.Channel.Calls.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(FieldNames.Created)]
    public async Task A_query_goes_on_behind_its_last_record_when_the_rest_is_no_longer_kept(string? order)
    {
        await using var org = await StartAsync();
        var session = org.Open();
        var query = new RecordQuery(RecordType.Contact, [Email], RecordFilter.Everything, order is null ? null : new SortOrder(order, Descending: true));
        var first = Ok(await session.QueryAsync(query, null, CancellationToken));
        (await org.PostAsync("/_emulator/clock", new { seconds = 49 * 3600 }, CancellationToken)).Dispose();

        var second = Ok(await session.QueryAsync(query, first.Next, CancellationToken));

        second.Next.ShouldBeNull();
        Ids([first, second]).ShouldBe(await AllAsync(org), ignoreOrder: true);
    }

    [Theory]
    [InlineData("expired", FailureKind.Unauthenticated)]
    [InlineData("reset", FailureKind.Unavailable)]
    [InlineData("cut-body", FailureKind.Unavailable)]
    [InlineData("empty-406", FailureKind.Unavailable)]
    public async Task A_page_that_was_lost_is_asked_for_again_with_the_same_cursor(string fault, FailureKind kind)
    {
        await using var org = await StartAsync();
        var session = org.Open();
        var query = new RecordQuery(RecordType.Contact, [Email], RecordFilter.Everything);
        var first = Ok(await session.QueryAsync(query, null, CancellationToken));
        await org.TroubleAsync(fault, "GET /query/*", 1, CancellationToken);

        (await session.QueryAsync(query, first.Next, CancellationToken)).Failure.ShouldNotBeNull().Kind.ShouldBe(kind);
        var second = Ok(await session.QueryAsync(query, first.Next, CancellationToken));

        Ids([first, second]).ShouldBe(await AllAsync(org), ignoreOrder: true);
    }

    [Fact]
    public async Task Small_pages_in_the_order_of_a_time_that_many_records_share_give_every_record_once()
    {
        await using var org = await StartAsync();
        var session = org.Open();

        var pages = await PagesAsync(session, new(RecordType.Contact, [Email], RecordFilter.Everything, new SortOrder(FieldNames.Created), PageSize: 150));

        pages.ShouldAllBe(page => page.Records.Count <= 150);
        Ids(pages).ShouldBe(await AllAsync(org), ignoreOrder: true);
        Ids(pages).ShouldBeUnique();
    }

    // A hundred people of one second, as an import makes them.
    private static Task<EmulatedOrg> StartAsync() => EmulatedOrg.StartAsync(
        SmallWorld.Of([.. Enumerable.Range(1, People).Select(key => SmallWorld.Person(key, SmallWorld.Now.AddMinutes(-(key / 100))))]), CancellationToken);

    private static async Task<List<RecordPage>> PagesAsync(IConnectorSession session, RecordQuery query)
    {
        List<RecordPage> pages = [];
        string? cursor = null;
        do
        {
            pages.Count.ShouldBeLessThan(100, "The query does not come to its end.");
            pages.Add(Ok(await session.QueryAsync(query, cursor, CancellationToken)));
            cursor = pages[^1].Next;
        }
        while (cursor is not null);

        return pages;
    }

    private static async Task<IReadOnlyCollection<string>> AllAsync(EmulatedOrg org)
    {
        var ids = (await org.IdsByAsync("Contact", "Email", CancellationToken)).Values;
        ids.Count.ShouldBe(People);
        return ids;
    }

    private static List<string> Ids(IEnumerable<RecordPage> pages) => [.. pages.SelectMany(page => page.Records).Select(record => record.Id)];

    private static T Ok<T>(Result<T> result) =>
        result.TryGet(out var value, out var failure) ? value : throw new ShouldAssertException($"{failure.Kind}: {failure.Message}");
}
