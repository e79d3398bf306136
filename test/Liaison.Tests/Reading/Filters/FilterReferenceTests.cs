using System.Text.RegularExpressions;
using Liaison.Reading.Filters;

namespace Liaison.Tests.Reading.Filters;

/// <summary>Reads docs/reference/filters.md: what the page says of an example is what the engine makes of it.</summary>
public sealed partial class FilterReferenceTests
{
    public static TheoryData<string, string> Examples => [.. Page().Select(line => Row().Match(line))
        .Where(row => row.Success)
        .Select(row => (row.Groups["example"].Value, row.Groups["meaning"].Value))];

    public static TheoryData<string, string> Phrases => [.. Page()
        .SkipWhile(line => !line.StartsWith("| operator", StringComparison.Ordinal))
        .TakeWhile(line => line.StartsWith('|'))
        .Select(line => line.Split('|'))
        .SelectMany(cells => Code().Matches(cells[3]).Select(way => (Code().Match(cells[1]).Groups[1].Value, way.Groups[1].Value)))];

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_is_read_as_the_page_says(string example, string meaning)
    {
        var filter = AFilter.Bound(example);

        FilterPrinter.Print(filter).ShouldBe(meaning);
        AFilter.Bound(meaning).ShouldBe(filter);
    }

    [Fact]
    public void Every_row_of_an_example_table_is_a_test()
    {
        var rows = Page()
            .SkipWhile(line => !line.StartsWith("| example", StringComparison.Ordinal))
            .Count(line => line.StartsWith("| ", StringComparison.Ordinal)
                && !line.StartsWith("| example", StringComparison.Ordinal) && !line.StartsWith("| field", StringComparison.Ordinal));

        Examples.Count.ShouldBe(rows);
    }

    [Fact]
    public void The_first_two_lines_are_the_same_filter()
    {
        var lines = Page().SkipWhile(line => !line.StartsWith("```", StringComparison.Ordinal)).Skip(1).Take(2).ToList();

        AFilter.Bound(lines[0]).ShouldBe(AFilter.Bound(lines[1]));
    }

    [Theory]
    [MemberData(nameof(Phrases))]
    public void Every_way_to_write_an_operator_says_the_same(string known, string phrase)
    {
        var operand = known switch
        {
            "has a value" or "has no value" => "",
            "between" => "2026-05-01 and 2026-05-02",
            "in" or "not in" => "(2026-05-01, 2026-05-02)",
            "in the last" => "3 days",
            _ => "2026-05-01",
        };

        AFilter.Bound($"close date {phrase} {operand}").ShouldBe(AFilter.Bound($"close date {known} {operand}"));
    }

    [Theory]
    [InlineData(10_000, 200, 32)]
    public void The_limits_are_those_of_the_page(int characters, int conditions, int depth)
    {
        string Long(int length) => "city is " + new string('x', length - 8);
        string Many(int number) => string.Join(',', Enumerable.Repeat("city is x", number));
        string Deep(int levels) => string.Concat(Enumerable.Repeat("not ", levels - 1)) + "city is x";

        string.Join('\n', Page()).ShouldContain($"{characters:N0} characters, {conditions} conditions and {depth} levels");
        new[] { Long(characters), Many(conditions), Deep(depth) }.ShouldAllBe(text => FilterParser.Parse(text).Failure == null);
        new[] { Long(characters + 1), Many(conditions + 1), Deep(depth + 1) }.ShouldAllBe(text => FilterParser.Parse(text).Failure != null);
    }

    private static string[] Page() => File.ReadAllLines(RepositoryFile.Find("docs", "reference", "filters.md"));

    /// <summary>A row whose last two cells are code: an example and what it is read as.</summary>
    [GeneratedRegex(@"^\|.*?\| ?`(?<example>[^`]+)` \| `(?<meaning>[^`]+)` \|$|^\| `(?<example>[^`]+)` \| `(?<meaning>[^`]+)` \|$")]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
