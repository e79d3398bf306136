using Liaison.Failures;
using Liaison.Model;
using Liaison.Reading.Filters;

namespace Liaison.Tests.Reading.Filters;

public sealed class FilterLanguageTests
{
    [Theory]
    [InlineData("lead status is New, created in the last 24 hours")]
    [InlineData("lead_status = \"New\" and created >= -24h")]
    [InlineData("Lead Status = 'new' AND Create Date >= -1d")]
    [InlineData("hs_lead_status == NEW and createdate is within the last day")]
    [InlineData("(lead_status is NEW), and (created >= 2026-05-09T12:00:00Z)")]
    [InlineData("lead status is “New”, created since -24h")]
    public void English_and_signs_say_the_same(string text)
    {
        Filtering.Printed(text).ShouldBe("lead_status = \"NEW\" and created >= 2026-05-09T12:00:00Z");
    }

    [Theory]
    [InlineData("employees > 50", "employees > 50")]
    [InlineData("employees is more than 50", "employees > 50")]
    [InlineData("employees at least 50", "employees >= 50")]
    [InlineData("employees is between 50 and 500, name contains Nord", "employees >= 50 and employees <= 500 and name contains \"Nord\"")]
    [InlineData("annual revenue < 1e6", "annual_revenue < 1000000")]
    [InlineData("lead status is not New", "lead_status != \"NEW\"")]
    [InlineData("lead status <> New", "lead_status != \"NEW\"")]
    [InlineData("lead status in (New, On hold)", "lead_status in (\"NEW\", \"ON_HOLD\")")]
    [InlineData("lead status is one of (New)", "lead_status in (\"NEW\")")]
    [InlineData("lead status is not in (New)", "lead_status not in (\"NEW\")")]
    [InlineData("lead status is On hold", "lead_status = \"ON_HOLD\"")]
    [InlineData("lead status is In progress", "lead_status = \"IN_PROGRESS\"")]
    [InlineData("lead status is old", "lead_status = \"OLD\"")]
    [InlineData("email is empty", "email is empty")]
    [InlineData("email has no value", "email is empty")]
    [InlineData("email is not empty", "email has a value")]
    [InlineData("email has a value or name is Ada", "email has a value or name = \"Ada\"")]
    [InlineData("name is Acme Holding GmbH", "name = \"Acme Holding GmbH\"")]
    [InlineData("name is O'Brien", "name = \"O'Brien\"")]
    [InlineData("name in (Research and Development, \"a, b\")", "name in (\"Research and Development\", \"a, b\")")]
    [InlineData("opted_out is yes", "opted_out = true")]
    [InlineData("opted in is false", "opted_out = false")]
    [InlineData("\"Opted in\" is no", "opted_out = false")]
    [InlineData("interests contains beta", "interests contains \"b\"")]
    [InlineData("owner is 81234567", "owner = \"81234567\"")]
    [InlineData("company = 42", "company = \"42\"")]
    [InlineData("call at before 13:00", "call_at < 13:00:00.000Z")]
    [InlineData("close date on 2026-12-31", "close_date = 2026-12-31")]
    [InlineData("close date is on or after today", "close_date >= 2026-05-10")]
    [InlineData("close date in the last 7 days", "close_date >= 2026-05-03 and close_date <= 2026-05-10")]
    [InlineData("close date < +2w", "close_date < 2026-05-24")]
    [InlineData("created before now", "created < 2026-05-10T12:00:00Z")]
    [InlineData("name is a or name is b and email is empty", "name = \"a\" or (name = \"b\" and email is empty)")]
    [InlineData("(name is a or name is b) and email is empty", "(name = \"a\" or name = \"b\") and email is empty")]
    [InlineData("everything", "everything")]
    [InlineData("nothing", "nothing")]
    [InlineData("everything, name is a", "name = \"a\"")]
    public void What_is_written_is_what_is_meant(string text, string meant)
    {
        Filtering.Printed(text).ShouldBe(meant);
    }

    [Theory]
    [InlineData("not lead status is New", "lead_status != \"NEW\"")]
    [InlineData("not (name is a and email is empty)", "name != \"a\" or email has a value")]
    [InlineData("not (name is a or email is empty)", "name != \"a\" and email has a value")]
    [InlineData("not employees < 5", "employees >= 5 or employees is empty")]
    [InlineData("not not name in (a)", "name in (\"a\")")]
    public void Not_passes_exactly_the_other_records(string text, string meant)
    {
        Filtering.Printed(text).ShouldBe(meant);
    }

    [Theory]
    [InlineData("created = 2026-05-01", "created >= 2026-04-30T22:00:00Z and created < 2026-05-01T22:00:00Z")]
    [InlineData("created is not 2026-05-01", "created < 2026-04-30T22:00:00Z or created >= 2026-05-01T22:00:00Z or created is empty")]
    [InlineData("created > 2026-05-01", "created >= 2026-05-01T22:00:00Z")]
    [InlineData("created >= 2026-05-01", "created >= 2026-04-30T22:00:00Z")]
    [InlineData("created < 2026-05-01", "created < 2026-04-30T22:00:00Z")]
    [InlineData("created on or before 2026-05-01", "created < 2026-05-01T22:00:00Z")]
    [InlineData("created between 2026-05-01 and 2026-05-02", "created >= 2026-04-30T22:00:00Z and created < 2026-05-02T22:00:00Z")]
    [InlineData("created after 2026-05-01T08:00", "created > 2026-05-01T06:00:00Z")]
    [InlineData("created is yesterday", "created >= 2026-05-08T22:00:00Z and created < 2026-05-09T22:00:00Z")]
    [InlineData("created = 2026-03-29", "created >= 2026-03-28T23:00:00Z and created < 2026-03-29T22:00:00Z")]
    [InlineData("created <= 9999-12-31", "created < 9999-12-31T23:59:59.9999999Z")]
    public void A_day_is_the_whole_day_of_the_callers_zone(string text, string meant)
    {
        Filtering.Printed(text, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")).ShouldBe(meant);
    }

    [Fact]
    public void An_unknown_field_is_refused_as_a_forbidden_one_is()
    {
        var failure = Filtering.Refused("salary band is high");

        failure.Kind.ShouldBe(FailureKind.NotFound);
        failure.Message.ShouldStartWith("There is no field \"salary band\" on contact for this caller; ");
    }

    [Theory]
    [InlineData("", 1, "a field")]
    [InlineData("lead status", 12, "an operator")]
    [InlineData("lead status is", 15, "a value")]
    [InlineData("lead status is \"New", 16, "no end")]
    [InlineData("(name is a", 11, "\")\"")]
    [InlineData("name is a)", 10, "the end")]
    [InlineData("name is a is b", 11, "before the next condition")]
    [InlineData("employees between 5", 20, "a second value")]
    [InlineData("name in (a b", 13, "\")\"")]
    [InlineData("name is a, , email is b", 12, "a field")]
    [InlineData("employees > many", 13, "85 or 0.5")]
    [InlineData("lead status is Hot", 16, "New, In progress, On hold, Old")]
    [InlineData("created > soon", 11, "-24h")]
    [InlineData("created = \"today\"", 11, "2026-12-31")]
    [InlineData("created in the last 3 months", 21, "minutes, hours, days or weeks")]
    [InlineData("name > 5", 6, "no order")]
    [InlineData("name in the last 3 days", 6, "no time")]
    [InlineData("employees contains 5", 11, "no text")]
    [InlineData("note is x", 6, "marked-up")]
    [InlineData("opted_out is maybe", 14, "true or false")]
    public void A_refusal_says_where_and_what_was_expected(string text, int column, string expected)
    {
        var failure = Filtering.Refused(text);

        failure.Kind.ShouldBe(FailureKind.Invalid);
        failure.Message.ShouldStartWith($"The filter cannot be read at column {column}: ");
        failure.Message.ShouldContain(expected);
    }

    [Fact]
    public void What_no_crm_can_do_alike_is_refused()
    {
        Filtering.Refused("not name contains x").Message.ShouldContain("cannot do alike");
    }

    [Fact]
    public void A_label_that_means_two_fields_is_refused_with_their_names()
    {
        var schema = Schema.ASchema.Of(new("a", "na", "Status", FieldType.Text), new("b", "nb", "Status", FieldType.Text));

        var bound = FilterParser.Parse("status is x").Then(syntax => FilterBinder.Bind(syntax, schema, Filtering.Now, TimeZoneInfo.Utc));

        bound.Failure!.Message.ShouldEndWith("use one of: a, b.");
    }

    [Fact]
    public void The_fields_of_a_filter_are_listed_for_the_policy()
    {
        Filtering.Try("name is a and (employees > 5 or email is empty or name in (b))").TryGet(out var filter, out _);

        FilterFields.Of(filter!).ShouldBe(["name", "employees", "email"]);
    }

    [Fact]
    public void A_filter_without_end_spends_neither_stack_nor_patience()
    {
        Filtering.Refused(new string('(', 5_000)).Message.ShouldContain("deep");
        Filtering.Refused(string.Concat(Enumerable.Repeat("not ", 2_000)) + "x").Message.ShouldContain("deep");
        Filtering.Refused(string.Join(",", Enumerable.Repeat("name is a", 1_000))).Message.ShouldContain("at most 200");
        Filtering.Refused(new string('x', 20_000)).Message.ShouldContain("10000");
    }
}
