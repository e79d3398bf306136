using Liaison.Failures;
using Liaison.Model;
using Liaison.Reading.Filters;
using Liaison.Tests.Schema;

namespace Liaison.Tests.Reading.Filters;

/// <summary>Reads filters against one schema that has a field of every type.</summary>
internal static class AFilter
{
    public static readonly DateTimeOffset Now = new(2026, 5, 6, 10, 30, 0, TimeSpan.Zero);

    public static readonly RecordSchema Schema = ASchema.Of(
        Field("lead_status", "hs_lead_status", FieldType.Option) with
        {
            Options =
            [
                new("NEW", "New"), new("OPEN", "Open deal"), new("IN_PROGRESS", "In progress"), new("OLD", "Long gone", Active: false),
            ],
        },
        Field("created", "createdate", FieldType.Instant),
        Field("last_activity", "notes_last_updated", FieldType.Instant),
        Field("city", "city", FieldType.Text),
        Field("name", "fullname", FieldType.Text),
        Field("description", "about", FieldType.RichText),
        Field("page_views", "hs_analytics_num_page_views", FieldType.Number),
        Field("amount", "amount", FieldType.Money),
        Field("opted_out", "hs_email_optout", FieldType.Flag),
        Field("close_date", "closedate", FieldType.Date),
        Field("call_time", "Call_Time__c", FieldType.TimeOfDay),
        Field("owner", "hubspot_owner_id", FieldType.Reference),
        Field("interests", "interests", FieldType.OptionList) with { Options = [new("golf", "Golf"), new("opera", "Opera, classical")] },
        Field("team", "team", FieldType.Option) with { OptionsElsewhere = true },
        Field("not", "not", FieldType.Text),
        Field("Odd name (old)", "Odd name (old)", FieldType.Text));

    public static RecordFilter Bound(string text, RecordSchema? schema = null) =>
        Read(text, schema).TryGet(out var filter, out var failure)
            ? filter
            : throw new InvalidOperationException($"{text}: {failure.Message}");

    public static Result<RecordFilter> Read(string text, RecordSchema? schema = null) =>
        FilterParser.Parse(text).Then(syntax => FilterBinder.Bind(syntax, schema ?? Schema, Now, TimeZoneInfo.Utc));

    public static RecordFilter.Compare Compare(string field, Comparison by, FieldValue value) => new(field, by, value);

    public static RecordFilter All(params RecordFilter[] parts) => new RecordFilter.All(parts);

    public static FieldValue Text(string text) => new FieldValue.Text(text);

    /// <summary>Whether two filters are the same to the last part; records compare lists by reference.</summary>
    public static bool Same(RecordFilter one, RecordFilter other) => (one, other) switch
    {
        (RecordFilter.All a, RecordFilter.All b) => Same(a.Parts, b.Parts),
        (RecordFilter.Any a, RecordFilter.Any b) => Same(a.Parts, b.Parts),
        (RecordFilter.OneOf a, RecordFilter.OneOf b) =>
            a.Field == b.Field && a.Negated == b.Negated && a.Values.SequenceEqual(b.Values),
        _ => one.Equals(other),
    };

    public static void ShouldBe(this RecordFilter read, RecordFilter expected) =>
        Same(read, expected).ShouldBeTrue($"{FilterPrinter.Print(read)} was read, and expected was {FilterPrinter.Print(expected)}");

    private static bool Same(IReadOnlyList<RecordFilter> one, IReadOnlyList<RecordFilter> other) =>
        one.Count == other.Count && one.Zip(other).All(pair => Same(pair.First, pair.Second));

    private static FieldDefinition Field(string name, string nativeName, FieldType type) => new(name, nativeName, name, type);
}
