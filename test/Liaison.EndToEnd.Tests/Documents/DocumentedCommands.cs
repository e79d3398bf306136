using System.Text;
using System.Text.RegularExpressions;
using Liaison.EndToEnd.Tests.Processes;

namespace Liaison.EndToEnd.Tests.Documents;

/// <summary>One command as a document shows it.</summary>
internal sealed record DocumentedCommand(string Document, int Line, IReadOnlyList<string> Words)
{
    public override string ToString() => $"{Document}:{Line}: {string.Join(' ', Words)}";
}

/// <summary>Finds the commands in the fenced blocks of README.md and docs/.</summary>
internal static partial class DocumentedCommands
{
    private static readonly string[] Programs = ["liaison", "./demo.sh", "./test.sh"];

    public static IReadOnlyList<DocumentedCommand> All() => [.. Documents().SelectMany(In)];

    /// <summary>Gives the commands of one document.</summary>
    public static IEnumerable<DocumentedCommand> In(string path, string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var fenced = false;
        for (var at = 0; at < lines.Length; at++)
        {
            if (Fence().Match(lines[at]) is { Success: true } fence)
            {
                fenced = !fenced && fence.Groups[1].Value is "sh" or "console" or "bash" or "shell";
                continue;
            }

            var line = at + 1;
            var command = lines[at].Trim();
            while (fenced && command.EndsWith('\\') && at + 1 < lines.Length)
            {
                command = $"{command[..^1]} {lines[++at].Trim()}";
            }

            var words = WordsOf(Prompt().Replace(command, ""));
            if (fenced && words.Count > 0 && Programs.Contains(words[0]))
            {
                yield return new DocumentedCommand(Path.GetRelativePath(Repository.Root, path), line, words);
            }
        }
    }

    private static IEnumerable<DocumentedCommand> In(string path) => In(path, File.ReadAllText(path));

    private static IEnumerable<string> Documents()
    {
        var docs = Repository.Find("docs");
        return new[] { Repository.Find("README.md") }.Where(File.Exists)
            .Concat(Directory.Exists(docs) ? Directory.EnumerateFiles(docs, "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal) : []);
    }

    // As a shell splits: quotes hold words together; a comment, pipe, redirection or next command ends them.
    private static List<string> WordsOf(string command)
    {
        var words = new List<string>();
        foreach (var match in Words().Matches(command).Select(match => match.Value))
        {
            if (match[0] == '#' || match is "|" or ">" or ">>" or "<" or "&" or "&&" or ";" or "2>" or "||")
            {
                break;
            }

            words.Add(new StringBuilder(match).Replace("'", "").Replace("\"", "").ToString());
        }

        return words;
    }

    [GeneratedRegex(@"^\s*```\s*(\w*)")]
    private static partial Regex Fence();

    [GeneratedRegex(@"^\$ |^(?:echo|printf)\b[^|]*\|\s*|^(?:[A-Z_]+=\S+ )+")]
    private static partial Regex Prompt();

    [GeneratedRegex(@"(?:'[^']*'|""[^""]*""|[^\s'""])+")]
    private static partial Regex Words();
}
