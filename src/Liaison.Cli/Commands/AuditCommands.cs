using System.CommandLine;
using Liaison.Audit;
using Liaison.Cli.Output;
using Liaison.Identity;
using Spectre.Console;

namespace Liaison.Cli.Commands;

/// <summary><c>liaison audit</c>: who asked for what, and what came of it.</summary>
internal static class AuditCommands
{
    private static readonly Option<string?> Record = new("--record") { Description = "Only entries about the record of this id." };

    private static readonly Option<string?> RunId = new("--run") { Description = "Only entries of this run." };

    private static readonly Option<string?> Trace = new("--trace") { Description = "Only entries of this trace." };

    private static readonly Option<int> Limit = new("--limit") { Description = "The most entries.", DefaultValueFactory = _ => 50 };

    public static Command Create() => Verb.Group(
        "audit",
        "Look at the audit and verify its chain.",
        Verb.Of("show", "List audit entries.", [Record, RunId, Trace, Limit, GlobalOptions.As], ShowAsync),
        Verb.Of("verify", "Walk the chain and tell the first entry that does not follow from the one before.", [GlobalOptions.As], VerifyAsync));

    private static async Task<int> ShowAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var parsed = invocation.Parsed;
        var query = new AuditQuery(
            parsed.GetValue(Record), parsed.GetValue(RunId), parsed.GetValue(Trace), Limit: Math.Clamp(parsed.GetValue(Limit), 1, 10_000));
        var caller = Callers.Of(invocation, Purpose.Administration);
        if (!(await invocation.Installation.Administration.ReadAuditAsync(caller, query, cancellationToken)).TryGet(out var rows, out var failure))
        {
            return invocation.Printer.Fail(failure);
        }

        IReadOnlyList<AuditView> views = [.. rows.Select(ViewOf)];
        return invocation.Printer.Show(views, CliJson.Default.IReadOnlyListAuditView, console => console.Write(Printer.TableOf(
            ["#", "at", "phase", "who", "by", "what", "on", "records", "outcome"],
            views.Select(view => new[]
            {
                RunText.Number(view.Sequence), RunText.Moment(view.At), view.Phase, view.Subject, view.Actor, view.Action,
                $"{view.Connection}/{view.Type}", RunText.Number(view.Records), view.Outcome ?? "",
            }))));
    }

    private static async Task<int> VerifyAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var audit = invocation.Installation.Audit;
        var caller = Callers.Of(invocation, Purpose.Administration);
        if (!(await invocation.Installation.Administration.VerifyAuditAsync(caller, cancellationToken)).TryGet(out var found, out var failure))
        {
            return invocation.Printer.Fail(failure);
        }

        var view = new AuditVerificationView(
            found.Entries, found.FirstBroken is null, found.FirstBroken, await audit.FindUnclosedAsync(100, cancellationToken));
        invocation.Printer.Show(view, CliJson.Default.AuditVerificationView, console =>
        {
            console.WriteLine(view.Intact
                ? $"{RunText.Number(view.Entries)} entries, each follows from the one before."
                : $"Entry {view.FirstBroken} does not follow from the one before: it was edited, or entries were cut or inserted before it.");
            if (view.Unclosed.Count > 0)
            {
                console.WriteLine($"{view.Unclosed.Count} requests were opened and never closed: {string.Join(", ", view.Unclosed.Take(5))}");
            }
        });
        return view.Intact ? ExitCode.Done : ExitCode.Failed;
    }

    private static AuditView ViewOf(AuditRow row)
    {
        var entry = AuditChain.Open(row);
        return new AuditView(
            row.Sequence, entry.TraceId, entry.Phase.ToString(), entry.At, entry.Caller.Subject.Id, entry.Caller.Actor.Id,
            entry.Caller.Purpose.Name, entry.Connection.Value, entry.Environment.ToString(), entry.Action, entry.Type.Name ?? "",
            entry.Records.Count, entry.Fields, entry.Outcome, row.Hash);
    }
}
