using System.Globalization;
using System.Net;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Normalization;
using Liaison.Schema;

namespace Liaison.Writeback;

/// <summary>Puts the source and the time of a change into the same request as its values (R72, R73); nothing is written without.</summary>
internal sealed class SourceStamps(RecordSchema schema, ConnectionName connection, ValueDialect dialect)
{
    /// <summary>Adds the stamps to the deltas of a change; a link has no place for them, and its source stands in the audit alone.</summary>
    public Result<List<FieldDelta>> Add(ChangeSet change, ActionPlan plan, DateTimeOffset now, List<FieldDelta> deltas)
    {
        if (plan.Operation is WriteOperation.Link or WriteOperation.Delete)
        {
            return deltas;
        }

        var fields = AiFields.Stamps.Select(schema.Find).OfType<FieldDefinition>().ToList();
        if (fields.Count == AiFields.Stamps.Count)
        {
            return InFields(change, now, fields, deltas);
        }

        return plan is { Operation: WriteOperation.Create, Asked: false }
            ? InText(change, now, deltas)
            : new Failure(
                FailureKind.Drifted,
                $"{schema.Type} has no field for {AiFields.Stamps.First(name => schema.Find(name) is null)}, without which nothing is written; liaison fields plan {connection} --type {schema.Type} shows what brings it.");
    }

    /// <summary>Gives the line by which an activity names its source, where its type has no fields for that.</summary>
    public static string Line(string source, string changeId, DateTimeOffset moment) =>
        string.Create(CultureInfo.InvariantCulture, $"AI source: {source}, {changeId}, {moment.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}");

    private Result<List<FieldDelta>> InFields(
        ChangeSet change, DateTimeOffset moment, List<FieldDefinition> fields, List<FieldDelta> deltas)
    {
        // Without what stood there: no undo puts stamps back, and the caller may not be allowed to read whose they were.
        var writer = new DeltaWriter(dialect, basis: null);
        foreach (var field in fields)
        {
            FieldValue value = field.Name == FieldNames.AiSource ? new FieldValue.Text(change.Source) : new FieldValue.Instant(moment);
            if (!ValueWriter.Write(value, field, dialect).TryGet(out var after, out var failure))
            {
                return failure;
            }

            deltas.Add(writer.Of(field, after, ValueText.Of(value)));
        }

        return deltas;
    }

    // Notes, tasks, calls and meetings have a text that people read: the source stands there for them to see.
    private Result<List<FieldDelta>> InText(ChangeSet change, DateTimeOffset moment, List<FieldDelta> deltas)
    {
        var line = Line(change.Source, change.Id, moment);
        var index = deltas.FindIndex(delta => delta.Field == FieldNames.Description);
        var delta = deltas[index];
        var html = schema.Fields[FieldNames.Description].Type == FieldType.RichText;
        var text = html ? $"{delta.After.Raw}<p>{WebUtility.HtmlEncode(line)}</p>" : $"{delta.After.Raw}\n\n{line}";
        deltas[index] = delta with { After = delta.After with { Raw = text }, AfterText = $"{delta.AfterText}\n\n{line}" };
        return deltas;
    }
}
