using System.CommandLine;
using Liaison.Cli.Output;
using Liaison.Failures;
using Liaison.Writeback;
using Spectre.Console;

namespace Liaison.Cli.Commands;

/// <summary><c>liaison change</c>: the change sets and what became of them.</summary>
internal static class ChangeCommands
{
    private const int ShownReason = 90;

    private static readonly Argument<string> Id = new("change") { Description = "The change set's id, or an unambiguous beginning of it." };

    private static readonly Option<ChangeState?> State = new("--state") { Description = "Only those in this state, as in waiting." };

    private static readonly Option<string?> RunId = new("--run") { Description = "Only those of this run." };

    private static readonly Option<string?> Record = new("--record") { Description = "Only those for the record of this id." };

    private static readonly Option<int> Limit = new("--limit") { Description = "The most change sets.", DefaultValueFactory = _ => 20 };

    public static Command Create() => Verb.Group(
        "change",
        "Look at change sets.",
        Verb.Of("list", "List change sets, newest first.", [State, RunId, Record, Limit], ListAsync),
        Verb.Of("show", "Show one change set with every move it made.", [Id], ShowAsync));

    private static async Task<int> ListAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var parsed = invocation.Parsed;
        var query = new ChangeQuery(
            parsed.GetValue(State), parsed.GetValue(RunId), RecordId: parsed.GetValue(Record), Limit: Math.Clamp(parsed.GetValue(Limit), 1, 1_000));
        IReadOnlyList<ChangeView> views =
            [.. (await invocation.Installation.Changes.ListAsync(query, cancellationToken)).Select(row => ViewOf(row, moves: null))];
        return invocation.Printer.Show(views, CliJson.Default.IReadOnlyListChangeView, console => Write(console, views));
    }

    /// <summary>Writes change sets as a table.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<ChangeView> views) => console.Write(Printer.TableOf(
        ["change", "record", "state", "risk", "change of", "why"],
        views.Select(view => new[]
        {
            view.Id, view.Record, view.State.ToString(), view.Risk.ToString(),
            string.Join("; ", view.Fields.Take(1).Select(field => $"{field.Field}: {field.Before} → {field.After}")),
            view.Reason.Length <= ShownReason ? view.Reason : view.Reason[..ShownReason] + "…",
        })));

    /// <summary>Makes the view of a stored change set.</summary>
    public static ChangeView ViewOf(ChangeSetRow row, IReadOnlyList<ChangeTransition>? moves)
    {
        var content = ChangeContent.FromJson(row.Content);
        return new ChangeView(
            row.Id, row.Record.ToString(), row.State, row.Risk, content.Reason, content.Source,
            $"{row.Proposer.Subject.Id} by {row.Proposer.Actor.Id}", row.Note, row.CreatedAt,
            [.. content.Fields.Select(delta => new ChangeFieldView(delta.Field, delta.NativeName, delta.BeforeText, delta.AfterText))],
            moves);
    }

    private static async Task<int> ShowAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var id = invocation.Parsed.GetRequiredValue(Id);
        if (await invocation.Installation.Changes.FindAsync(id, cancellationToken) is not { } row)
        {
            return invocation.Printer.Fail(new Failure(
                FailureKind.NotFound, $"There is no change set \"{id}\", or more than one begins so; liaison change list shows them."));
        }

        var view = ViewOf(row, await invocation.Installation.Changes.ListMovesAsync(row.Id, cancellationToken));
        return invocation.Printer.Show(view, CliJson.Default.ChangeView, console =>
        {
            console.WriteLine($"{view.Id}: {view.State}, {view.Risk} risk, on {view.Record}");
            console.WriteLine($"why: {TerminalText.Safe(view.Reason)}");
            console.WriteLine($"from: {view.Source}, proposed by {view.Proposer}{(view.Note is { } note ? $"; {note}" : "")}");
            console.Write(Printer.TableOf(
                ["field", "native", "before", "after"],
                view.Fields.Select(field => new[] { field.Field, field.NativeName, field.Before, field.After })));
            console.Write(Printer.TableOf(
                ["at", "from", "to", "by", "note"],
                (view.Moves ?? []).Select(move => new[]
                {
                    RunText.Moment(move.At), move.From.ToString(), move.To.ToString(), move.By, move.Note ?? "",
                })));
        });
    }
}
