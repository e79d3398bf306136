using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Liaison.Cli.Demo;
using Liaison.Cli.Hosting;
using Liaison.Cli.Output;
using Liaison.Emulators.HubSpot;
using Liaison.Emulators.Salesforce;
using Liaison.Emulators.World;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Pipelines;
using Liaison.Work;
using Liaison.Writeback;

namespace Liaison.Cli.Commands;

/// <summary><c>liaison demo</c>: emulators, gateway and the main job in one process, on loopback.</summary>
internal static class DemoCommand
{
    private static readonly ConnectionName Connection = new("hubspot-demo");

    private static readonly Option<bool> Exit = new("--exit") { Description = "Stop after the report instead of serving on." };

    private static readonly Option<bool> NoRun = new("--no-run") { Description = "Serve without running the main job." };

    private static readonly Option<int> Port = OptionChecks.Within(new("--port") { Description = "HubSpot's port on 127.0.0.1, and Salesforce's is the next one; 0 takes free ones.", DefaultValueFactory = _ => 0 }, 0, 65_534);

    private static readonly Option<int> Contacts = OptionChecks.Within(new("--contacts") { Description = "How many new contacts.", DefaultValueFactory = _ => 10_000 }, 0, 1_000_000);

    private static readonly Option<int> Companies = OptionChecks.Within(new("--companies") { Description = "How many companies.", DefaultValueFactory = _ => 1_000 }, 0, 1_000_000);

    private static readonly Option<int> Seed = new("--seed") { Description = "The same seed makes the same world.", DefaultValueFactory = _ => 1 };

    private static readonly Option<string> Folder = new("--folder")
    {
        Description = "Where the demo keeps its configuration and state; nothing is written anywhere else.",
        DefaultValueFactory = _ => ".demo",
    };

    public static Command Create()
    {
        var command = new Command("demo", "Emulators, gateway and the main job in one process, on loopback, with an embedded store.")
        {
            Exit, NoRun, Port, Contacts, Companies, Seed, Folder,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var world = WorldGenerator.Generate(new WorldOptions
        {
            Seed = parsed.GetValue(Seed),
            Contacts = parsed.GetValue(Contacts),
            Companies = parsed.GetValue(Companies),
            Now = TimeProvider.System.GetUtcNow(),
        });
        var options = new HubSpotEmulatorOptions { Port = parsed.GetValue(Port), Seed = parsed.GetValue(Seed) };
        await using var emulator = await HubSpotEmulator.StartAsync(world, options, TimeProvider.System, cancellationToken);

        // Its fields are deployed by an administrator and not made over the API, so that they are there from the start.
        var salesforceOptions = new SalesforceEmulatorOptions { Port = options.Port == 0 ? 0 : options.Port + 1, Seed = options.Seed, AiFields = true };
        await using var salesforce = await SalesforceEmulator.StartAsync(world, salesforceOptions, TimeProvider.System, cancellationToken);
        var printer = GlobalOptions.PrinterOf(parsed);

        // For machines standard output is one document, the report.
        var told = printer.ForPeople ? Console.Out : Console.Error;
        EmulateCommand.WriteAddress(told, emulator, world);
        EmulateCommand.WriteAddress(told, salesforce, world);

        var folder = new DemoFolder(Path.GetFullPath(parsed.GetRequiredValue(Folder)));
        folder.Prepare(
            new DemoCrm("hubspot", emulator.BaseAddress, emulator.Credentials), new DemoCrm("salesforce", salesforce.BaseAddress, salesforce.Credentials));
        await using var installation = await Installation.OpenAsync(InstallationSettings.FromFile(folder.ConfigFile), cancellationToken);
        var invocation = new Invocation(parsed, installation, printer);

        var code = parsed.GetValue(NoRun) ? ExitCode.Done : await QualifyAsync(invocation, cancellationToken);
        if (parsed.GetValue(Exit) || code != ExitCode.Done)
        {
            return code;
        }

        told.WriteLine($"Serving on. Beside it, try: liaison --config {folder.ConfigFile} change list --state waiting");
        await Waiting.ForStopAsync(told, cancellationToken);
        return ExitCode.Done;
    }

    private static async Task<int> QualifyAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var (_, installation, printer) = invocation;
        var before = Mebibytes(process => process.WorkingSet64);
        if (!(await ProvisionAsync(invocation, cancellationToken)).TryGet(out _, out var failure)
            || !(await installation.Qualify.StartAsync(Connection, where: null, cancellationToken)).TryGet(out var run, out failure))
        {
            return printer.Fail(failure);
        }

        if (printer.ForPeople && RunParameters.FromJson(run.Parameters).Plan is { } plan)
        {
            RunText.WritePlan(printer.Console, run, plan);
        }

        if (!(await RunProgress.ContinueAsync(invocation, run, cancellationToken)).TryGet(out var ended, out failure))
        {
            return printer.Fail(failure);
        }

        await RunText.ReportAsync(invocation, ended, cancellationToken);
        await ShowProposalsAsync(invocation, ended, cancellationToken);
        printer.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"Memory: {Mebibytes(process => process.PeakWorkingSet64):#,0} MiB at the most for gateway and emulators together; {before:#,0} MiB of it stood before the run."));
        return ended.State == RunState.Finished ? ExitCode.Done : ExitCode.Failed;
    }

    private static long Mebibytes(Func<Process, long> bytes)
    {
        using var process = Process.GetCurrentProcess();
        return bytes(process) / (1024 * 1024);
    }

    private static async Task<Result<Done>> ProvisionAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var provisioned = await invocation.Installation.Gateway.ProvisionAsync(
            Callers.Operator(invocation, Purpose.Administration),
            Connection,
            RecordType.Contact,
            invocation.Installation.Playbooks,
            apply: true,
            cancellationToken);
        if (!provisioned.TryGet(out var steps, out var failure))
        {
            return failure;
        }

        invocation.Printer.Say($"Fields: {string.Join(", ", steps.Select(step => $"{step.Field.NativeName} {step.State.ToString().ToLowerInvariant()}"))}");
        return Done.Value;
    }

    private static async Task ShowProposalsAsync(Invocation invocation, Run run, CancellationToken cancellationToken)
    {
        var waiting = await invocation.Installation.Changes.ListAsync(
            new ChangeQuery(ChangeState.Waiting, run.Id, Limit: 5), cancellationToken);
        if (invocation.Printer.ForPeople && waiting.Count > 0)
        {
            ChangeText.Write(invocation.Printer.Console, [.. waiting.Select(row => ChangeText.ViewOf(row, moves: null))]);
        }
    }
}
