using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Liaison.Emulators.Salesforce.Soql.Binding;
using Liaison.Emulators.Salesforce.Soql.Parsing;
using Liaison.Emulators.Salesforce.Soql.Syntax;
using Liaison.Emulators.Tests.World.Loading;

namespace Liaison.Emulators.Tests.Salesforce.Soql;

/// <summary>A literal is a literal, whatever stands in it.</summary>
public sealed class SoqlPropertyTests
{
    private static readonly string[] Shapes =
    [
        "SELECT Id FROM Contact WHERE LastName = {0} AND Email != null LIMIT 5",
        "SELECT Id FROM Contact WHERE LastName != {0} OR Title = 'b'",
        "SELECT Id FROM Contact WHERE LastName > {0}",
        "SELECT Id FROM Contact WHERE LastName >= {0}",
        "SELECT Id FROM Contact WHERE LastName < {0}",
        "SELECT Id FROM Contact WHERE LastName <= {0}",
        "SELECT Id FROM Contact WHERE LastName IN ('a', {0}, 'b') ORDER BY Id",
        "SELECT Id FROM Contact WHERE NOT LastName NOT IN ({0})",
        "SELECT Id FROM Contact WHERE Interests__c INCLUDES ('a', {0})",
        "SELECT Id FROM Contact WHERE Interests__c EXCLUDES ({0})",
        "SELECT Id, (SELECT Id FROM Cases WHERE Subject = {0}) FROM Contact WHERE Id IN (SELECT ContactId FROM Case WHERE Subject = {0})",
        "SELECT Title, COUNT(Id) FROM Contact GROUP BY Title HAVING MAX(LastName) = {0}",
    ];

    [Fact]
    public void Hostile_strings_never_change_the_shape_of_a_statement() => NaughtyStrings().ShouldAllBe(text => KeepsShapes(text));

    [Fact]
    public void No_string_at_all_changes_the_shape_of_a_statement() => Prop.ForAll(AnyText(), KeepsShapes).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Hostile_strings_behind_LIKE_keep_the_shape_and_match_only_themselves() => NaughtyStrings().Where(Fits).ShouldAllBe(text => KeepsPattern(text));

    [Fact]
    public void No_garbage_makes_the_parser_throw() => Prop
        .ForAll(AnyText(), AnyText(), (before, behind) => IsAnswered($"SELECT Id{before} FROM Account WHERE {behind}"))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Hostile_strings_bare_in_a_statement_never_make_the_parser_throw() =>
        NaughtyStrings().ShouldAllBe(text => IsAnswered($"SELECT Id FROM Account WHERE Name = {text}"));

    [Fact]
    public void Printing_and_parsing_agree_on_any_literal() => Prop
        .ForAll(AnyText(), text =>
        {
            SoqlParser.Parse($"SELECT Id FROM Account WHERE Name = {Quote(Within(text))}", out var tree);
            SoqlParser.Parse(SoqlPrinter.Print(tree), out var again);
            return tree.Equals(again);
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static bool IsAnswered(string text)
    {
        var fault = SoqlParser.Parse(text, out var query);
        return fault is null ? query is not null : fault.ErrorCode.Length > 0 && fault.Message.Length > 0;
    }

    private static bool KeepsShapes(string given)
    {
        var text = Within(given);
        return Shapes.All(shape =>
        {
            var harmless = Parse(shape, "harmless");
            var hostile = Parse(shape, text);
            return hostile is not null && SoqlPrinter.Print(hostile).Replace(Quote(text), Quote("harmless"), StringComparison.Ordinal) == SoqlPrinter.Print(harmless!);
        });
    }

    private static bool KeepsPattern(string text)
    {
        var escaped = Quote(text).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
        return SoqlParser.Parse($"SELECT Id FROM Contact WHERE LastName LIKE {escaped} AND Email = null", out var query) is null
            && query.Where is SoqlCondition.All { Of: [SoqlCondition.Compare { By: SoqlComparison.Like, Right: SoqlLiteral.Pattern pattern }, SoqlCondition.Compare] }
            && new LikePattern(pattern.Value) is var like && like.Matches(text) && !like.Matches(text + "x") && !like.Matches("x" + text);
    }

    private static SoqlQuery? Parse(string shape, string text) =>
        SoqlParser.Parse(shape.Replace("{0}", Quote(text), StringComparison.Ordinal), out var query) is null ? query : null;

    private static string Quote(string text)
    {
        var quoted = new StringBuilder();
        TextEscapes.Write(quoted, text, pattern: false);
        return quoted.ToString();
    }

    /// <summary>A literal may have 4,000 characters, escapes counted.</summary>
    private static string Within(string text) => text.Length > 1_500 ? text[..1_500] : text;

    private static bool Fits(string text) => text.Length <= 1_500;

    private static Arbitrary<string> AnyText() => ArbMap.Default.GeneratorFor<string>()
        .Select(text => text ?? "")
        .Zip(Gen.Elements("", "'", "\\", "\\'", "' OR Name != '", "\\\\'", "\n", "/*", "//", "')"), (text, trap) => text + trap + text)
        .ToArbitrary();

    private static string[] NaughtyStrings() => JsonSerializer.Deserialize<string[]>(File.ReadAllText(SharedFolder.Find("naughty-strings/blns.json")))!;
}
