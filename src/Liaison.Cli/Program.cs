using System.CommandLine;
using Liaison.Cli.Commands;
using Liaison.Cli.Configuration;
using Liaison.Cli.Hosting;
using Liaison.Cli.Output;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.World.Loading;
using Liaison.Failures;
using Liaison.Storage;
using Microsoft.Extensions.Options;

var stop = StopSignals.Listen();
var root = new RootCommand("The governed door between a company's CRMs and its AI tools.")
{
    DemoCommand.Create(),
    ServeCommand.Create(),
    EmulateCommand.Create(),
    ConnectCommands.Create(),
    KeyCommands.Create(),
    RecordCommands.Describe(),
    RecordCommands.Search(),
    RecordCommands.Get(),
    FieldsCommands.Create(),
    RunCommands.Create(),
    ChangeCommands.Create(),
    AgentCommands.Create(),
    PromotionCommands.Create(),
    DeadLetterCommands.Create(),
    AuditCommands.Create(),
    StoreCommands.Create(),
    DoctorCommand.Create(),
};
root.Options.Add(GlobalOptions.Config);
root.Options.Add(GlobalOptions.Output);

var parsed = root.Parse(args);
try
{
    return WrongUsage.IsIn(parsed)
        ? WrongUsage.Tell(parsed)
        : await parsed.InvokeAsync(
            new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,

                // Longer than a server lets its requests end, so that it is the server that decides.
                ProcessTerminationTimeout = TimeSpan.FromSeconds(45),
            },
            stop);
}
catch (OptionsValidationException exception)
{
    return Refuse(FailureKind.Invalid, string.Join(Environment.NewLine, exception.Failures));
}
catch (ConfigurationException exception)
{
    return Refuse(FailureKind.Invalid, exception.Message);
}
catch (Exception exception) when (exception
    is StorageException or EmulatorPortInUseException or WorldLoadException or IOException or UnauthorizedAccessException)
{
    return Refuse(FailureKind.Unavailable, exception.Message);
}
catch (OperationCanceledException)
{
    return Waiting.IsEndOf(parsed) ? ExitCode.Done : ExitCode.Failed;
}
#pragma warning disable CA1031 // The entry point is the one place where a bug is turned into a sentence; nothing goes on after it.
catch (Exception) when (Environment.GetEnvironmentVariable("LIAISON_DEBUG") != "1")
{
    // A bug: its text may hold anything, a record's values too, so it is shown to who asks for it only.
    return Refuse(FailureKind.Unavailable, "Liaison met an error of its own and stopped; LIAISON_DEBUG=1 in the environment shows where.");
}
#pragma warning restore CA1031

int Refuse(FailureKind kind, string sentence) => GlobalOptions.PrinterOf(parsed).Fail(new Failure(kind, sentence), ExitCode.Failed);
