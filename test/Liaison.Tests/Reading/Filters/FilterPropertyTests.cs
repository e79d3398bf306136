using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Liaison.Model;
using Liaison.Reading.Filters;

namespace Liaison.Tests.Reading.Filters;

public sealed class FilterPropertyTests
{
    private static readonly Gen<string> Texts =
        Gen.OneOf(
            ArbMap.Default.GeneratorFor<string>().Where(text => !string.IsNullOrEmpty(text)),
            Gen.Elements("\"", "\\", "\\\"", "a\" or \"b", "and", "x, y", "(", "O'Brien", "\u201Dq", "now", "is empty"));

    private static readonly Gen<DateTimeOffset> Instants =
        from seconds in Gen.Choose(0, int.MaxValue)
        select DateTimeOffset.FromUnixTimeSeconds(seconds);

    private static readonly Gen<Comparison> Orders =
        Gen.Elements(Comparison.Equal, Comparison.NotEqual, Comparison.Less, Comparison.LessOrEqual, Comparison.Greater, Comparison.GreaterOrEqual);

    private static readonly Gen<Comparison> Equalities = Gen.Elements(Comparison.Equal, Comparison.NotEqual);

    private static readonly Gen<FieldValue> Choices =
        Gen.Elements<FieldValue>(new FieldValue.Option("NEW", "New"), new FieldValue.Option("OLD", "Old"), new FieldValue.Option("ON_HOLD", "On hold"));

    private static readonly Gen<RecordFilter> Leaves = Gen.OneOf(
        Compare("name", Gen.Elements(Comparison.Equal, Comparison.NotEqual, Comparison.Contains), Texts.Select(text => (FieldValue)new FieldValue.Text(text))),
        Compare("employees", Orders, ArbMap.Default.GeneratorFor<int>().Select(number => (FieldValue)new FieldValue.Number(number / 100m))),
        Compare("created", Orders, Instants.Select(instant => (FieldValue)new FieldValue.Instant(instant))),
        Compare("close_date", Orders, Instants.Select(instant => (FieldValue)new FieldValue.Date(DateOnly.FromDateTime(instant.DateTime)))),
        Compare("opted_out", Equalities, Gen.Elements<FieldValue>(new FieldValue.Flag(true), new FieldValue.Flag(false))),
        Compare("lead_status", Equalities, Choices),
        Compare("company", Equalities, Texts.Select(text => (FieldValue)new FieldValue.Reference(RecordType.Company, text))),
        from values in Choices.NonEmptyListOf()
        from negated in ArbMap.Default.GeneratorFor<bool>()
        select (RecordFilter)new RecordFilter.OneOf("lead_status", [.. values.Distinct()], negated),
        from field in Gen.Elements("email", "created", "note")
        from negated in ArbMap.Default.GeneratorFor<bool>()
        select (RecordFilter)new RecordFilter.HasValue(field, negated));

    [Fact]
    public void What_is_printed_reads_back_as_the_same_filter()
    {
        var filters = Gen.Sized(size => Tree(Math.Min(3, size)));

        Prop.ForAll(filters.ToArbitrary(), filter =>
        {
            var printed = FilterPrinter.Print(filter);
            return Filtering.Try(printed).TryGet(out var back, out _) && Same(filter, back);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_hostile_text_between_quotation_marks_stays_one_value()
    {
        var hostile = JsonSerializer.Deserialize<string[]>(File.ReadAllText(SharedData.Path("naughty-strings/blns.json")))!;

        foreach (var text in hostile.Where(text => text.Length > 0))
        {
            var value = new FieldValue.Text(text);
            var printed = FilterPrinter.Print(
                new RecordFilter.All([new RecordFilter.Compare("name", Comparison.Equal, value), new RecordFilter.OneOf("email", [value, new FieldValue.Text("x")])]));

            Filtering.Try(printed).TryGet(out var filter, out var failure).ShouldBeTrue(failure?.Message);

            var all = filter.ShouldBeOfType<RecordFilter.All>();
            all.Parts[0].ShouldBe(new RecordFilter.Compare("name", Comparison.Equal, value));
            all.Parts[1].ShouldBeOfType<RecordFilter.OneOf>().Values.ShouldBe([value, new FieldValue.Text("x")]);
        }
    }

    [Fact]
    public void A_hostile_text_in_place_of_a_filter_is_read_or_refused_and_never_thrown()
    {
        var hostile = JsonSerializer.Deserialize<string[]>(File.ReadAllText(SharedData.Path("naughty-strings/blns.json")))!;

        foreach (var text in hostile)
        {
            Should.NotThrow(() => Filtering.Try(text));
            Should.NotThrow(() => Filtering.Try("name is " + text));
            Should.NotThrow(() => Filtering.Try(text + " is x"));
        }
    }

    private static Gen<RecordFilter> Compare(string field, Gen<Comparison> comparisons, Gen<FieldValue> values) =>
        from comparison in comparisons from value in values select (RecordFilter)new RecordFilter.Compare(field, comparison, value);

    // Alternating, as binding makes them: an "and" directly within an "and" is one "and".
    private static Gen<RecordFilter> Tree(int depth, bool? inAll = null)
    {
        if (depth == 0)
        {
            return Leaves;
        }

        var all = Parts(depth, true).Select(parts => (RecordFilter)new RecordFilter.All(parts));
        var any = Parts(depth, false).Select(parts => (RecordFilter)new RecordFilter.Any(parts));
        return inAll switch
        {
            true => Gen.OneOf(Leaves, any),
            false => Gen.OneOf(Leaves, all),
            null => Gen.OneOf(Leaves, any, all),
        };
    }

    private static Gen<List<RecordFilter>> Parts(int depth, bool all) =>
        Tree(depth - 1, all).ListOf(3).Select(parts => parts.DistinctBy(FilterPrinter.Print).ToList()).Where(parts => parts.Count >= 2);

    private static bool Same(RecordFilter left, RecordFilter? right) => (left, right) switch
    {
        (RecordFilter.All a, RecordFilter.All b) => a.Parts.Count == b.Parts.Count && a.Parts.Zip(b.Parts).All(pair => Same(pair.First, pair.Second)),
        (RecordFilter.Any a, RecordFilter.Any b) => a.Parts.Count == b.Parts.Count && a.Parts.Zip(b.Parts).All(pair => Same(pair.First, pair.Second)),
        (RecordFilter.OneOf a, RecordFilter.OneOf b) => a.Field == b.Field && a.Negated == b.Negated && a.Values.SequenceEqual(b.Values),
        _ => left.Equals(right),
    };
}
