using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Liaison.Model;
using Liaison.Normalization;
using Liaison.Reading.Filters;
using Liaison.Testing.Connectors;

namespace Liaison.Tests.Reading.Filters;

public sealed class FilterEvaluationTests
{
    // Words as people write them, none of which begins another or reads as a number or time: what such a text is to a CRM's
    // comparison is its own affair.
    private static readonly string[] Words = ["Oslo", "Bergen", "acme", "Ünal", "ljubljana", "Tromsø"];

    private static readonly Gen<FieldValue> Texts = Gen.OneOf(
        Gen.Elements(Words),
        Gen.Elements(Words).Select(word => word.ToUpperInvariant()),
        Gen.Elements(Words).ListOf(2).Select(words => string.Join(' ', words)))
        .Select(text => (FieldValue)new FieldValue.Text(text));

    private static readonly Gen<FieldValue> Beginnings =
        from word in Gen.Elements(Words) from length in Gen.Choose(2, 4) select (FieldValue)new FieldValue.Text(word[..length]);

    private static readonly Gen<FieldValue> Numbers = Gen.Choose(-3, 3).Select(number => (FieldValue)new FieldValue.Number(number / 2m));
    private static readonly Gen<FieldValue> Sums = Gen.Choose(-3, 3).Select(number => (FieldValue)new FieldValue.Money(number, "EUR"));

    private static readonly Gen<FieldValue> Instants =
        Gen.Choose(0, 3).Select(hours => (FieldValue)new FieldValue.Instant(AFilter.Now.AddHours(hours)));

    private static readonly Gen<FieldValue> Days =
        Gen.Choose(1, 4).Select(day => (FieldValue)new FieldValue.Date(new DateOnly(2026, 5, day)));

    private static readonly Gen<FieldValue> Times =
        Gen.Choose(8, 11).Select(hour => (FieldValue)new FieldValue.TimeOfDay(new TimeOnly(hour, 0)));

    private static readonly Gen<FieldValue> Flags = Gen.Elements<FieldValue>(new FieldValue.Flag(true), new FieldValue.Flag(false));
    private static readonly Gen<FieldValue> Choices = Gen.Elements("NEW", "OPEN", "IN_PROGRESS").Select(value => (FieldValue)new FieldValue.Option(value, value + " label"));
    private static readonly Gen<FieldValue> Ids = Gen.Choose(1, 3).Select(id => (FieldValue)new FieldValue.Reference(new RecordType("user"), $"user-{id}-x"));

    private static readonly Dictionary<string, Gen<FieldValue>> Values = new()
    {
        ["city"] = Texts, ["page_views"] = Numbers, ["amount"] = Sums, ["last_activity"] = Instants, ["close_date"] = Days, ["call_time"] = Times,
        ["opted_out"] = Flags, ["lead_status"] = Choices, ["owner"] = Ids,
    };

    private static readonly Comparison[] Orders =
        [Comparison.Equal, Comparison.NotEqual, Comparison.Less, Comparison.LessOrEqual, Comparison.Greater, Comparison.GreaterOrEqual];

    private static readonly Comparison[] Equalities = [Comparison.Equal, Comparison.NotEqual];

    private static readonly Gen<RecordFilter> Leaves = Gen.OneOf(
    [
        .. new[] { "page_views", "amount", "last_activity", "close_date", "call_time" }.Select(field => Compare(field, Orders, Filtered(field))),
        .. new[] { "city", "opted_out", "lead_status", "owner" }.Select(field => Compare(field, Equalities, Values[field])),
        Compare("city", [Comparison.Contains], Beginnings),
        from field in Gen.Elements<string>([.. Values.Keys]) from negated in Flag() select (RecordFilter)new RecordFilter.HasValue(field, negated),
        from values in Choices.NonEmptyListOf() from negated in Flag() select (RecordFilter)new RecordFilter.OneOf("lead_status", [.. values], negated),
    ]);

    private static readonly Gen<Dictionary<string, FieldValue>> Records = Values.Aggregate(
        Gen.Constant(new Dictionary<string, FieldValue>()),
        (records, field) =>
            from record in records
            from value in Gen.Frequency((4, field.Value), (1, Gen.Constant(FieldValue.Empty)))
            select new Dictionary<string, FieldValue>(record) { [field.Key] = value });

    [Fact]
    public void A_record_passes_where_the_in_memory_CRM_lets_it_pass()
    {
        var filters = Gen.Sized(size => Tree(Math.Min(3, size)));
        var cases = from record in Records from filter in filters select (record, filter);
        var judge = new InMemoryFilter(AFilter.Schema);

        Prop.ForAll(cases.ToArbitrary(), given =>
            FilterEvaluation.Holds(given.filter, given.record.GetValueOrDefault) == judge.Passes(Stored(given.record), given.filter))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    [Theory]
    [InlineData("city is oslo", true)]
    [InlineData("city is not Bergen", true)]
    [InlineData("name is not Bergen", true)]
    [InlineData("name is empty", true)]
    [InlineData("page_views > 9", true)]
    [InlineData("page_views between 1 and 9", false)]
    [InlineData("amount >= 5000.50", true)]
    [InlineData("not amount > 1", false)]
    [InlineData("description contains pric", true)]
    [InlineData("description contains script", false)]
    [InlineData("description contains 'PRICE list'", true)]
    [InlineData("interests contains Golf", true)]
    [InlineData("interests is golf", false)]
    [InlineData("interests contains 'Opera, classical'", true)]
    [InlineData("lead status in (New, Open deal)", true)]
    [InlineData("created in the last 24 hours", true)]
    [InlineData("close date < today", true)]
    [InlineData("everything", true)]
    [InlineData("nothing", false)]
    public void A_filter_means_what_its_page_says(string filter, bool passes) =>
        FilterEvaluation.Holds(AFilter.Bound(filter), Sample).ShouldBe(passes);

    [Theory]
    [InlineData("call time before 13:00", null)]
    [InlineData("not call time before 13:00", null)]
    [InlineData("call time has a value", null)]
    [InlineData("call time before 13:00 and city is Oslo", null)]
    [InlineData("call time before 13:00 and city is Bergen", false)]
    [InlineData("call time before 13:00 or city is Oslo", true)]
    [InlineData("call time before 13:00 or city is Bergen", null)]
    [InlineData("last_activity before now", null)]
    [InlineData("last_activity has a value", true)]
    public void What_was_not_read_or_does_not_read_leaves_the_answer_open_only_where_it_decides(string filter, bool? passes) =>
        FilterEvaluation.Holds(AFilter.Bound(filter), Sample).ShouldBe(passes);

    private static FieldValue? Sample(string field) => field switch
    {
        "city" => new FieldValue.Text("Oslo"),
        "name" => FieldValue.Empty,
        "page_views" => new FieldValue.Number(10),
        "amount" => new FieldValue.Money(5_000.50m, "EUR"),
        "description" => new FieldValue.RichText("<p>The price&nbsp;list</p><script>x</script>"),
        "interests" => new FieldValue.OptionList([new FieldValue.Option("golf", "Golf"), new FieldValue.Option("opera", "Opera, classical")]),
        "lead_status" => new FieldValue.Option("OPEN", "Open deal"),
        "created" => new FieldValue.Instant(AFilter.Now.AddHours(-1)),
        "close_date" => new FieldValue.Date(new DateOnly(2026, 5, 5)),
        "last_activity" => new FieldValue.Unreadable("soon", "It is no time."),
        _ => null,
    };

    private static InMemoryRecord Stored(Dictionary<string, FieldValue> values)
    {
        var record = new InMemoryRecord(1, AFilter.Now);
        record.Set(values.ToDictionary(pair => AFilter.Schema.Find(pair.Key)!.NativeName, pair => TextOf(pair.Value)));
        return record;
    }

    // As a CRM stores them; what people read would be labels.
    private static string TextOf(FieldValue value) => value switch
    {
        FieldValue.Option option => option.Value,
        FieldValue.Money money => money.Amount.ToString(CultureInfo.InvariantCulture),
        _ => ValueText.Of(value),
    };

    private static Gen<FieldValue> Filtered(string field) => field == "amount" ? Numbers : Values[field];

    private static Gen<bool> Flag() => ArbMap.Default.GeneratorFor<bool>();

    private static Gen<RecordFilter> Compare(string field, Comparison[] comparisons, Gen<FieldValue> values) =>
        from comparison in Gen.Elements(comparisons) from value in values select (RecordFilter)new RecordFilter.Compare(field, comparison, value);

    private static Gen<RecordFilter> Tree(int depth) => depth == 0
        ? Leaves
        : Gen.OneOf(
            Leaves,
            Tree(depth - 1).ListOf(3).Select(parts => (RecordFilter)new RecordFilter.All([.. parts])),
            Tree(depth - 1).ListOf(3).Select(parts => (RecordFilter)new RecordFilter.Any([.. parts])));
}
