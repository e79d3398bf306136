using System.CommandLine;
using Liaison.Cli.Output;
using Liaison.Identity;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Schema;

namespace Liaison.Cli.Commands;

/// <summary><c>liaison fields</c>: the fields that AI writes.</summary>
internal static class FieldsCommands
{
    private static readonly Option<string> Type = new("--type")
    {
        Description = "The record type that is to carry the fields; nothing is written to one that has none for source and time.",
        DefaultValueFactory = _ => RecordType.Contact.Name,
    };

    private static readonly Option<DirectoryInfo?> Package = new("--package")
    {
        Description = "Write the missing fields into this folder, for a CRM in which an administrator deploys them.",
    };

    public static Command Create() => Verb.Group(
        "fields",
        "Plan and create the fields that AI writes.",
        Verb.Of("plan", "Show which fields are there and which would be created.", [GlobalOptions.Connection, Type, Package], PlanAsync),
        Verb.Of("apply", "Create the missing fields; a second run changes nothing.", [GlobalOptions.Connection, Type], ApplyAsync));

    private static Task<int> PlanAsync(Invocation invocation, CancellationToken cancellationToken) =>
        ProvisionAsync(invocation, apply: false, cancellationToken);

    private static Task<int> ApplyAsync(Invocation invocation, CancellationToken cancellationToken) =>
        ProvisionAsync(invocation, apply: true, cancellationToken);

    private static async Task<int> ProvisionAsync(Invocation invocation, bool apply, CancellationToken cancellationToken)
    {
        var connection = new ConnectionName(invocation.Parsed.GetRequiredValue(GlobalOptions.Connection));
        var provisioned = await invocation.Installation.Gateway.ProvisionAsync(
            Callers.Operator(invocation, Purpose.Administration),
            connection,
            new RecordType(invocation.Parsed.GetRequiredValue(Type)),
            invocation.Installation.Playbooks,
            apply,
            cancellationToken);
        if (!provisioned.TryGet(out var steps, out var failure))
        {
            return invocation.Printer.Fail(failure);
        }

        IReadOnlyList<ProvisionView> views =
        [
            .. steps.Select(step => new ProvisionView(
                step.Field.Name, step.Field.NativeName, step.Field.Label, step.Field.Type, step.State.ToString(), step.Note)),
        ];
        invocation.Printer.Show(views, CliJson.Default.IReadOnlyListProvisionView, console => console.Write(Printer.TableOf(
            ["field", "native", "label", "type", "state", "note"],
            views.Select(view => new[] { view.Field, view.NativeName, view.Label, view.Type.ToString(), view.State, view.Note ?? "" }))));
        if (!apply && invocation.Parsed.GetValue(Package) is null && steps.Any(step => step.State == ProvisionState.Missing))
        {
            invocation.Printer.Say($"liaison fields {(IsDeployed(invocation, connection) ? $"plan {connection} --package FOLDER writes them for an administrator to deploy" : $"apply {connection} creates them")}.");
        }

        return !apply && invocation.Parsed.GetValue(Package) is { } folder && Pack(invocation, connection, steps, folder) is { } refused
            ? invocation.Printer.Fail(refused)
            : steps.Any(step => step.State == ProvisionState.Mismatched) ? ExitCode.Failed : ExitCode.Done;
    }

    private static bool IsDeployed(Invocation invocation, ConnectionName name) =>
        invocation.Installation.Connections.Find(name).TryGet(out var connection, out _)
        && invocation.Installation.Connectors.Find(connection.Profile.Crm).TryGet(out var connector, out _)
        && connector.Descriptor.FieldPackage is not null;

    private static Failure? Pack(Invocation invocation, ConnectionName name, IReadOnlyList<ProvisionStep> steps, DirectoryInfo folder)
    {
        if (!invocation.Installation.Connections.Find(name).TryGet(out var connection, out var failure)
            || !invocation.Installation.Connectors.Find(connection.Profile.Crm).TryGet(out var connector, out failure))
        {
            return failure;
        }

        var descriptor = connector.Descriptor;
        if (descriptor.FieldPackage is not { } package)
        {
            return new Failure(FailureKind.Unsupported, $"{descriptor.DisplayName} makes fields through its API; liaison fields apply {name} creates them.");
        }

        var missing = steps.Where(step => step.State == ProvisionState.Missing).Select(step => step.Field).ToList();
        if (missing.Count == 0)
        {
            invocation.Printer.Say("Nothing is missing, and nothing was written.");
            return null;
        }

        var type = descriptor.RecordTypes.First(known => known.Type.Name == invocation.Parsed.GetRequiredValue(Type));
        var files = package.Write(type, connection.Profile.ApiVersion, missing);
        foreach (var file in files)
        {
            var path = Path.Combine([folder.FullName, .. file.Path.Split('/')]);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, file.Text);
        }

        invocation.Printer.Say($"Wrote {files.Count} files to {folder.FullName}. {package.Deploy.Replace("{folder}", folder.FullName, StringComparison.Ordinal)}");
        return null;
    }
}
