using Liaison.Failures;
using Liaison.Model;
using Liaison.Reading.Filters;
using Liaison.Tests.Schema;

namespace Liaison.Tests.Reading.Filters;

/// <summary>Parses and binds in one go against one schema.</summary>
internal static class Filtering
{
    public static readonly DateTimeOffset Now = new(2026, 5, 10, 12, 0, 0, TimeSpan.Zero);

    public static readonly RecordSchema Schema = ASchema.Of(
        new("lead_status", "hs_lead_status", "Lead status", FieldType.Option)
        {
            Options = [new("NEW", "New"), new("IN_PROGRESS", "In progress"), new("ON_HOLD", "On hold"), new("OLD", "Old", Active: false)],
        },
        new("created", "createdate", "Create date", FieldType.Instant),
        new("last_activity", "notes_last_contacted", "Last contacted", FieldType.Instant),
        new("close_date", "closedate", "Close date", FieldType.Date),
        new("employees", "numberofemployees", "Number of employees", FieldType.Number),
        new("annual_revenue", "annualrevenue", "Annual revenue", FieldType.Money),
        new("opted_out", "hs_email_optout", "Opted in", FieldType.Flag),
        new("name", "name", "Name", FieldType.Text),
        new("email", "email", "E-mail", FieldType.Text),
        new("note", "note", "Note", FieldType.RichText),
        new("call_at", "call_at", "Call at", FieldType.TimeOfDay),
        new("interests", "interests", "Interests", FieldType.OptionList) { Options = [new("a", "Alpha"), new("b", "Beta")] },
        new("owner", "hubspot_owner_id", "Owner", FieldType.Option) { OptionsElsewhere = true },
        new("company", "associatedcompanyid", "Company", FieldType.Reference) { References = RecordType.Company });

    public static Result<RecordFilter> Try(string text, TimeZoneInfo? zone = null) =>
        FilterParser.Parse(text).Then(syntax => FilterBinder.Bind(syntax, Schema, Now, zone ?? TimeZoneInfo.Utc));

    public static string Printed(string text, TimeZoneInfo? zone = null)
    {
        Try(text, zone).TryGet(out var filter, out var failure).ShouldBeTrue(failure?.Message);
        return FilterPrinter.Print(filter!);
    }

    public static Failure Refused(string text) => Try(text).Failure.ShouldNotBeNull();
}
