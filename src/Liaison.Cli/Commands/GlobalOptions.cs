using System.CommandLine;
using Liaison.Cli.Configuration;
using Liaison.Cli.Output;
using Spectre.Console;

namespace Liaison.Cli.Commands;

/// <summary>The options that every verb takes.</summary>
internal static class GlobalOptions
{
    private const int PipeWidth = 200;

    public static Option<string> Config { get; } = new("--config")
    {
        Description = "The configuration file.",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("LIAISON_CONFIG") ?? ConfigurationFile.DefaultName,
        Recursive = true,
    };

    public static Option<OutputForm> Output { get; } = new("--output")
    {
        Description = "table for people, json for machines.",
        DefaultValueFactory = _ => OutputForm.Table,
        Recursive = true,
    };

    public static Option<string?> As { get; } = new("--as")
    {
        Description = "Ask as this user, with the user's own credential and grants; the default is the operator of liaison.yaml.",
    };

    public static Argument<string> Connection { get; } = new("connection")
    {
        Description = "The connection's name, as in liaison connect list.",
    };

    public static Argument<string> Type { get; } = new("type")
    {
        Description = "The record type: contact, company, deal, ticket, or the CRM's own name.",
    };

    public static Printer PrinterOf(ParseResult parsed) => new(ConsoleOf(), Console.Out, Console.Error, FormOf(parsed));

    // Where --output itself cannot be read, its reader is told as people are.
    private static OutputForm FormOf(ParseResult parsed) =>
        parsed.GetResult(Output) is { Errors: var errors } && errors.Any() ? OutputForm.Table : parsed.GetValue(Output);

    private static IAnsiConsole ConsoleOf()
    {
        if (!Console.IsOutputRedirected)
        {
            return AnsiConsole.Console;
        }

        // In a file or a pipe control sequences are noise, and the width that a terminal would have cuts ids into pieces.
        var plain = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(Console.Out),
        });
        plain.Profile.Width = PipeWidth;
        return plain;
    }
}
