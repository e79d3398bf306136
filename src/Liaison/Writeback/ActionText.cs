using System.Diagnostics;
using System.Globalization;
using Liaison.Normalization;

namespace Liaison.Writeback;

/// <summary>An action as one unambiguous text, for the hash that tells two requests of one key apart.</summary>
internal static class ActionText
{
    public static string Of(ChangeAction action) => string.Join('\n', Parts(action).Select(Escaped).Prepend(action.Kind.ToString()).Append(action.Target.ToString()));

    private static IEnumerable<string> Parts(ChangeAction action) => action switch
    {
        ChangeAction.UpdateFields update => update.Fields.SelectMany(Parts),
        ChangeAction.CreateRecord create => create.Fields.SelectMany(Parts).Concat(
            create.Links.SelectMany(link => new[] { link.ToType.Name, link.ToId, link.Label ?? "" })),
        ChangeAction.Associate link => [link.To.ToString(), link.Label ?? "", link.Remove ? "remove" : "make"],
        ChangeAction.MoveStage move => [move.Pipeline ?? "", move.Stage],
        ChangeAction.AssignOwner assign => [assign.Owner],
        ChangeAction.CreateTask task => [task.Subject, task.Text ?? "", Moment(task.DueAt), task.Owner ?? ""],
        ChangeAction.LogSummary log => [log.As.Name, log.Subject ?? "", log.Text, Moment(log.OccurredAt)],
        ChangeAction.DraftMessage draft => [draft.Subject, draft.Text],
        _ => throw new UnreachableException(),
    };

    private static string[] Parts(FieldChange change) =>
        [change.Field, change.Append ? "append" : "set", change.Value.GetType().Name, ValueText.Of(change.Value)];

    private static string Moment(DateTimeOffset? at) => at?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture) ?? "";

    // Parts are lines: a line break inside one must not look like the next.
    private static string Escaped(string part) => part.Replace("\\", "\\\\", StringComparison.Ordinal).ReplaceLineEndings("\\n");
}
