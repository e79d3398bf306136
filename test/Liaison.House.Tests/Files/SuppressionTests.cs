using System.Text.RegularExpressions;

namespace Liaison.House.Tests.Files;

/// <summary>A rule that needs a tenth suppression is turned off or obeyed, and each of the nine says why.</summary>
public sealed partial class SuppressionTests
{
    private const int MostOfOneRule = 9;

    [Fact]
    public void Every_suppression_has_its_reason() => SourceFile.Code.SelectMany(WithoutReason).ShouldBeEmpty();

    [Fact]
    public void No_rule_is_suppressed_ten_times() => TooOften(SourceFile.Code).ShouldBeEmpty();

    [Fact]
    public void A_suppression_without_a_reason_is_named()
    {
        var file = Of("x = 1;", "#pragma" + " warning disable CA0001", "// Because.", "#pragma" + " warning disable CA0001", "#pragma" + " warning disable CA0001 // Because.");

        WithoutReason(file).ShouldBe(["sample.cs:2"]);
    }

    [Fact]
    public void A_rule_that_is_suppressed_too_often_is_named() =>
        TooOften([Of([.. Enumerable.Repeat("[Suppress" + "Message(\"Sample\", \"CA0001:Sample\")]", 10)])]).ShouldBe(["CA0001 is suppressed 10 times"]);

    private static IEnumerable<string> WithoutReason(SourceFile file) => file.Lines
        .Select((text, index) => (text, index))
        .Where(line => Pragma().IsMatch(line.text) && !line.text.Contains("//", StringComparison.Ordinal))
        .Where(line => line.index == 0 || !file.Lines[line.index - 1].TrimStart().StartsWith("//", StringComparison.Ordinal))
        .Select(line => $"{file.Name}:{line.index + 1}");

    private static IReadOnlyList<string> TooOften(IEnumerable<SourceFile> files) =>
    [
        .. files.SelectMany(file => file.Lines)
            .Where(line => Pragma().IsMatch(line) || line.Contains("[Suppress" + "Message(", StringComparison.Ordinal))
            .SelectMany(line => RuleName().Matches(line.Split("//")[0]).Select(rule => rule.Value))
            .GroupBy(rule => rule)
            .Where(rule => rule.Count() > MostOfOneRule)
            .Select(rule => $"{rule.Key} is suppressed {rule.Count()} times"),
    ];

    private static SourceFile Of(params IReadOnlyList<string> lines) => new("sample.cs", lines);

    [GeneratedRegex(@"^\s*#pragma warning disable")]
    private static partial Regex Pragma();

    [GeneratedRegex("[A-Z]{2,}[0-9]{3,}")]
    private static partial Regex RuleName();
}
