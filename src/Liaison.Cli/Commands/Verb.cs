using System.CommandLine;
using Liaison.Cli.Configuration;
using Liaison.Cli.Hosting;
using Liaison.Cli.Output;

namespace Liaison.Cli.Commands;

/// <summary>What a verb gets to work with: the opened installation and where to print.</summary>
internal sealed record Invocation(ParseResult Parsed, Installation Installation, Printer Printer);

/// <summary>Makes commands that open the installation, do one thing, and end with an exit code.</summary>
internal static class Verb
{
    /// <summary>Makes a command that works on the installation.</summary>
    /// <param name="adjust">Puts what the command line says in the place of what the configuration says, before it is opened.</param>
    public static Command Of(
        string name,
        string description,
        IEnumerable<Symbol> symbols,
        Func<Invocation, CancellationToken, Task<int>> run,
        Action<ParseResult, LiaisonOptions>? adjust = null)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
            {
                command.Arguments.Add(argument);
            }
            else
            {
                command.Options.Add((Option)symbol);
            }
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = InstallationSettings.FromFile(parsed.GetValue(GlobalOptions.Config)!);
            adjust?.Invoke(parsed, settings.Options);
            await using var installation = await Installation.OpenAsync(settings, cancellationToken);
            return await run(new Invocation(parsed, installation, GlobalOptions.PrinterOf(parsed)), cancellationToken);
        });
        return command;
    }

    /// <summary>Makes a command that only holds others.</summary>
    public static Command Group(string name, string description, params IReadOnlyList<Command> commands)
    {
        var group = new Command(name, description);
        foreach (var command in commands)
        {
            group.Subcommands.Add(command);
        }

        return group;
    }
}
