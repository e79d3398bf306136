using System.CommandLine;
using Liaison.Cli.Output;
using Liaison.Failures;
using Liaison.Gateway.Documents;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Writeback;
using Spectre.Console;

namespace Liaison.Cli.Commands;

/// <summary><c>liaison change</c>: proposes changes, decides on them, applies and undoes them.</summary>
internal static class ChangeCommands
{
    private static readonly Argument<string> Id = new("change") { Description = "The change set's id, or an unambiguous beginning of it." };

    private static readonly Argument<string?> OptionalId = new("change")
    {
        Description = "The change set's id, or an unambiguous beginning of it; leave it out with --run for a set.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Argument<string?> Target = new("record")
    {
        Description = "The record as connection/type/id; leave it out with --file.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<ChangeState?> State = new("--state") { Description = "Only those in this state, as in waiting." };

    private static readonly Option<string?> RunId = new("--run") { Description = "Only those of this run." };

    private static readonly Option<string?> Record = new("--record") { Description = "Only those for the record of this id." };

    private static readonly Option<string?> Agent = new("--agent") { Description = "Only those that this agent proposed." };

    private static readonly Option<int> Limit = new("--limit") { Description = "The most change sets.", DefaultValueFactory = _ => 20 };

    private static readonly Option<string[]> Set = new("--set") { Description = "A field and its new value, as in lead_status=Open; an empty value clears. May be given again." };

    private static readonly Option<string?> Reason = new("--reason") { Description = "Why, in a sentence that whoever decides can judge." };

    private static readonly Option<string?> Key = new("--key") { Description = "The idempotency key: the same key with the same request has the same answer." };

    private static readonly Option<string?> File = new("--file") { Description = "A proposal as JSON, of any kind of change; - reads standard input." };

    private static readonly Option<string> Purpose = new("--purpose") { Description = "What for; grants open purposes.", DefaultValueFactory = _ => Identity.Purpose.Assistance.Name };

    private static readonly Option<string?> Comment = new("--comment") { Description = "What to say to it; stored with the decision." };

    private static readonly Option<string?> Hash = new("--hash") { Description = "The content hash that change show told; another content is then refused." };

    private static readonly Option<string?> Confirm = new("--confirm") { Description = "The token of a shown set: approves the whole set." };

    private static readonly Option<bool> Apply = new("--apply") { Description = "Apply it at once." };

    public static Command Create() => Verb.Group(
        "change",
        "Propose changes, decide on them, apply and undo them.",
        Verb.Of("propose", "Propose a change: it is checked, and waits for a person where it matters.", [Target, Set, Reason, Key, File, Purpose, GlobalOptions.As, GlobalOptions.Actor], ProposeAsync),
        Verb.Of("list", "List change sets, newest first.", [State, RunId, Record, Agent, Limit, GlobalOptions.As], ListAsync),
        Verb.Of("show", "Show one change set with every move it made.", [Id, GlobalOptions.As], ShowAsync),
        Verb.Of("approve", "Say yes to a change set, or with --run to all of a run that wait, after a look at a random sample.", [OptionalId, RunId, Agent, Confirm, Hash, Comment, Apply, GlobalOptions.As], ApproveAsync),
        Verb.Of("reject", "Say no to a change set.", [Id, Comment, GlobalOptions.As], RejectAsync),
        Verb.Of("apply", "Apply an approved change set, or with --run all approved ones of a run.", [OptionalId, RunId, GlobalOptions.As], ApplyAsync),
        Verb.Of("undo", "Put back what a change set changed, where nobody has changed it since.", [Id, Reason, GlobalOptions.As], UndoAsync));

    private static async Task<int> ProposeAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var parsed = invocation.Parsed;
        var caller = Callers.Of(invocation, new Purpose(parsed.GetValue(Purpose)!));
        if (!(await RequestAsync(invocation, cancellationToken)).TryGet(out var request, out var failure)
            || !(await invocation.Installation.ChangeGateway.ProposeAsync(caller, request, cancellationToken)).TryGet(out var proposal, out failure))
        {
            return invocation.Printer.Fail(failure);
        }

        if (proposal.Stored is null)
        {
            invocation.Printer.Show(new NothingToChangeView(Unchanged: true), CliJson.Default.NothingToChangeView, console =>
                console.WriteLine("Nothing to change: the record holds every value already."));
            return ExitCode.Done;
        }

        return await ShowAsync(invocation, caller, proposal.Stored, cancellationToken);
    }

    private static async Task<Result<ChangeRequest>> RequestAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var parsed = invocation.Parsed;
        if (parsed.GetValue(File) is { } file)
        {
            var json = file == "-" ? await Console.In.ReadToEndAsync(cancellationToken) : await System.IO.File.ReadAllTextAsync(file, cancellationToken);
            return ChangeDocument.Read(json).Then(document => document.ToRequest());
        }

        if (parsed.GetValue(Target) is not { } target || parsed.GetValue(Reason) is not { } reason)
        {
            return new Failure(FailureKind.Invalid, "A proposal needs a record, --set and --reason, or a document by --file.");
        }

        var fields = new List<FieldChange>();
        foreach (var pair in parsed.GetValue(Set) ?? [])
        {
            if (pair.Split('=', 2) is not [{ Length: > 0 } name, var value])
            {
                return new Failure(FailureKind.Invalid, "--set takes field=value, as in lead_status=Open.");
            }

            fields.Add(new FieldChange(name, value.Length == 0 ? FieldValue.Empty : new FieldValue.Text(value)));
        }

        return fields.Count == 0
            ? new Failure(FailureKind.Invalid, "The proposal names no field; give at least one by --set field=value.")
            : RecordText.Parse(target, "record").Then<ChangeRequest>(
                record => new ChangeRequest(new ChangeAction.UpdateFields(record, fields), reason, parsed.GetValue(Key)));
    }

    private static async Task<int> ListAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var parsed = invocation.Parsed;
        var query = new ChangeQuery(
            parsed.GetValue(State), parsed.GetValue(RunId), RecordId: parsed.GetValue(Record), Limit: Math.Clamp(parsed.GetValue(Limit), 1, 1_000))
        {
            Actor = parsed.GetValue(Agent),
        };
        if (!(await invocation.Installation.ChangeGateway.ListAsync(CallerOf(invocation), query, cancellationToken)).TryGet(out var rows, out var failure))
        {
            return invocation.Printer.Fail(failure);
        }

        IReadOnlyList<ChangeView> views = [.. rows.Select(row => ChangeText.ViewOf(row, moves: null))];
        return invocation.Printer.Show(views, CliJson.Default.IReadOnlyListChangeView, console => ChangeText.Write(console, views));
    }

    private static async Task<int> ShowAsync(Invocation invocation, CancellationToken cancellationToken) =>
        (await invocation.Installation.ChangeGateway.ShowAsync(CallerOf(invocation), invocation.Parsed.GetRequiredValue(Id), cancellationToken)).TryGet(out var history, out var failure)
            ? Show(invocation, history.Change, history.Moves, ExitCode.Done)
            : invocation.Printer.Fail(failure);

    private static async Task<int> ApproveAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var parsed = invocation.Parsed;
        var caller = CallerOf(invocation);
        if (parsed.GetValue(OptionalId) is not { } id)
        {
            return await ChangeSets.ApproveAsync(
                invocation, caller, new ChangeQuery(RunId: parsed.GetValue(RunId)) { Actor = parsed.GetValue(Agent) },
                parsed.GetValue(Confirm), parsed.GetValue(Comment), parsed.GetValue(Apply), cancellationToken);
        }

        var gateway = invocation.Installation.ChangeGateway;
        var decision = new Decision(id, parsed.GetValue(Hash), parsed.GetValue(Comment));
        if (!(await gateway.ApproveAsync(caller, decision, cancellationToken)).TryGet(out var row, out var failure)
            || (parsed.GetValue(Apply) && !(await gateway.ApplyAsync(caller, row.Id, cancellationToken)).TryGet(out row, out failure)))
        {
            return invocation.Printer.Fail(failure);
        }

        return await ShowAsync(invocation, caller, row, cancellationToken);
    }

    private static async Task<int> RejectAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var caller = CallerOf(invocation);
        var decision = new Decision(invocation.Parsed.GetRequiredValue(Id), Comment: invocation.Parsed.GetValue(Comment));
        return (await invocation.Installation.ChangeGateway.RejectAsync(caller, decision, cancellationToken)).TryGet(out var row, out var failure)
            ? await ShowAsync(invocation, caller, row, cancellationToken)
            : invocation.Printer.Fail(failure);
    }

    private static async Task<int> ApplyAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var caller = CallerOf(invocation);
        if (invocation.Parsed.GetValue(OptionalId) is not { } id)
        {
            return await ChangeSets.ApplyAsync(invocation, caller, new ChangeQuery(RunId: invocation.Parsed.GetValue(RunId)), cancellationToken);
        }

        return (await invocation.Installation.ChangeGateway.ApplyAsync(caller, id, cancellationToken)).TryGet(out var row, out var failure)
            ? await ShowAsync(invocation, caller, row, cancellationToken)
            : invocation.Printer.Fail(failure);
    }

    private static async Task<int> UndoAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var reason = invocation.Parsed.GetValue(Reason) ?? "undone at the command line";
        if (!(await invocation.Installation.ChangeGateway.UndoAsync(CallerOf(invocation), invocation.Parsed.GetRequiredValue(Id), reason, cancellationToken)).TryGet(out var outcome, out var failure))
        {
            return invocation.Printer.Fail(failure);
        }

        return ChangeSets.Tell(invocation, [outcome]);
    }

    private static Caller CallerOf(Invocation invocation) => Callers.Of(invocation, Identity.Purpose.Assistance);

    private static async Task<int> ShowAsync(Invocation invocation, Caller caller, ChangeSetRow row, CancellationToken cancellationToken)
    {
        var code = row.State == ChangeState.Waiting ? ExitCode.NeedsApproval : ExitCode.Done;
        return (await invocation.Installation.ChangeGateway.ShowAsync(caller, row.Id, cancellationToken)).TryGet(out var history, out _)
            ? Show(invocation, history.Change, history.Moves, code)
            : Show(invocation, row, [], code);
    }

    private static int Show(Invocation invocation, ChangeSetRow row, IReadOnlyList<ChangeTransition> moves, int code)
    {
        var view = ChangeText.ViewOf(row, moves);
        invocation.Printer.Show(view, CliJson.Default.ChangeView, console => ChangeText.Write(console, view));
        return code;
    }
}
