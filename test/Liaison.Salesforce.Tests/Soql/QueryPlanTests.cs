using Liaison.Failures;
using Liaison.Model;
using Liaison.Salesforce.Declaration;
using Liaison.Salesforce.Soql;

namespace Liaison.Salesforce.Tests.Soql;

/// <summary>Statements by section 6 of contracts/salesforce.md.</summary>
public sealed class QueryPlanTests
{
    private static readonly DateTimeOffset Moment = new(2026, 9, 15, 9, 30, 15, 250, TimeSpan.Zero);

    [Fact]
    public void A_statement_asks_for_what_tells_who_a_row_is_and_for_the_wanted_fields() =>
        Text(Statements.PlanOf(RecordFilter.Everything)).ShouldBe("SELECT Id, CreatedDate, LastModifiedDate, SystemModstamp, Name FROM Account ORDER BY Id");

    [Fact]
    public void A_small_page_is_limited_and_goes_on_behind_the_last_record()
    {
        var plan = Statements.PlanOf(RecordFilter.Everything, pageSize: 5);

        Text(plan, new("q", "001000000000001AAA", null, null, 5)).ShouldEndWith("WHERE Id > '001000000000001AAA' ORDER BY Id LIMIT 5");
    }

    [Fact]
    public void An_order_by_time_goes_on_among_records_of_one_time()
    {
        var plan = Statements.PlanOf(RecordFilter.Everything, new(FieldNames.Created, Descending: true), 5);

        Text(plan, new("q", "001000000000001AAA", Moment, null, 5)).ShouldEndWith(
            "WHERE (CreatedDate < 2026-09-15T09:30:15Z OR (CreatedDate = 2026-09-15T09:30:15Z AND Id < '001000000000001AAA')) ORDER BY CreatedDate DESC, Id DESC LIMIT 5");
    }

    [Fact]
    public void An_order_by_anything_else_is_counted_off()
    {
        var plan = Statements.PlanOf(RecordFilter.Everything, new(FieldNames.Name), 5);

        Text(plan, new("q", "001000000000001AAA", null, null, 10)).ShouldEndWith("FROM Account ORDER BY Name, Id LIMIT 5 OFFSET 10");
    }

    [Fact]
    public void A_call_is_a_task_that_says_so_and_a_task_is_none()
    {
        Text(Statements.PlanOf(RecordFilter.Everything, type: RecordType.Call)).ShouldContain("FROM Task WHERE TaskSubtype = 'Call'");
        Text(Statements.PlanOf(RecordFilter.Everything, type: RecordType.Task)).ShouldContain("FROM Task WHERE TaskSubtype != 'Call'");
    }

    [Theory]
    [InlineData(Comparison.Equal, "(T__c >= 2026-09-15T09:30:15Z AND T__c < 2026-09-15T09:30:16Z)")]
    [InlineData(Comparison.Less, "T__c <= 2026-09-15T09:30:15Z")]
    [InlineData(Comparison.LessOrEqual, "T__c <= 2026-09-15T09:30:15Z")]
    [InlineData(Comparison.Greater, "T__c > 2026-09-15T09:30:15Z")]
    [InlineData(Comparison.GreaterOrEqual, "T__c > 2026-09-15T09:30:15Z")]
    public void A_time_between_two_seconds_is_set_against_whole_ones(Comparison by, string expected) =>
        Where(new RecordFilter.Compare("T__c", by, new FieldValue.Instant(Moment))).ShouldBe(expected);

    [Fact]
    public void Values_are_printed_by_their_type()
    {
        Where(Equal("N__c", new FieldValue.Number(1.50m))).ShouldBe("N__c = 1.50");
        Where(Equal("N__c", new FieldValue.Money(5_000_000m, "EUR"))).ShouldBe("N__c = 5000000");
        Where(Equal("D__c", new FieldValue.Date(new(2026, 2, 3)))).ShouldBe("D__c = 2026-02-03");
        Where(Equal("F__c", new FieldValue.Flag(true))).ShouldBe("F__c = true");
        Where(new RecordFilter.Compare("F__c", Comparison.NotEqual, new FieldValue.Flag(true))).ShouldBe("F__c != true");
        Where(Equal("T__c", new FieldValue.TimeOfDay(new(13, 0)))).ShouldBe("T__c = 13:00:00.000Z");
        Where(Equal("OwnerId", new FieldValue.Reference(new("user"), "005dM00000awSFJ"))).ShouldBe("OwnerId = '005dM00000awSFJQA2'");
        Where(new RecordFilter.Compare("N__c", Comparison.NotEqual, new FieldValue.Number(1))).ShouldBe("(N__c != 1 OR N__c = null)");
        Where(new RecordFilter.OneOf("N__c", [new FieldValue.Number(1), FieldValue.Empty])).ShouldBe("(N__c IN (1) OR N__c = null)");
        Where(new RecordFilter.OneOf("N__c", [new FieldValue.Number(1), FieldValue.Empty], Negated: true)).ShouldBe("(N__c NOT IN (1) AND N__c != null)");
    }

    [Fact]
    public void What_no_record_passes_is_known_without_asking()
    {
        Statements.PlanOf(new RecordFilter.Any([])).Condition.ShouldBe(SoqlCondition.Nothing);
        Statements.PlanOf(new RecordFilter.All([new RecordFilter.Any([]), new RecordFilter.HasValue("name")])).Condition.ShouldBe(SoqlCondition.Nothing);
        Statements.PlanOf(new RecordFilter.Any([new RecordFilter.All([]), new RecordFilter.HasValue("name")])).Condition.ShouldBe(SoqlCondition.Everything);
    }

    [Fact]
    public void An_id_that_is_none_and_a_text_past_the_limit_are_refused()
    {
        Refusal(Equal("OwnerId", new FieldValue.Reference(new("user"), "not an id"))).ShouldBe(FailureKind.Invalid);
        Refusal(Equal("name", new FieldValue.Text(new string('x', 4_000)))).ShouldBe(FailureKind.Invalid);
    }

    [Fact]
    public void A_cursor_is_good_for_its_own_query_alone()
    {
        var plan = Statements.PlanOf(RecordFilter.Everything);
        var other = Statements.PlanOf(new RecordFilter.HasValue("name"));
        var cursor = new QueryCursor(plan.Name, "001000000000001AAA", Moment, "/services/data/v66.0/query/0r8xx3d5IQ4z2D1AJ6-2000", 2000).Encode();

        QueryCursor.Decode(cursor, plan.Name).ShouldBe(new(plan.Name, "001000000000001AAA", Moment, "/services/data/v66.0/query/0r8xx3d5IQ4z2D1AJ6-2000", 2000));
        QueryCursor.Decode(cursor, other.Name).ShouldBeNull();
        QueryCursor.Decode(new QueryCursor(plan.Name, "001000000000001AAA", null, "/services/data/v66.0/query/../../sobjects/User", 1).Encode(), plan.Name).ShouldBeNull();
    }

    private static RecordFilter.Compare Equal(string field, FieldValue value) => new(field, Comparison.Equal, value);

    private static string Where(RecordFilter filter) => ((SoqlCondition.Term)Statements.PlanOf(filter).Condition).Soql;

    private static string Text(QueryPlan plan, QueryCursor? after = null)
    {
        Statements.Parse(plan, after);
        return plan.Statement(after, plan.Fields);
    }

    private static FailureKind? Refusal(RecordFilter filter)
    {
        SalesforceObject.Of(RecordType.Company).TryGet(out var target, out _).ShouldBeTrue();
        return QueryPlan.Of(target!, new RecordQuery(RecordType.Company, [], filter)).Failure?.Kind;
    }
}
