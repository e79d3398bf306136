namespace Liaison.House.Tests.Files;

/// <summary>A file is read once, top to bottom.</summary>
public sealed class SizeTests
{
    private const int Most = 500;
    private const int MostWithoutReason = 300;
    private const int MostMedian = 90;

    private static readonly Dictionary<string, string> Reasons = new()
    {
        ["src/Liaison.Testing/Stores/ChangeSetStoreConformance.cs"] = "one contract, told in one order",
        ["src/Liaison.Testing/Stores/WorkStoreConformance.cs"] = "one contract, told in one order; two halves would share all of their set-up",
        ["test/Liaison.Tests/Connectors/ChannelAnswersTests.cs"] = "every answer that a server can give, beside each other",
    };

    [Fact]
    public void No_file_is_too_long() => TooLong(SourceFile.Code, Reasons).ShouldBeEmpty();

    [Fact]
    public void Most_files_are_short() => MedianOf(SourceFile.Code).ShouldBeLessThanOrEqualTo(MostMedian);

    [Fact]
    public void Every_reason_is_still_needed() => Reasons.Keys
        .Where(name => SourceFile.Code.FirstOrDefault(file => file.Name == name) is not { Lines.Count: > MostWithoutReason })
        .ShouldBeEmpty();

    [Fact]
    public void Long_files_are_named_with_their_length()
    {
        var files = new[] { Of("short.cs", 300), Of("long.cs", 301), Of("reasoned.cs", 500), Of("endless.cs", 501) };

        TooLong(files, new Dictionary<string, string> { ["reasoned.cs"] = "a sample", ["endless.cs"] = "no reason is good enough" })
            .ShouldBe(["long.cs has 301 lines and no reason", "endless.cs has 501 lines"]);
        MedianOf(files).ShouldBe(500);
    }

    private static IReadOnlyList<string> TooLong(IEnumerable<SourceFile> files, Dictionary<string, string> reasons) =>
    [
        .. files.Where(file => file.Lines.Count > Most || (file.Lines.Count > MostWithoutReason && !reasons.ContainsKey(file.Name)))
            .Select(file => $"{file.Name} has {file.Lines.Count} lines{(file.Lines.Count > Most ? "" : " and no reason")}"),
    ];

    private static int MedianOf(IReadOnlyCollection<SourceFile> files) =>
        files.Select(file => file.Lines.Count).Order().ElementAt(files.Count / 2);

    private static SourceFile Of(string name, int lines) => new(name, new string[lines]);
}
