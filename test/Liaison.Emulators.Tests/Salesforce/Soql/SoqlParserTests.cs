using Liaison.Emulators.Salesforce.Soql;
using Liaison.Emulators.Salesforce.Soql.Parsing;
using Liaison.Emulators.Salesforce.Soql.Syntax;

namespace Liaison.Emulators.Tests.Salesforce.Soql;

public sealed class SoqlParserTests
{
    [Theory]
    [InlineData("SELECT Id FROM Account WHERE", "\nSELECT Id FROM Account WHERE\n                            ^\nERROR at Row:1:Column:29\nunexpected token: '<EOF>'")]
    [InlineData("SELECT Id\nFROM Account LIMIT x", "\nFROM Account LIMIT x\n                   ^\nERROR at Row:2:Column:20\nunexpected token: 'x'")]
    [InlineData("SELECT Id FROM Account WHERE Name = :name", "\nSELECT Id FROM Account WHERE Name = :name\n                                    ^\nERROR at Row:1:Column:37\nBind variables only allowed in Apex code")]
    [InlineData("SELECT Id FROM Account WHERE Id IN :ids", "\nSELECT Id FROM Account WHERE Id IN :ids\n                                   ^\nERROR at Row:1:Column:36\nBind variables only allowed in Apex code")]
    [InlineData("SELECT Id FROM Account WHERE Name = 'open", "line 1:37 mismatched character '<EOF>' expecting '''")]
    [InlineData("SELECT Id FROM Account WHERE Name = #", "line 1:37 no viable alternative at character '#'")]
    public void A_refusal_says_where_and_what(string text, string message) =>
        SoqlParser.ParseForRest(text, out _).ShouldBe(new SoqlFault("MALFORMED_QUERY", message));

    [Theory]
    [InlineData("SELECT Id FROM Account WHERE Name = 'a\\x'")]
    [InlineData("SELECT Id FROM Account WHERE Name = 'a\\%'")]
    [InlineData("SELECT Id FROM Account WHERE Name LIKE 'a\\d%'")]
    [InlineData("SELECT Id FROM Account WHERE Name = 'a' OR Name = 'b' AND Name = 'c'")]
    [InlineData("SELECT Id FROM Account WHERE Name = \"a\"")]
    [InlineData("SELECT Id FROM Account WHERE CreatedDate > '2026-01-01' AND CreatedDate > 2026-13-01T00:00:00Z")]
    [InlineData("SELECT Id FROM Account WHERE CreatedDate > 2026-02-30")]
    [InlineData("SELECT Id FROM Account WITH USER_MODE")]
    [InlineData("SELECT Id FROM Account WITH SECURITY_ENFORCED")]
    [InlineData("SELECT Id FROM Account FOR UPDATE")]
    [InlineData("SELECT Id FROM Account ALL ROWS")]
    [InlineData("SELECT COUNT(), Id FROM Account")]
    [InlineData("SELECT Id FROM Account; DROP")]
    [InlineData("")]
    public void What_does_not_hold_is_malformed(string text) => SoqlParser.ParseForRest(text, out _)!.ErrorCode.ShouldBe("MALFORMED_QUERY");

    [Fact]
    public void An_offset_past_two_thousand_is_outside_the_valid_range() =>
        SoqlParser.ParseForRest("SELECT Id FROM Account OFFSET 2001", out _).ShouldBe(new SoqlFault("NUMBER_OUTSIDE_VALID_RANGE", "Maximum SOQL offset allowed is 2000"));

    [Fact]
    public void A_statement_may_have_a_hundred_thousand_characters()
    {
        var text = "SELECT Id FROM Account";

        SoqlParser.Parse(text.PadRight(100_000), out _).ShouldBeNull();
        SoqlParser.Parse(text.PadRight(100_001), out _)!.ErrorCode.ShouldBe("MALFORMED_QUERY");
    }

    [Fact]
    public void A_literal_may_have_four_thousand_characters()
    {
        SoqlParser.Parse($"SELECT Id FROM Account WHERE Name = '{new string('a', 4_000)}'", out _).ShouldBeNull();
        SoqlParser.Parse($"SELECT Id FROM Account WHERE Name = '{new string('a', 4_001)}'", out _)!.ErrorCode.ShouldBe("MALFORMED_QUERY");
    }

    [Theory]
    [InlineData("(")]
    [InlineData("NOT ")]
    [InlineData("MAX(")]
    public void Nesting_without_end_is_too_complicated(string opening)
    {
        var text = $"SELECT Id FROM Account WHERE {string.Concat(Enumerable.Repeat(opening, 20_000 / opening.Length))}Name = 'a'";

        SoqlParser.Parse(text, out _)!.ErrorCode.ShouldBe("QUERY_TOO_COMPLICATED");
    }

    [Fact]
    public void Sub_queries_go_five_levels_deep()
    {
        SoqlParser.ParseForRest(Nested(4), out _).ShouldBeNull();
        SoqlParser.ParseForRest(Nested(5), out _)!.ErrorCode.ShouldBe("MALFORMED_QUERY");
    }

    [Theory]
    [InlineData(57, 1, 2)]
    [InlineData(58, 4, 5)]
    public void How_deep_sub_queries_go_is_the_versions_to_say(int version, int most, int tooMany)
    {
        var levels = RestRules.LevelsOf(version);

        SoqlParser.ParseForRest(Nested(most), out _, levels).ShouldBeNull();
        SoqlParser.ParseForRest(Nested(tooMany), out _, levels)!.Message.ShouldEndWith($"more than {most} {(most == 1 ? "level" : "levels")} away from the root entity object.");
    }

    [Fact]
    public void AND_binds_what_it_joins_and_NOT_the_next_term()
    {
        SoqlParser.Parse("SELECT Id FROM Account WHERE NOT Name = 'a' AND (Name = 'b' OR Name = 'c')", out var query).ShouldBeNull();

        query.Where.ShouldBeOfType<SoqlCondition.All>().Of.Select(term => term.GetType().Name).ShouldBe(["Not", "Any"]);
    }

    [Fact]
    public void A_backslash_keeps_its_meaning_behind_LIKE_alone()
    {
        SoqlParser.Parse(@"SELECT Id FROM Account WHERE Name LIKE '50\% \\ off\'s_%'", out var query).ShouldBeNull();

        var pattern = query.Where.ShouldBeOfType<SoqlCondition.Compare>().Right.ShouldBeOfType<SoqlLiteral.Pattern>();

        pattern.Value.ShouldBe(@"50\% \\ off's_%");
    }

    [Fact]
    public void Moments_are_read_with_their_zone()
    {
        SoqlParser.Parse("SELECT Id FROM Account WHERE CreatedDate >= 2026-05-01T07:25:37.120+02:00", out var query).ShouldBeNull();

        query.Where.ShouldBeOfType<SoqlCondition.Compare>().Right.ShouldBeOfType<SoqlLiteral.DateTime>()
            .Value.ShouldBe(new DateTimeOffset(2026, 5, 1, 5, 25, 37, 120, TimeSpan.Zero));
    }

    private static string Nested(int depth) =>
        depth == 0 ? "SELECT Id FROM Account" : $"SELECT Id, ({Nested(depth - 1).Replace("FROM Account", "FROM Children", StringComparison.Ordinal)}) FROM Account";
}
