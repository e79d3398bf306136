using System.Runtime.InteropServices;

namespace Liaison.Cli.Hosting;

/// <summary>Hears Ctrl+C and the termination signal from the first line of the program to its last.</summary>
/// <remarks>
/// The command line hears them only while a verb runs; before, a signal would end the process where it stands, with the signal's own
/// code. What comes before the first line, the start of the runtime itself, nothing here can hear.
/// </remarks>
internal static class StopSignals
{
    // Held as long as the process lives: a registration that is collected hears nothing more.
    private static readonly List<PosixSignalRegistration> Heard = [];

    /// <summary>Begins to listen.</summary>
    /// <returns>What the first signal cancels; a second one ends a process that hangs before its verb.</returns>
    public static CancellationToken Listen()
    {
        var stop = new CancellationTokenSource();
        Heard.AddRange(new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }.Select(signal => PosixSignalRegistration.Create(signal, context =>
        {
            if (!stop.IsCancellationRequested)
            {
                context.Cancel = true;
                stop.Cancel();
            }
        })));
        return stop.Token;
    }
}
