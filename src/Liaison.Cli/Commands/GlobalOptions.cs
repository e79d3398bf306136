using System.CommandLine;
using Liaison.Cli.Configuration;
using Liaison.Cli.Output;
using Spectre.Console;

namespace Liaison.Cli.Commands;

/// <summary>The options that every verb takes.</summary>
internal static class GlobalOptions
{
    private const int RedirectedWidth = 200;
    private const int NarrowestWidth = 100;

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

    public static Option<string?> Actor { get; } = new("--actor")
    {
        Description = "The agent on whose behalf it is asked; the default is the command line itself.",
    };

    public static Argument<string> Connection { get; } = new("connection")
    {
        Description = "The connection's name, as in liaison connect list.",
    };

    public static Argument<string> Type { get; } = new("type")
    {
        Description = "The record type: contact, company, deal, ticket, or the CRM's own name.",
    };

    public static Printer PrinterOf(ParseResult parsed) => new(
        ConsoleOf(Console.IsOutputRedirected), Console.Out, Console.Error, FormOf(parsed));

    // Where --output itself cannot be read, its reader is told as people are.
    private static OutputForm FormOf(ParseResult parsed) =>
        parsed.GetResult(Output) is { Errors: var errors } && errors.Any() ? OutputForm.Table : parsed.GetValue(Output);

    // A file or another program gets plain text that no narrow window breaks.
    private static IAnsiConsole ConsoleOf(bool redirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = redirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Out = new AnsiConsoleOutput(Console.Out),
        });
        console.Profile.Width = redirected ? RedirectedWidth : Math.Max(console.Profile.Width, NarrowestWidth);
        return console;
    }
}
