using System.Text.Json;
using Liaison.Emulators.Salesforce.Soql.Parsing;
using Liaison.Emulators.Salesforce.Soql.Syntax;
using Liaison.Emulators.Tests.HubSpot;

namespace Liaison.Emulators.Tests.Salesforce.Soql;

/// <summary>Judges the statements of the corpus, which lies beside the repository, and compares the verdicts.</summary>
public sealed class SoqlCorpusTests
{
    private const string Corpus = "../shared/contracts/salesforce/reference/soql-corpus.json";

    /// <summary>A bind variable holds with the option of the corpus' own parser alone; over REST there are none (contract section 16).</summary>
    private static readonly int[] ApexOnly = [105];

    [Fact]
    public void Every_statement_gets_the_verdict_of_the_corpus()
    {
        var cases = Load();

        var judged = cases.Select(each => (each.Number, each.IsValid, Fault: SoqlParser.Parse(each.Text, out _)));

        cases.Count.ShouldBe(163);
        judged.Where(each => each.Fault is null != each.IsValid).Select(each => each.Number).ShouldBe(ApexOnly);
    }

    [Fact]
    public void Every_refusal_is_malformed_query_with_a_message()
    {
        var faults = Load().Select(each => SoqlParser.Parse(each.Text, out _)).OfType<Emulators.Salesforce.Soql.SoqlFault>().ToList();

        faults.Count.ShouldBeGreaterThan(50);
        faults.ShouldAllBe(fault => fault.ErrorCode == "MALFORMED_QUERY" && fault.Message.Length > 10);
    }

    [Fact]
    public void Every_valid_statement_is_printed_as_one_that_reads_as_the_same_tree()
    {
        foreach (var each in Load().Where(each => SoqlParser.Parse(each.Text, out _) is null))
        {
            SoqlParser.Parse(each.Text, out var first);
            var printed = SoqlPrinter.Print(first);
            SoqlParser.Parse(printed, out var second).ShouldBeNull(printed);

            second.ShouldBe(first, printed);
        }
    }

    [Fact]
    public void Rest_refuses_what_only_Apex_may_say() => Load()
        .Where(each => each.IsValid && SoqlParser.ParseForRest(each.Text, out _) is not null)
        .Select(each => each.Number)
        .ShouldBe([48, 55, 105, 159, 160]);

    private static List<Case> Load()
    {
        var path = Repository.Find(Corpus);
        if (!File.Exists(path))
        {
            Repository.SkipOrFail($"{Corpus} is not there");
        }

        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return [.. document.RootElement.GetProperty("cases").EnumerateArray().Select(each =>
            new Case(each.GetProperty("n").GetInt32(), each.GetProperty("soql").GetString()!, each.GetProperty("valid").GetBoolean()))];
    }

    private sealed record Case(int Number, string Text, bool IsValid);
}
