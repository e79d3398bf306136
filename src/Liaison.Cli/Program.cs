using System.CommandLine;
using Liaison.Cli.Commands;
using Liaison.Cli.Configuration;
using Liaison.Cli.Output;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.World.Loading;
using Liaison.Storage;
using Microsoft.Extensions.Options;

var root = new RootCommand("The governed door between a company's CRMs and its AI tools.")
{
    DemoCommand.Create(),
    EmulateCommand.Create(),
    ConnectCommands.Create(),
    RecordCommands.Describe(),
    RecordCommands.Search(),
    RecordCommands.Get(),
    FieldsCommands.Create(),
    RunCommands.Create(),
    ChangeCommands.Create(),
    DeadLetterCommands.Create(),
    AuditCommands.Create(),
};
root.Options.Add(GlobalOptions.Config);
root.Options.Add(GlobalOptions.Output);

try
{
    var parsed = root.Parse(args);
    var code = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    return parsed.Errors.Count > 0 ? ExitCode.WrongUsage : code;
}
catch (OptionsValidationException exception)
{
    return Refuse(string.Join(Environment.NewLine, exception.Failures));
}
catch (Exception exception) when (exception
    is ConfigurationException or StorageException or EmulatorPortInUseException or WorldLoadException)
{
    return Refuse(exception.Message);
}
catch (OperationCanceledException)
{
    return ExitCode.Failed;
}

static int Refuse(string sentence)
{
    Console.Error.WriteLine(sentence);
    return ExitCode.Failed;
}
