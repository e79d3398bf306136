using Liaison.Cli.Output;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Writeback;
using Spectre.Console;

namespace Liaison.Cli.Commands;

/// <summary>What the change verbs do with many change sets at a time.</summary>
internal static class ChangeSets
{
    private const int ShownHindrances = 20;

    /// <summary>Shows a random sample of a set, or with its token approves the whole.</summary>
    public static async Task<int> ApproveAsync(
        Invocation invocation, Caller caller, ChangeQuery query, string? token, string? comment, bool apply, CancellationToken cancellationToken)
    {
        var gateway = invocation.Installation.ChangeGateway;
        if (query is { RunId: null, Actor: null })
        {
            return invocation.Printer.Fail(new Failure(FailureKind.Invalid, "Name a change, or a set by --run or --agent."));
        }

        if (token is null)
        {
            return (await gateway.DrawSetAsync(caller, query, cancellationToken)).TryGet(out var set, out var failure)
                ? Show(invocation, set)
                : invocation.Printer.Fail(failure);
        }

        if (!(await gateway.ApproveSetAsync(caller, query, token, comment, cancellationToken)).TryGet(out var results, out var refused))
        {
            return invocation.Printer.Fail(refused);
        }

        return apply
            ? await ApplyAsync(invocation, caller, query, cancellationToken)
            : Tell(invocation, results, "approved");
    }

    /// <summary>Applies every approved change set of a run.</summary>
    public static async Task<int> ApplyAsync(Invocation invocation, Caller caller, ChangeQuery query, CancellationToken cancellationToken)
    {
        if (query is { RunId: null, Actor: null })
        {
            return invocation.Printer.Fail(new Failure(FailureKind.Invalid, "Name a change, or a set by --run."));
        }

        return (await invocation.Installation.ChangeGateway.ApplySetAsync(caller, query, cancellationToken)).TryGet(out var results, out var failure)
            ? Tell(invocation, results, "applied")
            : invocation.Printer.Fail(failure);
    }

    /// <summary>Tells what was put back and what stands in the way of the rest.</summary>
    public static int Tell(Invocation invocation, IReadOnlyList<UndoOutcome> outcomes)
    {
        var view = new UndoView(
            outcomes.Count,
            outcomes.Count(outcome => outcome.Restored),
            [.. outcomes.Where(outcome => !outcome.Restored).Select(outcome => new UndoHindranceView(outcome.ChangeId, outcome.Record.ToString(), outcome.Why ?? "", outcome.Fields))]);
        invocation.Printer.Show(view, CliJson.Default.UndoView, console =>
        {
            console.WriteLine($"{RunText.Number(view.Restored)} of {RunText.Number(view.Changes)} put back.");
            if (view.Hindered.Count > 0)
            {
                console.Write(Printer.TableOf(
                    ["change", "record", "why not"], view.Hindered.Take(ShownHindrances).Select(hindered => new[] { hindered.Change, hindered.Record, hindered.Why })));
                if (view.Hindered.Count > ShownHindrances)
                {
                    console.WriteLine($"… and {view.Hindered.Count - ShownHindrances} more; --output json lists all.");
                }
            }
        });
        return view.Hindered.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static int Show(Invocation invocation, ApprovalSet set)
    {
        var view = new ApprovalSetView(set.Token, set.Count, [.. set.Sample.Select(row => ChangeText.ViewOf(row, moves: null))]);
        invocation.Printer.Show(view, CliJson.Default.ApprovalSetView, console =>
        {
            console.WriteLine($"{RunText.Number(view.Count)} changes wait; {view.Sample.Count} of them, drawn at random:");
            ChangeText.Write(console, view.Sample);
            console.WriteLine($"To approve all {RunText.Number(view.Count)}: the same command with --confirm {view.Token}");
        });
        return ExitCode.NeedsApproval;
    }

    private static int Tell(Invocation invocation, IReadOnlyList<Result<ChangeSetRow>> results, string done)
    {
        var view = new ChangeSetView(
            results.Count,
            results.Count(result => result.Failure is null),
            [.. results.Select(result => result.Failure?.Message).OfType<string>().CountBy(message => message).OrderByDescending(pair => pair.Value).Select(pair => new RefusalCountView(pair.Value, pair.Key))]);
        invocation.Printer.Show(view, CliJson.Default.ChangeSetView, console =>
        {
            console.WriteLine($"{RunText.Number(view.Done)} of {RunText.Number(view.Changes)} {done}.");
            foreach (var refusal in view.Refused)
            {
                console.WriteLine($"{RunText.Number(refusal.Count)}: {TerminalText.Safe(refusal.Why)}");
            }
        });
        return view.Refused.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }
}
