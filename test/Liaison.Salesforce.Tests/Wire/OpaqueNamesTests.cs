using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Salesforce.Soql;
using Liaison.Salesforce.Wire;
using static Liaison.Salesforce.Tests.Wire.ScriptedChannel;

namespace Liaison.Salesforce.Tests.Wire;

/// <summary>What Salesforce keeps the rest under has no documented form: it goes back as it came, and nowhere but to Salesforce (contracts/salesforce.md 6.1, 8).</summary>
public sealed class OpaqueNamesTests
{
    private const string Job = "750000000000001AAA";

    private static readonly RecordQuery Query = new(RecordType.Contact, [new FieldDefinition(FieldNames.Email, "Email", "Email", FieldType.Text)], RecordFilter.Everything);

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/services/data/v66.0/query/0r8xx3d5IQ4z2D1AJ6-2000")]
    [InlineData("/services/data/v66.0/query/0r8+a/b==;c~-2000")]
    [InlineData("/services/data/v59.0/queryAll/01g%2Bx-500")]
    public async Task The_rest_of_a_query_is_asked_for_by_the_path_as_it_came(string rest)
    {
        var channel = new ScriptedChannel(Answer(Page(rest)), Answer("""{"totalSize":2,"done":true,"records":[{"Id":"00Q4C00000B5BugUAF"}]}"""));
        var session = channel.Open();

        var first = Ok(await session.QueryAsync(Query, null, CancellationToken));
        var second = Ok(await session.QueryAsync(Query, first.Next, CancellationToken));

        channel.Calls[1].Path.ShouldBe(rest);
        second.Records.ShouldHaveSingleItem();
        second.Next.ShouldBeNull();
    }

    [Theory]
    [InlineData("https://elsewhere.example/services/data/v66.0/query/0r8-2000")]
    [InlineData("//elsewhere.example/services/data/v66.0/query/0r8-2000")]
    [InlineData("/services/data/../../services/oauth2/userinfo")]
    [InlineData("/services/data/v66.0/query/%2e%2e/%2E%2e/sobjects/User")]
    [InlineData("/services/data/v66.0/query/..%2f..%5c../sobjects/User")]
    [InlineData("/services/data/v66.0/query/a b")]
    [InlineData("/services/apexrest/query/0r8-2000")]
    [InlineData("")]
    public async Task A_page_whose_rest_lies_elsewhere_or_nowhere_is_no_answer(string rest)
    {
        var channel = new ScriptedChannel(Answer(Page(rest)));

        var read = await channel.Open().QueryAsync(Query, null, CancellationToken);

        read.Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Unavailable);
    }

    [Theory]
    [InlineData("/services/data/v66.0/query?q=SELECT+Id+FROM+User")]
    [InlineData("/services/data/v66.0/query/x?q=SELECT+Id+FROM+User")]
    [InlineData("/services/data/v66.0/query/")]
    [InlineData("/services/data/v66.0/sobjects/User/005000000000001AAA")]
    [InlineData("0r8xx3d5IQ4z2D1AJ6-2000")]
    public async Task A_cursor_makes_no_other_call_than_for_the_rest_of_a_query(string rest)
    {
        var channel = new ScriptedChannel(Answer(Page("/services/data/v66.0/query/0r8-2000")));
        var session = channel.Open();
        Ok(await session.QueryAsync(Query, null, CancellationToken));
        SalesforcePaths.IsRestOfQuery("/services/data/v66.0/query/0r8-2000").ShouldBeTrue();

        var forged = new QueryCursor(NameOf(Query), "0015500001QdQWaAAN", null, rest, 1).Encode();
        var refused = await session.QueryAsync(Query, forged, CancellationToken);

        refused.Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Invalid);
        channel.Calls.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("MTAwMDA=", "MTAwMDA%3D")]
    [InlineData("a+b/c==:d e", "a%2Bb%2Fc%3D%3D%3Ad%20e")]
    public async Task The_next_page_of_a_job_is_asked_for_by_the_locator_as_it_came(string locator, string escaped)
    {
        var channel = new ScriptedChannel(Rows(locator), Rows("null"));
        var jobs = channel.Open().Jobs!;

        var first = Ok(await jobs.ReadPageAsync(Job, Query, null, record => record, CancellationToken));
        var second = Ok(await jobs.ReadPageAsync(Job, Query, first.Next, record => record, CancellationToken));

        first.Next.ShouldBe(locator);
        channel.Calls[1].Path.ShouldEndWith($"/results?maxRecords=10000&locator={escaped}");
        second.Next.ShouldBeNull();
    }

    [Fact]
    public async Task A_page_of_a_job_that_does_not_say_whether_it_is_the_last_is_no_answer()
    {
        var untold = await new ScriptedChannel(Answer("\"Id\"\n")).Open().Jobs!.ReadPageAsync(Job, Query, null, record => record, CancellationToken);
        var endless = await new ScriptedChannel(Rows(new string('x', 1_025))).Open().Jobs!.ReadPageAsync(Job, Query, null, record => record, CancellationToken);

        untold.Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Unavailable);
        endless.Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Unavailable);
    }

    [Fact]
    public async Task A_page_of_a_job_that_nobody_gave_is_not_asked_for()
    {
        var channel = new ScriptedChannel();

        var refused = await channel.Open().Jobs!.ReadPageAsync(Job, Query, new string('x', 1_025), record => record, CancellationToken);

        refused.Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Invalid);
        channel.Calls.ShouldBeEmpty();
    }

    private static string NameOf(RecordQuery query)
    {
        Liaison.Salesforce.Declaration.SalesforceObject.Of(query.Type).TryGet(out var target, out _).ShouldBeTrue();
        QueryPlan.Of(target!, query).TryGet(out var plan, out _).ShouldBeTrue();
        return plan!.Name;
    }

    private static string Page(string rest) =>
        $$"""{"totalSize":2,"done":false,"nextRecordsUrl":"{{rest}}","records":[{"Id":"0015500001QdQWaAAN"}]}""";

    private static CrmAnswer Rows(string locator) =>
        Answer("\"Id\",\"Email\"\n\"0015500001QdQWaAAN\",\"a@b.example\"\n", new KeyValuePair<string, string>("Sforce-Locator", locator));

    private static T Ok<T>(Result<T> result) =>
        result.TryGet(out var value, out var failure) ? value : throw new ShouldAssertException($"{failure.Kind}: {failure.Message}");
}
