using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Shouldly;
using Xunit;

namespace Liaison.Testing.Connectors.Conformance;

/// <summary>A query gives every record once, in pages that can be gone on from anywhere.</summary>
public abstract class QueryConformance<TFixture> : ConnectorSuite<TFixture>
    where TFixture : ConnectorFixture, new()
{
    [Fact]
    public async Task A_count_counts_what_passes()
    {
        Needs(ConnectorCapabilities.Query);

        Ok(await Session.CountAsync(await QueryAsync(), CancellationToken)).ShouldBe(Facts.Ids.Count);
        Ok(await Session.CountAsync(await QueryAsync(Facts.Filtered.Filter), CancellationToken)).ShouldBe(Facts.Filtered.Ids.Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    [InlineData(5)]
    public async Task Pages_give_each_record_once(int? pageSize)
    {
        Needs(ConnectorCapabilities.Query);

        var pages = await PagesAsync(await QueryAsync(pageSize: pageSize));

        pages.SelectMany(page => page.Records).Select(record => record.Id).ShouldBe(Facts.Ids, ignoreOrder: true);
        pages.ShouldAllBe(page => page.Records.Count <= (pageSize ?? int.MaxValue));
        pages[^1].Next.ShouldBeNull();
    }

    [Fact]
    public async Task A_filter_gives_what_passes_it_and_nothing_else()
    {
        Needs(ConnectorCapabilities.Query);

        var pages = await PagesAsync(await QueryAsync(Facts.Filtered.Filter, pageSize: 2));

        pages.SelectMany(page => page.Records).Select(record => record.Id).ShouldBe(Facts.Filtered.Ids, ignoreOrder: true);
    }

    [Fact]
    public async Task The_filter_and_its_contrary_are_all()
    {
        Needs(ConnectorCapabilities.Query);
        var known = new FieldValue.Text(Facts.Known.Raw);
        var with = new RecordFilter.Compare(Facts.Known.Field, Comparison.Equal, known);
        var without = new RecordFilter.Compare(Facts.Known.Field, Comparison.NotEqual, known);

        var passed = Ok(await Session.CountAsync(await QueryAsync(with), CancellationToken));
        var rest = Ok(await Session.CountAsync(await QueryAsync(without), CancellationToken));

        passed.ShouldBePositive();
        (passed + rest).ShouldBe(Facts.Ids.Count);
    }

    [Fact]
    public async Task Having_a_value_and_having_none_are_all()
    {
        Needs(ConnectorCapabilities.Query | ConnectorCapabilities.Update);
        var field = (await FieldsAsync(Facts.TextField))[0];
        Ok(await Session.WriteAsync(Facts.Type, [Update(Facts.Ids[0], field, "")], CancellationToken));
        await Fixture.SettleAsync(CancellationToken);

        var has = Ok(await Session.CountAsync(await QueryAsync(new RecordFilter.HasValue(field.Name)), CancellationToken));
        var hasNone = await PagesAsync(await QueryAsync(new RecordFilter.HasValue(field.Name, Negated: true)));

        hasNone.SelectMany(page => page.Records).Select(record => record.Id).ShouldContain(Facts.Ids[0]);
        (has + hasNone.Sum(page => page.Records.Count)).ShouldBe(Facts.Ids.Count);
    }

    [Fact]
    public async Task Everything_and_nothing_are_filters_too()
    {
        Needs(ConnectorCapabilities.Query);

        Ok(await Session.CountAsync(await QueryAsync(new RecordFilter.All([])), CancellationToken)).ShouldBe(Facts.Ids.Count);
        Ok(await Session.CountAsync(await QueryAsync(new RecordFilter.Any([])), CancellationToken)).ShouldBe(0);
        (await PagesAsync(await QueryAsync(new RecordFilter.Any([])))).Sum(page => page.Records.Count).ShouldBe(0);
    }

    [Fact]
    public async Task A_cursor_goes_on_in_another_session()
    {
        Needs(ConnectorCapabilities.Query);
        var query = await QueryAsync(pageSize: 5);
        var first = Ok(await Session.QueryAsync(query, null, CancellationToken));

        var second = Ok(await Fixture.OpenSession().QueryAsync(query, first.Next, CancellationToken));
        var again = Ok(await Fixture.OpenSession().QueryAsync(query, first.Next, CancellationToken));

        second.Records.ShouldNotBeEmpty();
        second.Records.Select(record => record.Id).ShouldBe(again.Records.Select(record => record.Id));
        second.Records.Select(record => record.Id).Intersect(first.Records.Select(record => record.Id)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("e30")]
    [InlineData("")]
    public async Task A_cursor_of_nobody_is_refused(string cursor)
    {
        Needs(ConnectorCapabilities.Query);

        Refused(await Session.QueryAsync(await QueryAsync(), cursor, CancellationToken), FailureKind.Invalid);
    }

    // A run writes the field that it selects by: what it has done leaves the result and must not shift what is left.
    [Fact]
    public async Task Records_that_leave_the_result_cost_none_of_the_others()
    {
        Needs(ConnectorCapabilities.Query | ConnectorCapabilities.Update);
        var field = (await FieldsAsync(Facts.TextField))[0];
        Ok(await Session.WriteAsync(Facts.Type, [.. Facts.Ids.Take(50).Select(id => Update(id, field, ""))], CancellationToken));
        await Fixture.SettleAsync(CancellationToken);
        var query = await QueryAsync(new RecordFilter.HasValue(field.Name, Negated: true), pageSize: 4);
        var expected = (await PagesAsync(query)).SelectMany(page => page.Records).Select(record => record.Id).ToList();

        List<string> seen = [];
        string? cursor = null;
        do
        {
            var page = Ok(await Session.QueryAsync(query, cursor, CancellationToken));
            var ids = page.Records.Select(record => record.Id).ToList();
            seen.AddRange(ids);
            if (ids.Count > 0)
            {
                Ok(await Session.WriteAsync(Facts.Type, [.. ids.Select(id => Update(id, field, "done"))], CancellationToken));
                await Fixture.SettleAsync(CancellationToken);
            }

            cursor = page.Next;
        }
        while (cursor is not null);

        seen.ShouldBe(expected, ignoreOrder: true);
    }

    [Fact]
    public async Task A_query_orders_as_asked()
    {
        Needs(ConnectorCapabilities.Query);
        var query = await QueryAsync(pageSize: 5) with { Sort = new SortOrder(FieldNames.Created, Descending: true) };

        var records = (await PagesAsync(query)).SelectMany(page => page.Records).ToList();

        records.Select(record => record.Id).ShouldBe(Facts.Ids, ignoreOrder: true);
        records.Select(record => record.CreatedAt).ShouldBe(records.Select(record => record.CreatedAt).OrderDescending());
    }

    [Fact]
    public async Task A_page_has_the_asked_fields_and_no_other()
    {
        Needs(ConnectorCapabilities.Query);
        var field = (await FieldsAsync(Facts.Known.Field))[0];

        var records = (await PagesAsync(await QueryAsync())).SelectMany(page => page.Records).ToList();

        records.ShouldAllBe(record => record.Values.Count == 1 && record.Values.ContainsKey(field.NativeName));
        records.Single(record => record.Id == Facts.Known.Id).Values[field.NativeName].Raw.ShouldBe(Facts.Known.Raw);
    }

    [Fact]
    public async Task A_query_of_an_unknown_type_is_not_found()
    {
        Needs(ConnectorCapabilities.Query);

        Refused(await Session.QueryAsync(await QueryAsync() with { Type = Facts.UnknownType }, null, CancellationToken), FailureKind.NotFound);
    }
}
