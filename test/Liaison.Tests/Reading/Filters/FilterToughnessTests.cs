using FsCheck;
using FsCheck.Fluent;
using Liaison.Model;
using Liaison.Reading.Filters;

namespace Liaison.Tests.Reading.Filters;

public sealed class FilterToughnessTests
{
    [Fact]
    public void Fragments_of_the_language_in_any_order_are_read_or_refused_and_never_throw()
    {
        var fragments = Gen.Elements(
            "lead status", "city", "created", "page_views", "close_date", "is", "not", "in", "(", ")", ",", "and", "or", "between", "the", "last", "has", "a", "value",
            "no", ">=", "<", "!", "=", "\"", "'", "\\", "24", "-24h", "-", "+999999w", "hours", "now", "2026-05-01", "New", "everything", "on", "after", "before", "\u202E", "\uD800",
            "contains", "empty", "of", "one");
        var texts = fragments.ListOf().Select(words => string.Join(' ', words));

        Prop.ForAll(texts.ToArbitrary(), text => (AFilter.Read(text).Failure?.Message.Length ?? 0) < 500)
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_quoted_text_that_reads_like_the_language_stays_one_value()
    {
        var fragments = Gen.Elements(
            "\"", "'", "\\", "\\\"", ")", "(", ",", " and ", " or ", " not ", " is ", "=", "everything", "in (", "-24h", "now", "\n", "\u0000", "“", "’", "x");
        var texts = fragments.NonEmptyListOf().Select(string.Concat);

        Prop.ForAll(texts.ToArbitrary(), text => AFilter.Same(
            AFilter.Bound($"page_views > 1 and {FilterPrinter.Print(AFilter.Compare("city", Comparison.Equal, AFilter.Text(text)))}"),
            AFilter.All(
                AFilter.Compare("page_views", Comparison.Greater, new FieldValue.Number(1)),
                AFilter.Compare("city", Comparison.Equal, AFilter.Text(text))))).QuickCheckThrowOnFailure();
    }
}
