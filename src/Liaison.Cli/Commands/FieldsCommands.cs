using System.CommandLine;
using Liaison.Cli.Output;
using Liaison.Identity;
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

    public static Command Create() => Verb.Group(
        "fields",
        "Plan and create the fields that AI writes.",
        Verb.Of("plan", "Show which fields are there and which would be created.", [GlobalOptions.Connection, Type], PlanAsync),
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
        return steps.Any(step => step.State == ProvisionState.Mismatched) ? ExitCode.Failed : ExitCode.Done;
    }
}
