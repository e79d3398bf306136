using Liaison.Cli.Output;
using Liaison.Gateway.Documents;
using Liaison.Writeback;
using Spectre.Console;

namespace Liaison.Cli.Commands;

/// <summary>Change sets as people read them.</summary>
internal static class ChangeText
{
    private const int ShownReason = 90;

    /// <summary>Makes the view of a stored change set.</summary>
    public static ChangeView ViewOf(ChangeSetRow row, IReadOnlyList<ChangeTransition>? moves)
    {
        var content = ChangeContent.FromJson(row.Content);
        return new ChangeView(
            row.Id, content.Action, row.Record.ToString(), row.State, row.Risk, content.Reason, content.Source,
            $"{row.Proposer.Subject.Id} by {row.Proposer.Actor.Id}", row.Note, row.CreatedAt, row.ContentHash,
            ChangedFieldDocument.Of(content),
            [.. content.Links.Select(link => new ChangeLinkView($"{row.Record.Connection}/{link.ToType}/{link.ToId}", link.Label, link.Remove))],
            EvidenceDocument.Of(content),
            content.Warnings, row.Approval, row.MadeId, moves);
    }

    /// <summary>Writes change sets as a table.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<ChangeView> views) => console.Write(Printer.TableOf(
        ["change", "action", "record", "state", "risk", "change of", "why"],
        views.Select(view => new[]
        {
            view.Id, view.Action, view.Record, view.State.ToString(), view.Risk.ToString(),
            string.Join("; ", view.Fields.Take(1).Select(field => $"{field.Field}: {field.Before} → {field.After}")),
            view.Reason.Length <= ShownReason ? view.Reason : view.Reason[..ShownReason] + "…",
        })));

    /// <summary>Writes one change set with all that whoever decides has to see.</summary>
    public static void Write(IAnsiConsole console, ChangeView view)
    {
        console.WriteLine($"{view.Id}: {view.State}, {view.Risk} risk, {view.Action} on {view.Record}{(view.MadeId is { } made ? $", made {made}" : "")}");
        console.WriteLine($"why: {TerminalText.Safe(view.Reason)}");
        console.WriteLine($"from: {view.Source}, proposed by {view.Proposer}{(view.Note is { } note ? $"; {TerminalText.Safe(note)}" : "")}");
        foreach (var warning in view.Warnings)
        {
            console.WriteLine($"mind: {warning}");
        }

        console.Write(Printer.TableOf(
            ["field", "native", "before", "after"],
            view.Fields.Select(field => new[] { field.Field, field.NativeName, field.Before, field.After })));
        foreach (var link in view.Links)
        {
            console.WriteLine($"{(link.Remove ? "unlinked from" : "linked to")} {link.To}{(link.Label is { } label ? $" as {TerminalText.Safe(label)}" : "")}");
        }

        foreach (var cited in view.Evidence)
        {
            console.WriteLine($"cites {cited.Record} {cited.Field}: {TerminalText.Safe(cited.Text)}");
        }

        if (view.Approval is { } approval)
        {
            console.WriteLine($"approved by {approval.By}{(approval.For is { } place ? $" in place of {place}" : "")} at {RunText.Moment(approval.At)}");
        }

        console.WriteLine($"content hash {view.ContentHash}");
        if (view.Moves is { Count: > 0 } moves)
        {
            console.Write(Printer.TableOf(
                ["at", "from", "to", "by", "note"],
                moves.Select(move => new[] { RunText.Moment(move.At), move.From.ToString(), move.To.ToString(), move.By, move.Note ?? "" })));
        }
    }
}
