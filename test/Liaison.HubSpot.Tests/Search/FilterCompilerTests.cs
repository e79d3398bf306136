using Liaison.Failures;
using Liaison.HubSpot.Search;
using Liaison.Model;

namespace Liaison.HubSpot.Tests.Search;

public sealed class FilterCompilerTests
{
    private static readonly FilterCompiler Compiler = new(name => $"native_{name}");

    [Fact]
    public void A_comparison_is_one_condition() =>
        Groups(Is("a", "1")).ShouldBe("native_a EQ 1");

    [Fact]
    public void Another_value_or_nothing_takes_two_alternatives() =>
        Groups(IsNot("a", "1")).ShouldBe("native_a NEQ 1 | native_a NOT_HAS_PROPERTY");

    [Fact]
    public void Two_exclusions_of_one_field_share_their_emptiness() =>
        Groups(All(IsNot("a", "1"), IsNot("a", "2"))).ShouldBe("native_a NEQ 1 & native_a NEQ 2 | native_a NOT_HAS_PROPERTY");

    [Fact]
    public void Beside_a_value_that_must_be_there_emptiness_drops_out() =>
        Groups(All(new RecordFilter.HasValue("a"), IsNot("a", "1"))).ShouldBe("native_a HAS_PROPERTY & native_a NEQ 1");

    [Fact]
    public void Alternatives_inside_a_conjunction_are_distributed() =>
        Groups(All(Is("a", "1"), Any(Is("b", "2"), Is("c", "3"))))
            .ShouldBe("native_a EQ 1 & native_b EQ 2 | native_a EQ 1 & native_c EQ 3");

    [Fact]
    public void A_condition_that_asks_for_more_than_its_alternative_drops_out() =>
        Groups(Any(Is("a", "1"), All(Is("a", "1"), Is("b", "2")))).ShouldBe("native_a EQ 1");

    [Fact]
    public void Everything_is_one_group_without_conditions() => Compile(RecordFilter.Everything).Groups.ShouldHaveSingleItem().ShouldBeEmpty();

    [Fact]
    public void Nothing_is_no_group() => Compile(All(Is("a", "1"), Any())).Groups.ShouldBeEmpty();

    [Fact]
    public void What_excludes_itself_is_nothing() =>
        Compile(All(Is("a", "1"), new RecordFilter.HasValue("a", Negated: true))).Groups.ShouldBeEmpty();

    [Fact]
    public void Text_in_a_list_goes_in_lower_case_and_options_keep_theirs()
    {
        Groups(new RecordFilter.OneOf("a", [Text("Ada"), Text("BOB")])).ShouldBe("native_a IN ada,bob");
        Groups(new RecordFilter.OneOf("a", [new FieldValue.Option("NEW", "New"), new FieldValue.Option("OPEN", "Open")]))
            .ShouldBe("native_a IN NEW,OPEN");
    }

    [Fact]
    public void A_list_knows_emptiness()
    {
        Groups(new RecordFilter.OneOf("a", [Text("x"), FieldValue.Empty])).ShouldBe("native_a IN x | native_a NOT_HAS_PROPERTY");
        Groups(new RecordFilter.OneOf("a", [Text("x"), FieldValue.Empty], Negated: true)).ShouldBe("native_a NOT_IN x & native_a HAS_PROPERTY");
        Groups(new RecordFilter.OneOf("a", [Text("x")], Negated: true)).ShouldBe("native_a NOT_IN x | native_a NOT_HAS_PROPERTY");
    }

    [Fact]
    public void Values_are_encoded_as_the_search_takes_them()
    {
        Groups(By("a", Comparison.GreaterOrEqual, new FieldValue.Instant(DateTimeOffset.FromUnixTimeMilliseconds(1_773_300_000_000))))
            .ShouldBe("native_a GTE 1773300000000");
        Groups(By("a", Comparison.Less, new FieldValue.Date(new DateOnly(2026, 12, 31)))).ShouldBe("native_a LT 2026-12-31");
        Groups(By("a", Comparison.Greater, new FieldValue.Number(1234.5m))).ShouldBe("native_a GT 1234.5");
        Groups(By("a", Comparison.Equal, new FieldValue.Flag(true))).ShouldBe("native_a EQ true");
        Groups(By("a", Comparison.Equal, new FieldValue.Reference(new("user"), "76000002"))).ShouldBe("native_a EQ 76000002");
    }

    [Fact]
    public void A_word_matches_by_its_beginning_and_the_callers_stars_do_not_count()
    {
        Groups(By("a", Comparison.Contains, Text("acm"))).ShouldBe("native_a CONTAINS_TOKEN acm*");
        Groups(By("a", Comparison.Contains, Text("*acm* co*"))).ShouldBe("native_a CONTAINS_TOKEN acm* & native_a CONTAINS_TOKEN co*");
        Refusal(By("a", Comparison.Contains, Text("***"))).Kind.ShouldBe(FailureKind.Invalid);
    }

    [Fact]
    public void The_condition_of_the_paging_counts()
    {
        Compiler.Compile(All([.. Fields(5)]), reserved: 1).Failure.ShouldBeNull();
        Compiler.Compile(All([.. Fields(6)]), reserved: 1).Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Unsupported);
        Compiler.Compile(All([.. Fields(6)]), reserved: 0).Failure.ShouldBeNull();
    }

    [Fact]
    public void More_than_five_alternatives_are_refused_in_one_sentence()
    {
        Compiler.Compile(Any([.. Fields(5)]), reserved: 1).Failure.ShouldBeNull();

        var refused = Compiler.Compile(Any([.. Fields(6)]), reserved: 1).Failure.ShouldNotBeNull();

        refused.Kind.ShouldBe(FailureKind.Unsupported);
        refused.Message.ShouldEndWith(".");
    }

    [Fact]
    public void More_than_eighteen_conditions_in_all_are_refused()
    {
        RecordFilter Group(int number) => All([.. Fields(4, number * 10)]);

        Compiler.Compile(Any(Group(1), Group(2), Group(3)), reserved: 1).Failure.ShouldBeNull();
        Compiler.Compile(Any(Group(1), Group(2), Group(3), Group(4)), reserved: 1).Failure.ShouldNotBeNull();
    }

    [Fact]
    public void A_filter_that_would_explode_is_refused_at_once()
    {
        var pairs = Enumerable.Range(0, 40).Select(number => Any(Is($"a{number}", "1"), Is($"b{number}", "2")));

        Refusal(All([.. pairs])).Kind.ShouldBe(FailureKind.Unsupported);
    }

    [Fact]
    public void A_value_that_cannot_be_compared_names_its_field() =>
        Refusal(By("a", Comparison.Equal, new FieldValue.TimeOfDay(new TimeOnly(1, 2)))).Field.ShouldBe("a");

    private static IEnumerable<RecordFilter> Fields(int count, int first = 0) =>
        Enumerable.Range(first, count).Select(number => Is($"f{number}", "x"));

    private static RecordFilter.Compare Is(string field, string value) => By(field, Comparison.Equal, Text(value));

    private static RecordFilter.Compare IsNot(string field, string value) => By(field, Comparison.NotEqual, Text(value));

    private static RecordFilter.Compare By(string field, Comparison by, FieldValue value) => new(field, by, value);

    private static RecordFilter.All All(params RecordFilter[] parts) => new(parts);

    private static RecordFilter.Any Any(params RecordFilter[] parts) => new(parts);

    private static FieldValue.Text Text(string value) => new(value);

    private static FilterGroups Compile(RecordFilter filter) =>
        Compiler.Compile(filter, reserved: 1).TryGet(out var groups, out var refused) ? groups : throw new ShouldAssertException(refused.Message);

    private static Failure Refusal(RecordFilter filter) => Compiler.Compile(filter, reserved: 1).Failure.ShouldNotBeNull();

    private static string Groups(RecordFilter filter) => string.Join(" | ", Compile(filter).Groups.Select(group => string.Join(
        " & ", group.Select(one => string.Join(' ', new[] { one.PropertyName, one.Operator, one.Value ?? (one.Values is { } list ? string.Join(',', list) : null) }
            .OfType<string>())))));
}
