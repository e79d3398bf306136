using System.CommandLine;
using System.Text.RegularExpressions;
using Liaison.Failures;

namespace Liaison.Cli.Commands;

/// <summary>Tells of a command line that cannot be read: what is wrong and where the usage stands, instead of all the usage.</summary>
internal static partial class WrongUsage
{
    // The library says this of every group of verbs, beside the word that it did not know.
    private const string NoCommand = "Required command was not provided.";

    /// <summary>Tells whether there is something to say; a bare group of verbs is answered with its help.</summary>
    public static bool IsIn(ParseResult parsed) => Sentences(parsed).Count > 0;

    public static int Tell(ParseResult parsed)
    {
        var sentences = string.Join(" ", Sentences(parsed));
        return GlobalOptions.PrinterOf(parsed).Fail(new Failure(FailureKind.Invalid, $"{sentences} {PathOf(parsed)} --help shows what there is."));
    }

    private static List<string> Sentences(ParseResult parsed) =>
        [.. parsed.Errors.Select(error => error.Message).Where(message => message != NoCommand).Select(Plain).Distinct()];

    // The library names .NET types; people need the choices.
    private static string Plain(string message)
    {
        if (WrongValue().Match(message) is not { Success: true } wrong)
        {
            return message;
        }

        var (value, option, type, choices) = (wrong.Groups[1].Value, wrong.Groups[2].Value, wrong.Groups[3].Value, wrong.Groups[4].Value);
        var expected = choices.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is { Length: > 0 } names
            ? $"one of {string.Join(", ", names.Select(name => name.ToLowerInvariant()))}"
            : type is "System.Int32" or "System.Nullable`1[System.Int32]" ? "a whole number" : "another value";
        return $"\"{value}\" is not possible for {option}; expected {expected}.";
    }

    private static string PathOf(ParseResult parsed)
    {
        var names = new List<string>();
        for (var result = parsed.CommandResult; result is not null and not { Command: RootCommand }; result = result.Parent as System.CommandLine.Parsing.CommandResult)
        {
            names.Insert(0, result.Command.Name);
        }

        return string.Join(' ', names.Prepend("liaison"));
    }

    [GeneratedRegex(@"^Cannot parse argument '(.*)' for (?:option|command) '([^']*)' as expected type '([^']*)'\.(?: Did you mean one of the following\?([\s\S]*))?$")]
    private static partial Regex WrongValue();
}
