using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Liaison.Model;

namespace Liaison.Salesforce.Tests.Soql;

/// <summary>No text of a caller changes the structure of a statement, whatever it holds and however it is compared (R45).</summary>
public sealed class HostileTextTests
{
    private static readonly string[] Known =
    [
        "'", "\\", "\\'", "'\\", "\\\\'", "' OR Name != '", "') OR (Name != '", "x' LIMIT 1 --", "%", "_", "\\%", "\\_", "\"", "\n", "\r\n\t\b\f",
        "\u0000", "\u2028", "\ud800", "null", "TODAY", ":bind", "USD5000", "a;b", "{x}", "\\u0027", "Ω≈ç√∫", "﷽", "' + '", "/*", "//",
    ];

    // Each of these holds one text, wherever the text comes to stand.
    private static readonly Dictionary<string, Func<string, RecordFilter>> Operators = new()
    {
        ["equal"] = text => Compare(Comparison.Equal, text),
        ["not equal"] = text => Compare(Comparison.NotEqual, text),
        ["less"] = text => Compare(Comparison.Less, text),
        ["less or equal"] = text => Compare(Comparison.LessOrEqual, text),
        ["greater"] = text => Compare(Comparison.Greater, text),
        ["greater or equal"] = text => Compare(Comparison.GreaterOrEqual, text),
        ["option"] = text => new RecordFilter.Compare("name", Comparison.Equal, new FieldValue.Option(text, text)),
        ["choice of several"] = text => new RecordFilter.Compare("name", Comparison.Contains, new FieldValue.Option(text, text)),
        ["one of"] = text => new RecordFilter.OneOf("name", [new FieldValue.Text(text)]),
        ["none of"] = text => new RecordFilter.OneOf("name", [new FieldValue.Text(text)], Negated: true),
        ["in a whole"] = text => new RecordFilter.All([new RecordFilter.Any([Compare(Comparison.Equal, text), new RecordFilter.HasValue("domain")]), Compare(Comparison.NotEqual, "x")]),
    };

    public static TheoryData<string> OperatorNames => [.. Operators.Keys];

    [Theory]
    [MemberData(nameof(OperatorNames))]
    public void A_known_hostile_text_stays_a_text(string name)
    {
        foreach (var text in Known)
        {
            KeepsShape(name, text);
        }
    }

    [Theory]
    [MemberData(nameof(OperatorNames))]
    public void The_naughty_strings_stay_texts(string name)
    {
        var texts = JsonSerializer.Deserialize<string[]>(SharedFile.Read("data/naughty-strings/blns.json"))!.Where(text => text.Length is > 0 and < 1000).ToList();

        texts.Count.ShouldBeGreaterThan(400);
        foreach (var text in texts)
        {
            KeepsShape(name, text);
        }
    }

    [Fact]
    public void Any_text_stays_a_text() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string?>(), Gen.Elements(Operators.Keys.AsEnumerable()).ToArbitrary(), (text, name) =>
        {
            if (!string.IsNullOrEmpty(text))
            {
                KeepsShape(name, text);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void A_contained_text_is_a_pattern_of_its_own_letters()
    {
        foreach (var text in Known.Where(text => !string.IsNullOrWhiteSpace(text)))
        {
            var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

            var tree = Statements.Parse(Statements.PlanOf(Compare(Comparison.Contains, text)));

            // Behind LIKE a backslash keeps its meaning, so that a wildcard of the text stands behind one.
            Statements.TextsOf(tree.Where.ShouldNotBeNull()).ShouldBe(words.Select(word => $"%{Escaped(word)}%"), text);
        }
    }

    [Theory]
    [InlineData("Name FROM User --")]
    [InlineData("Name, (SELECT Id FROM Contacts)")]
    [InlineData("Name) OR (Id != null")]
    [InlineData("")]
    [InlineData("1Name")]
    [InlineData("A.B.C.D.E.F.G")]
    [InlineData("Name'")]
    public void A_name_that_is_none_reaches_no_statement(string name)
    {
        Declaration(name).ShouldNotBeNull();

        static string? Declaration(string field)
        {
            var query = new RecordQuery(RecordType.Company, [Statements.Name], new RecordFilter.HasValue(field));
            Liaison.Salesforce.Declaration.SalesforceObject.Of(RecordType.Company).TryGet(out var target, out _).ShouldBeTrue();
            return Liaison.Salesforce.Soql.QueryPlan.Of(target!, query).Failure?.Message;
        }
    }

    private static void KeepsShape(string name, string text)
    {
        var plain = Statements.Parse(Statements.PlanOf(Operators[name]("plain")));

        var tree = Statements.Parse(Statements.PlanOf(Operators[name](text)));

        Statements.ShapeOf(tree.Where.ShouldNotBeNull()).ShouldBe(Statements.ShapeOf(plain.Where.ShouldNotBeNull()), $"{name}: {text}");
        Statements.TextsOf(tree.Where).ShouldBe(Statements.TextsOf(plain.Where).Select(value => value == "plain" ? text : value), $"{name}: {text}");
        (tree with { Where = null }).ToString().ShouldBe((plain with { Where = null }).ToString());
    }

    private static RecordFilter.Compare Compare(Comparison by, string text) => new("name", by, new FieldValue.Text(text));

    private static string Escaped(string word) =>
        word.Replace("\\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);
}
