using System.Text.RegularExpressions;

namespace Liaison.House.Tests.Files;

/// <summary>A file of the repository as text.</summary>
internal sealed record SourceFile(string Name, IReadOnlyList<string> Lines)
{
    private static readonly string[] Binary = [".png", ".ico", ".gz", ".zip", ".db", ".woff2", ".snk"];

    /// <summary>Gets every C# file.</summary>
    public static IReadOnlyList<SourceFile> Code { get; } = [.. Repository.Files("", ".cs").Select(Read)];

    /// <summary>Gets every file that is text.</summary>
    public static IReadOnlyList<SourceFile> Texts { get; } = [.. Repository.Files("", "").Where(file => !Binary.Any(file.EndsWith)).Select(Read)];

    /// <summary>Lists where a pattern stands, as <c>file:line</c>.</summary>
    public IEnumerable<string> Matches(Regex pattern) => Lines
        .Select((text, index) => (text, line: index + 1))
        .Where(each => pattern.IsMatch(each.text))
        .Select(each => $"{Name}:{each.line}");

    private static SourceFile Read(string path) => new(Repository.NameOf(path), File.ReadAllLines(path));
}
