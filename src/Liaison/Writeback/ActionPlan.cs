using System.Diagnostics;
using Liaison.Connectors;
using Liaison.Model;

namespace Liaison.Writeback;

/// <summary>What an action comes down to at the CRM, before anything of it is judged.</summary>
/// <param name="Type">The record type that is written.</param>
/// <param name="Asked">
/// Whether the caller named the fields, so that each is a matter of rights; where the action itself does, its own level is.
/// </param>
internal sealed record ActionPlan(WriteOperation Operation, RecordType Type, IReadOnlyList<FieldChange> Fields, bool Asked)
{
    public IReadOnlyList<RecordLink> Links { get; init; } = [];

    public IReadOnlyList<LinkDelta> Parting { get; init; } = [];

    /// <summary>Gets fields of the plan that are left out where the CRM has none such.</summary>
    public IReadOnlyList<FieldChange> Welcome { get; init; } = [];

    /// <summary>Plans an action.</summary>
    /// <param name="now">When a summary without a time of its own was said.</param>
    public static ActionPlan Of(ChangeAction action, DateTimeOffset now) => action switch
    {
        ChangeAction.UpdateFields update => new(WriteOperation.Update, update.Record.Type, update.Fields, Asked: true),
        ChangeAction.CreateRecord create => new(WriteOperation.Create, create.Type, create.Fields, Asked: true) { Links = create.Links },
        ChangeAction.Associate link => new(WriteOperation.Link, link.Record.Type, [], Asked: false)
        {
            Parting = [new LinkDelta(link.To.Type.Name, link.To.Id, link.Label, link.Remove)],
        },
        ChangeAction.MoveStage move => new(WriteOperation.Update, move.Record.Type, StageOf(move), Asked: false),
        ChangeAction.AssignOwner assign => new(
            WriteOperation.Update, assign.Record.Type, [new FieldChange(FieldNames.Owner, new FieldValue.Text(assign.Owner))], Asked: false),
        ChangeAction.CreateTask task => Activity(RecordType.Task, task.Record, task.Text ?? "", Text(FieldNames.Name, task.Subject),
            [Moment(FieldNames.DueAt, task.DueAt), .. task.Owner is { } owner ? new[] { Text(FieldNames.Owner, owner) } : []]),
        ChangeAction.LogSummary log => Summary(log, log.OccurredAt ?? now),
        ChangeAction.DraftMessage draft => Activity(
            RecordType.Note, draft.Record, $"Draft, not sent: {draft.Subject}\n\n{draft.Text}", title: null, [Moment(FieldNames.OccurredAt, now)]),
        _ => throw new UnreachableException(),
    };

    private static ActionPlan Summary(ChangeAction.LogSummary log, DateTimeOffset at)
    {
        // A note has no subject of its own: it becomes the first line.
        var title = log.As == RecordType.Note || log.Subject is null ? null : Text(FieldNames.Name, log.Subject);
        var text = title is null && log.Subject is { } subject ? $"{subject}\n\n{log.Text}" : log.Text;
        return Activity(log.As, log.Record, text, title, [Moment(FieldNames.OccurredAt, at), Moment(FieldNames.StartsAt, at)]);
    }

    private static ActionPlan Activity(
        RecordType type, RecordRef about, string text, FieldChange? title, IReadOnlyList<FieldChange> welcome) =>
        new(WriteOperation.Create, type, [.. title is null ? [] : new[] { title }, Text(FieldNames.Description, text)], Asked: false)
        {
            Links = [new RecordLink(about.Type, about.Id)],
            Welcome = welcome,
        };

    private static FieldChange[] StageOf(ChangeAction.MoveStage move) => move.Pipeline is { } pipeline
        ? [Text(FieldNames.Pipeline, pipeline), Text(FieldNames.Stage, move.Stage)]
        : [Text(FieldNames.Stage, move.Stage)];

    private static FieldChange Text(string field, string text) => new(field, new FieldValue.Text(text));

    private static FieldChange Moment(string field, DateTimeOffset at) => new(field, new FieldValue.Instant(at));
}
