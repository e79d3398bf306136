using System.CommandLine;
using System.CommandLine.Parsing;

namespace Liaison.Cli.Commands;

/// <summary>Waits for somebody to stop the program.</summary>
internal static class Waiting
{
    /// <summary>Tells whether a verb goes on until somebody stops it, so that a stop is its end in order, also while it starts.</summary>
    public static bool IsEndOf(ParseResult parsed) => parsed.CommandResult is { Command.Name: "serve" } or { Parent: CommandResult { Command.Name: "emulate" } };

    /// <summary>Ends when the token is cancelled, as Ctrl+C and a termination signal do.</summary>
    public static async Task ForStopAsync(TextWriter output, CancellationToken cancellationToken)
    {
        output.WriteLine("Press Ctrl+C to stop.");
        await output.FlushAsync(CancellationToken.None);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            output.WriteLine("Stopped.");
        }
    }
}
