using System.CommandLine;
using Liaison.Audit;
using Liaison.Cli.Output;
using Liaison.Failures;
using Liaison.Gateway.Documents;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Pipelines;
using Liaison.Work;
using Spectre.Console;

namespace Liaison.Cli.Commands;

/// <summary><c>liaison dead-letter</c>: items that failed for good, with all that it takes to understand, replay or discard them.</summary>
internal static class DeadLetterCommands
{
    private static readonly Argument<string> Id = new("letter") { Description = "The letter's id, as in run-01jd…/17; the run's part may be an unambiguous beginning." };

    private static readonly Argument<string?> MaybeId = new("letter") { Description = "The letter's id; left out, the filters or --all tell which.", Arity = ArgumentArity.ZeroOrOne };

    private static readonly Option<string?> RunId = new("--run") { Description = "Only letters of this run." };

    private static readonly Option<string?> Connection = new("--connection") { Description = "Only letters of this connection." };

    private static readonly Option<string?> Record = new("--record") { Description = "Only letters about the record of this id." };

    private static readonly Option<FailureKind?> Kind = new("--kind") { Description = "Only letters that failed so, as in Unavailable." };

    private static readonly Option<DeadLetterState?> State = new("--state") { Description = "Only letters that stand so; the default lists those that wait." };

    private static readonly Option<bool> Everything = new("--all") { Description = "Every letter that waits." };

    private static readonly Option<bool> Values = new("--values") { Description = "Decrypt the values that the letter keeps; takes the role auditor, and that you looked is recorded." };

    private static readonly Option<DateTimeOffset?> At = new("--at")
    {
        Description = "Replay at this time, as in 2026-03-02T02:00Z; an installation that is served then does it.", CustomParser = OptionChecks.Moment,
    };

    private static readonly Option<TimeSpan?> In = new("--in") { Description = "Replay after this span of time, as in 30m or 6h.", CustomParser = OptionChecks.Duration };

    private static readonly Option<bool> Unplan = new("--unplan") { Description = "Take off what was planned by --at or --in." };

    private static readonly Option<string> Reason = new("--reason") { Description = "Why, in a sentence; stored and recorded.", Required = true };

    private static readonly Option<int> Limit = OptionChecks.Within(new("--limit") { Description = "The most letters.", DefaultValueFactory = _ => 50 }, 1, 10_000);

    public static Command Create() => Verb.Group(
        "dead-letter",
        "Look at items that failed for good, replay or discard them.",
        Verb.Of("list", "List dead letters with their reasons, oldest first.", [RunId, Connection, Record, Kind, State, Limit, GlobalOptions.As], ListAsync),
        Verb.Of("show", "Show one dead letter with every attempt that failed.", [Id, Values, GlobalOptions.As], ShowAsync),
        Verb.Of(
            "replay",
            "Do the work of dead letters once more, each after it is found to be still wanted.",
            [MaybeId, RunId, Connection, Record, Kind, Everything, At, In, Unplan, GlobalOptions.As],
            ReplayAsync),
        Verb.Of("discard", "Close dead letters without doing their work.", [MaybeId, RunId, Connection, Record, Kind, Everything, Reason, GlobalOptions.As], DiscardAsync));

    private static async Task<int> ListAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var query = (await QueryOfAsync(invocation, cancellationToken)) with
        {
            State = invocation.Parsed.GetValue(State) ?? DeadLetterState.Waiting,
            Limit = invocation.Parsed.GetValue(Limit),
        };
        var listed = await invocation.Installation.DeadLetters.ListAsync(Callers.Of(invocation, Purpose.Administration), query, cancellationToken);
        if (!listed.TryGet(out var letters, out var failure))
        {
            return invocation.Printer.Fail(failure);
        }

        var views = letters.Select(DeadLetterDocument.Of).ToList();
        return invocation.Printer.Show<IReadOnlyList<DeadLetterDocument>>(views, CliJson.Default.IReadOnlyListDeadLetterDocument, console => console.Write(Printer.TableOf(
            ["letter", "record", "state", "replay at", "attempts", "kind", "reason"],
            views.Select(view => new[]
            {
                view.Id,
                view.Record,
                view.State.ToString(),
                view.ReplayAt is { } at ? RunText.Moment(at) : "",
                RunText.Number(view.Attempts.Count),
                view.FailureKind.ToString(),
                view.Failure,
            }))));
    }

    private static async Task<int> ShowAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var caller = Callers.Of(invocation, Purpose.Administration);
        var id = invocation.Parsed.GetRequiredValue(Id);
        if (!(await invocation.Installation.DeadLetters.ShowAsync(caller, id, cancellationToken)).TryGet(out var letter, out var failure))
        {
            return invocation.Printer.Fail(failure);
        }

        IReadOnlyList<AuditedValue>? values = null;
        if (invocation.Parsed.GetValue(Values)
            && !(await invocation.Installation.DeadLetters.RevealAsync(caller, letter.Id, cancellationToken)).TryGet(out values, out failure))
        {
            return invocation.Printer.Fail(failure);
        }

        var view = DeadLetterDocument.Of(letter) with { Values = values };
        return invocation.Printer.Show(view, CliJson.Default.DeadLetterDocument, console => Write(console, view));
    }

    private static async Task<int> ReplayAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        if (Unnamed(invocation, "replay") is { } wrong)
        {
            return invocation.Printer.Fail(wrong);
        }

        var caller = Callers.Of(invocation, Purpose.Administration);
        if (invocation.Parsed.GetValue(Unplan) || invocation.Parsed.GetValue(At) is not null || invocation.Parsed.GetValue(In) is not null)
        {
            return await PlanAsync(invocation, caller, cancellationToken);
        }

        await using var delivering = invocation.Installation.DeliverAlerts();
        var replayed = invocation.Parsed.GetValue(MaybeId) is { } id
            ? await invocation.Installation.Replay.ReplayAsync(caller, id, cancellationToken)
            : await invocation.Installation.Replay.ReplayAsync(caller, await QueryOfAsync(invocation, cancellationToken), cancellationToken);
        if (!replayed.TryGet(out var letters, out var failure))
        {
            return invocation.Printer.Fail(failure);
        }

        var views = letters.Select(ReplayedLetterDocument.Of).ToList();
        invocation.Printer.Show<IReadOnlyList<ReplayedLetterDocument>>(views, CliJson.Default.IReadOnlyListReplayedLetterDocument, console => console.Write(Printer.TableOf(
            ["letter", "record", "state", "item", "what happened"],
            views.Select(view => new[] { view.Id, view.Record, view.State.ToString(), view.Item.ToString(), view.Told }))));
        return letters.All(letter => letter.State is DeadLetterState.Replayed or DeadLetterState.Superseded) ? ExitCode.Done : ExitCode.Failed;
    }

    private static async Task<int> PlanAsync(Invocation invocation, Caller caller, CancellationToken cancellationToken)
    {
        var (at, span, unplan) = (invocation.Parsed.GetValue(At), invocation.Parsed.GetValue(In), invocation.Parsed.GetValue(Unplan));
        if ((at is null ? 0 : 1) + (span is null ? 0 : 1) + (unplan ? 1 : 0) != 1)
        {
            return invocation.Printer.Fail(new Failure(FailureKind.Invalid, "Say when by --at or by --in, or --unplan; one of the three."));
        }

        var when = unplan ? null : at ?? invocation.Installation.Time.GetUtcNow() + span;
        var planned = await invocation.Installation.PlanReplays.PlanAsync(
            caller, invocation.Parsed.GetValue(MaybeId), await QueryOfAsync(invocation, cancellationToken), when, cancellationToken);
        return planned.TryGet(out var count, out var failure)
            ? invocation.Printer.Show(new PlannedDocument(count, when), CliJson.Default.PlannedDocument, console => console.WriteLine(
                when is { } moment ? $"{RunText.Number(count)} planned for {RunText.Moment(moment)}; liaison serve makes it then." : $"{RunText.Number(count)} planned no more."))
            : invocation.Printer.Fail(failure);
    }

    private static async Task<int> DiscardAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        if (Unnamed(invocation, "discard") is { } wrong)
        {
            return invocation.Printer.Fail(wrong);
        }

        var reason = invocation.Parsed.GetRequiredValue(Reason);
        if (string.IsNullOrWhiteSpace(reason))
        {
            return invocation.Printer.Fail(new Failure(FailureKind.Invalid, "Discarding takes a reason; give one in a sentence."));
        }

        var discarded = await invocation.Installation.DeadLetters.DiscardAsync(
            Callers.Of(invocation, Purpose.Administration),
            invocation.Parsed.GetValue(MaybeId),
            await QueryOfAsync(invocation, cancellationToken),
            reason,
            cancellationToken);
        return discarded.TryGet(out var count, out var failure)
            ? invocation.Printer.Show(new DiscardedDocument(count), CliJson.Default.DiscardedDocument, console => console.WriteLine($"{RunText.Number(count)} discarded."))
            : invocation.Printer.Fail(failure);
    }

    // What acts on everything must be asked for, never be what is left when a filter was forgotten.
    private static Failure? Unnamed(Invocation invocation, string what)
    {
        var parsed = invocation.Parsed;
        var filtered = parsed.GetValue(RunId) is not null || parsed.GetValue(Connection) is not null || parsed.GetValue(Record) is not null || parsed.GetValue(Kind) is not null;
        var all = parsed.GetValue(Everything);
        var named = parsed.GetValue(MaybeId) is not null;
        return (named ? 1 : 0) + (filtered ? 1 : 0) + (all ? 1 : 0) == 1
            ? null
            : new Failure(FailureKind.Invalid, $"Say what to {what}: one letter by its id, some by --run, --connection, --record or --kind, or --all.");
    }

    private static async Task<DeadLetterQuery> QueryOfAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var parsed = invocation.Parsed;
        var run = parsed.GetValue(RunId) is { } id ? (await invocation.Installation.Work.FindRunAsync(id, cancellationToken))?.Id ?? id : null;
        return new DeadLetterQuery(RunId: run)
        {
            Connection = parsed.GetValue(Connection) is { } connection ? new ConnectionName(connection) : null,
            RecordId = parsed.GetValue(Record),
            FailureKind = parsed.GetValue(Kind),
        };
    }

    private static void Write(IAnsiConsole console, DeadLetterDocument view)
    {
        console.WriteLine($"{view.Id}: {view.Operation} on {TerminalText.Safe(view.Record)} by {view.Pipeline}, {view.State}");
        console.WriteLine($"{view.FailureKind}: {TerminalText.Safe(view.Failure)}");
        if (view.Note is { } note)
        {
            console.WriteLine($"closed by {TerminalText.Safe(view.ClosedBy ?? "")}: {TerminalText.Safe(note)}");
        }

        console.WriteLine($"died {RunText.Moment(view.CreatedAt)}, last {RunText.Moment(view.UpdatedAt)}; change {view.ChangeId ?? "none"}; fields {string.Join(", ", view.Fields)}");
        console.Write(Printer.TableOf(
            ["attempt at", "failed with", "the CRM's id of it"],
            view.Attempts.Select(attempt => new[] { RunText.Moment(attempt.At), attempt.Kind.ToString(), attempt.CorrelationId ?? "" })));
        if (view.Values is { } values)
        {
            console.Write(Printer.TableOf(["field", "value"], values.Select(value => new[] { value.Field, value.After ?? "" })));
        }
    }
}
