using System.CommandLine;
using Liaison.Alerts;
using Liaison.Audit;
using Liaison.Cli.Output;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Spectre.Console;

namespace Liaison.Cli.Commands;

/// <summary><c>liaison audit</c>: who asked for what, and what came of it.</summary>
internal static class AuditCommands
{
    private static readonly Option<string?> Record = new("--record") { Description = "Only entries about the record of this id." };

    private static readonly Option<string?> RunId = new("--run") { Description = "Only entries of this run." };

    private static readonly Option<string?> Trace = new("--trace") { Description = "Only entries of this trace." };

    private static readonly Option<string?> Subject = new("--subject") { Description = "Only entries of the user or principal of this id." };

    private static readonly Option<string?> Actor = new("--actor") { Description = "Only entries of this agent or tool." };

    private static readonly Option<string?> Action = new("--action") { Description = "Only entries of this action, as in records.query." };

    private static readonly Option<string?> Connection = new("--connection") { Description = "Only entries about this connection." };

    private static readonly Option<DateTimeOffset?> Since = new("--since") { Description = "Only entries from this time on, as in 2026-03-02T09:00Z.", CustomParser = OptionChecks.Moment };

    private static readonly Option<DateTimeOffset?> Until = new("--until") { Description = "Only entries before this time.", CustomParser = OptionChecks.Moment };

    private static readonly Option<bool> Denied = new("--denied") { Description = "Only what rights refused, whole or in part." };

    private static readonly Option<bool> Newest = new("--newest") { Description = "The newest first." };

    private static readonly Option<bool> Values = new("--values") { Description = "Decrypt the values that the entries keep; that you looked is recorded." };

    private static readonly Option<int> Limit = OptionChecks.Within(new("--limit") { Description = "The most entries.", DefaultValueFactory = _ => 50 }, 1, 10_000);

    public static Command Create() => Verb.Group(
        "audit",
        "Look at the audit, verify its chain, and export it.",
        Verb.Of(
            "show",
            "List audit entries, or the calls to the CRMs, or the alerts.",
            [
                Record, RunId, Trace, Subject, Actor, Action, Connection, Since, Until, Denied, Newest, Values, Limit, AuditCalls.Calls, AuditCalls.Failed,
                AuditCalls.Status, AuditCalls.Before, AuditCalls.Bodies, AuditAlerts.Alerts, AuditAlerts.Kind, GlobalOptions.As,
            ],
            ShowAsync),
        AuditProofCommands.Verify(),
        AuditProofCommands.Export(),
        AuditProofCommands.Key());

    private static async Task<int> ShowAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        if ((AuditCalls.Mixed(invocation.Parsed, Subject, Action, Denied, Newest, Values)
            ?? AuditAlerts.Mixed(invocation.Parsed, Record, Trace, Actor, Subject, Action, Denied, Newest, Values, AuditCalls.Calls)) is { } mixed)
        {
            return invocation.Printer.Fail(mixed);
        }

        if (invocation.Parsed.GetValue(AuditAlerts.Alerts))
        {
            return await AuditAlerts.ShowAsync(invocation, AlertsOf(invocation.Parsed), cancellationToken);
        }

        if (invocation.Parsed.GetValue(AuditCalls.Calls))
        {
            return await AuditCalls.ShowAsync(invocation, CallsOf(invocation.Parsed), cancellationToken);
        }

        var caller = Callers.Of(invocation, Purpose.Administration);
        if (!(await invocation.Installation.Administration.ReadAuditAsync(caller, QueryOf(invocation.Parsed), cancellationToken)).TryGet(out var rows, out var failure))
        {
            return invocation.Printer.Fail(failure);
        }

        List<AuditEntry> entries = [.. rows.Select(AuditChain.Open)];
        var values = await ValuesOfAsync(invocation, caller, entries, cancellationToken);
        if (!values.TryGet(out var revealed, out failure))
        {
            return invocation.Printer.Fail(failure);
        }

        var views = rows.Select((row, place) => ViewOf(row, entries[place], revealed.Count > 0 ? revealed[place] : null)).ToList();
        return invocation.Printer.Show<IReadOnlyList<AuditView>>(views, CliJson.Default.IReadOnlyListAuditView, console => Write(console, views));
    }

    private static CallQuery CallsOf(ParseResult parsed) => new(parsed.GetValue(Limit))
    {
        RecordId = parsed.GetValue(Record),
        RunId = parsed.GetValue(RunId),
        Correlation = parsed.GetValue(Trace),
        Actor = parsed.GetValue(Actor),
        Connection = parsed.GetValue(Connection) is { } connection ? new ConnectionName(connection) : null,
        Since = parsed.GetValue(Since),
        Until = parsed.GetValue(Until),
        FailuresOnly = parsed.GetValue(AuditCalls.Failed),
        Status = parsed.GetValue(AuditCalls.Status),
        Before = parsed.GetValue(AuditCalls.Before),
    };

    private static AlertQuery AlertsOf(ParseResult parsed) => new(parsed.GetValue(Limit))
    {
        Kind = parsed.GetValue(AuditAlerts.Kind),
        RunId = parsed.GetValue(RunId),
        Connection = parsed.GetValue(Connection) is { } connection ? new ConnectionName(connection) : null,
        Since = parsed.GetValue(Since),
        Until = parsed.GetValue(Until),
    };

    private static AuditQuery QueryOf(ParseResult parsed) =>
        new(parsed.GetValue(Record), parsed.GetValue(RunId), parsed.GetValue(Trace), Limit: parsed.GetValue(Limit))
        {
            Subject = parsed.GetValue(Subject),
            Actor = parsed.GetValue(Actor),
            Action = parsed.GetValue(Action),
            Connection = parsed.GetValue(Connection) is { } connection ? new ConnectionName(connection) : null,
            Since = parsed.GetValue(Since),
            Until = parsed.GetValue(Until),
            DenialsOnly = parsed.GetValue(Denied),
            NewestFirst = parsed.GetValue(Newest),
        };

    private static async Task<Result<IReadOnlyList<IReadOnlyList<AuditedValue>>>> ValuesOfAsync(
        Invocation invocation, Caller caller, IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken) =>
        invocation.Parsed.GetValue(Values)
            ? await invocation.Installation.RevealValues.RevealAsync(caller, entries, cancellationToken)
            : Result<IReadOnlyList<IReadOnlyList<AuditedValue>>>.Of([]);

    private static void Write(IAnsiConsole console, IReadOnlyList<AuditView> views)
    {
        console.Write(Printer.TableOf(
            ["#", "at", "phase", "who", "by", "what", "on", "records", "outcome"],
            views.Select(view => new[]
            {
                RunText.Number(view.Sequence), RunText.Moment(view.At), view.Phase, view.Subject, view.Actor, view.Action,
                $"{view.Connection}/{view.Type}", RunText.Number(view.Records), view.Outcome ?? "",
            })));
        var values = views.SelectMany(view => (view.Values ?? []).Select(value => (view.Sequence, Value: value))).ToList();
        if (values.Count > 0)
        {
            console.Write(Printer.TableOf(
                ["#", "record", "field", "before", "after"],
                values.Select(each => new[]
                {
                    RunText.Number(each.Sequence), each.Value.Record, each.Value.Field, each.Value.Before ?? "", each.Value.After ?? "",
                })));
        }
    }

    private static AuditView ViewOf(AuditRow row, AuditEntry entry, IReadOnlyList<AuditedValue>? values) => new(
        row.Sequence, entry.TraceId, entry.Phase.ToString(), entry.At, entry.Caller.Subject.Id, entry.Caller.Actor.Id,
        entry.Caller.Purpose.Name, entry.Connection.Value, entry.Environment.ToString(), entry.Action, entry.Type.Name ?? "",
        entry.Records.Count, entry.Fields, entry.Outcome, row.Hash)
    {
        Reason = entry.Reason,
        PacketHash = entry.PacketHash,
        CorrelationId = entry.CorrelationId,
        Values = values is { Count: > 0 } ? values : null,
    };
}
