using Liaison.EndToEnd.Tests.Processes;

namespace Liaison.EndToEnd.Tests.Documents;

/// <summary>Every command that the documents show can be typed as it stands there.</summary>
public sealed class DocumentedCommandTests
{
    // They only look, so a served demo shows that they work and not only that they can be read.
    private static readonly string[] Looking =
        ["connect list", "connect test", "describe", "search", "fields plan", "run list", "change list", "audit show", "audit verify", "dead-letter list"];

    [Fact]
    public async Task Every_documented_command_can_be_read()
    {
        using var place = new Workplace();
        var wrong = new List<string>();
        foreach (var command in CommandsOrSkip().DistinctBy(command => string.Join(' ', command.Words)))
        {
            if (command.Words[0] != "liaison")
            {
                IsExecutable(Repository.Find(command.Words[0])).ShouldBeTrue($"{command} is no executable");
            }
            else if (await ComplaintAsync(place, command) is { } complaint)
            {
                wrong.Add($"{command}: {complaint}");
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Documented_commands_that_only_look_work_beside_a_served_demo()
    {
        var looking = CommandsOrSkip()
            .Where(command => Looking.Any(verb => string.Join(' ', Bare(command)).StartsWith(verb, StringComparison.Ordinal)))
            .Where(command => !command.Words.Any(IsPlaceholder) && (!command.Words.Contains("--config") || command.Words.Contains(".demo/liaison.yaml")))
            .DistinctBy(command => string.Join(' ', Bare(command))).ToList();
        using var place = new Workplace();
        await using var demo = LiaisonProcess.Start(place.Folder, ["demo", "--contacts", "200", "--companies", "20", "--folder", ".demo"]);
        await Emulator.AddressOfAsync(demo);
        var wrong = new List<string>();
        foreach (var command in looking)
        {
            var ended = await LiaisonProcess.RunAsync(place.Folder, ["--config", Path.Combine(".demo", "liaison.yaml"), .. Bare(command)]);
            if (ended.Code != 0)
            {
                wrong.Add($"{command}: {ended.Everything}");
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_verb_that_does_not_exist_is_found()
    {
        using var place = new Workplace();
        const string Document = """
            ```sh
            liaison run list   # fine
            $ liaison run conjure RUN \
                --hard
            ```
            """;

        var commands = DocumentedCommands.In(Repository.Find("README.md"), Document).ToList();

        commands.Select(command => command.Line).ShouldBe([2, 3]);
        (await ComplaintAsync(place, commands[0])).ShouldBeNull();
        (await ComplaintAsync(place, commands[1])).ShouldNotBeNull().ShouldContain("conjure");
    }

    // A wrong command line is found before anything is opened, and no configuration is there to be opened.
    private static async Task<string?> ComplaintAsync(Workplace place, DocumentedCommand command)
    {
        IReadOnlyList<string> words = [.. command.Words.Skip(1)];
        if (words.Any(word => word is "demo" or "emulate") && !words.Contains("--help"))
        {
            // These would serve on; a wrong option more is the only complaint that they may then have.
            var refused = await LiaisonProcess.RunAsync(place.Folder, [.. words, "--no-such-option"]);
            return refused.Code == 2 && refused.Errors.StartsWith("Unrecognized command or argument '--no-such-option'. liaison ", StringComparison.Ordinal)
                ? null
                : refused.Errors;
        }

        var ended = await LiaisonProcess.RunAsync(place.Folder, words);
        return ended.Code == 2 ? ended.Everything : null;
    }

    private static List<string> Bare(DocumentedCommand command)
    {
        var words = command.Words.Skip(1).ToList();
        var config = words.IndexOf("--config");
        if (config >= 0)
        {
            words.RemoveRange(config, Math.Min(2, words.Count - config));
        }

        // Guides name the connection that their reader has added; here the demo's own stands for it.
        return words.ConvertAll(word => word is "hubspot" or "salesforce" ? $"{word}-demo" : word);
    }

    private static bool IsExecutable(string script) =>
        File.Exists(script) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(script) & UnixFileMode.UserExecute) != 0);

    private static bool IsPlaceholder(string word) =>
        word.Contains('<', StringComparison.Ordinal) || (word.Length > 1 && word.All(letter => char.IsAsciiLetterUpper(letter) || letter is '_' or '…'));

    private static IReadOnlyList<DocumentedCommand> CommandsOrSkip()
    {
        Assert.SkipUnless(File.Exists(Repository.Find("README.md")), "README.md is not written yet.");
        var commands = DocumentedCommands.All();
        commands.ShouldNotBeEmpty("README.md shows no command.");
        return commands;
    }
}
