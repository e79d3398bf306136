using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Normalization;
using Liaison.Policy;
using Liaison.Reading;

namespace Liaison.Writeback;

/// <summary>How one change set is undone, or what stands in the way.</summary>
internal sealed class UndoPlan
{
    private readonly ChangeContent? begun;

    /// <param name="undo">The undo that an earlier process began; <see langword="null"/> where none did.</param>
    public UndoPlan(ChangeSetRow change, ChangeSetRow? undo)
    {
        Change = change;
        Content = ChangeContent.FromJson(change.Content);
        begun = undo is null ? null : ChangeContent.FromJson(undo.Content);
        Hindrance = change switch
        {
            { State: ChangeState.Undone } => "It is undone already.",
            { State: not (ChangeState.Applied or ChangeState.Verified) } =>
                $"It was not applied: it is {change.State.ToString().ToLowerInvariant()}, so there is nothing to undo.",
            { ValuesDroppedAt: not null } => "What stood there before has been kept for as long as changes.keepDays says and is dropped, so that it cannot be undone.",
            _ when undo?.ValuesDroppedAt is not null => "An undo of it failed, and what it was to put back has been kept for as long as changes.keepDays says and is dropped.",
            { Risk: RiskClass.Irreversible } => "It is irreversible: the CRM lets this move forward only, and what fired on the way is not taken back.",
            _ when Content.Undoes is not null => "It is an undo itself; propose what should stand there instead.",
            _ when Content.Operation == WriteOperation.Create && change.MadeId is null => "Which record it made is not known.",
            _ => null,
        };
    }

    public ChangeSetRow Change { get; }

    public ChangeContent Content { get; }

    /// <summary>Gets what stands in the way; <see langword="null"/> when nothing does.</summary>
    public string? Hindrance { get; private set; }

    public IReadOnlyList<string> ChangedSince { get; private set; } = [];

    public bool IsLink => Content.Operation == WriteOperation.Link;

    /// <summary>Gets the record type that was written.</summary>
    public RecordType Type => new(Content.Type);

    /// <summary>Gets the record that was written.</summary>
    public string RecordId => Content.Operation == WriteOperation.Create ? Change.MadeId ?? "" : Change.Record.Id;

    public void Hinder(string why) => Hindrance = why;

    /// <summary>Compares the record as it stands with what the change wrote.</summary>
    public void Compare(NativeRecord? record, RecordComparison comparison)
    {
        if (record is null)
        {
            // What was made and is gone needs no undoing; what was changed and is gone cannot be put back.
            Hindrance = Content.Operation == WriteOperation.Create ? null : "The record is gone.";
            return;
        }

        // What an undo put back before its process died is no change of somebody's.
        ChangedSince = begun is not null && comparison.ChangedSinceWrite(begun, record).Count == 0
            ? []
            : comparison.ChangedSinceWrite(Content, record);
        if (ChangedSince.Count > 0)
        {
            Hindrance = $"Somebody has changed {string.Join(", ", ChangedSince)} since; what they wrote stays.";
        }
    }

    /// <summary>Gives the content that puts back what stood there.</summary>
    public Result<ChangeContent> ContentOf(OpenType open, string reason, DateTimeOffset now)
    {
        var undo = new ChangeContent("undo", OperationOf(), Content.Type, reason, $"undo/{Content.Source}", []) { Undoes = Change.Id };
        return Content.Operation switch
        {
            WriteOperation.Create => undo,
            WriteOperation.Link => undo with { Links = [.. Content.Links.Select(link => link with { Remove = !link.Remove })] },
            WriteOperation.Update => Restored(open, now).Then<ChangeContent>(fields => undo with { Fields = fields }),
            WriteOperation.Delete => new Failure(FailureKind.Unsupported, "What was deleted is not made again."),
        };
    }

    private WriteOperation OperationOf() => Content.Operation switch
    {
        WriteOperation.Create => WriteOperation.Delete,
        WriteOperation.Link => WriteOperation.Link,
        WriteOperation.Update or WriteOperation.Delete => WriteOperation.Update,
    };

    private Result<List<FieldDelta>> Restored(OpenType open, DateTimeOffset now)
    {
        var deltas = new List<FieldDelta>(Content.Fields.Count);
        foreach (var delta in Content.Fields)
        {
            if (open.Whole.Find(delta.NativeName) is not { } field)
            {
                return new Failure(FailureKind.Drifted, $"The field \"{delta.Field}\" is no longer there, so that it cannot be put back.");
            }

            if (!After(delta, field, open.Dialect, now).TryGet(out var after, out var failure))
            {
                return failure;
            }

            deltas.Add(new FieldDelta(
                delta.Field, delta.NativeName, delta.After, after, delta.AfterText, ValueText.Of(ValueReader.Read(field, after, open.Dialect))));
        }

        return deltas;
    }

    // The stamps are not put back but written anew: an undo is a write like any other, with its source and time.
    private Result<NativeValue> After(FieldDelta delta, FieldDefinition field, ValueDialect dialect, DateTimeOffset now) => delta.Field switch
    {
        FieldNames.AiSource =>
            ValueWriter.Write(new FieldValue.Text($"undo/{Content.Source}"), field, dialect),
        FieldNames.AiUpdated => ValueWriter.Write(
            new FieldValue.Instant(new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero)), field, dialect),
        _ => ValueWriter.WriteBack(new Field(delta.Field, StateOf(delta.Before), null, delta.Before), field, dialect),
    };

    private static FieldState StateOf(NativeValue before) => before.Kind switch
    {
        NativeKind.Missing => FieldState.Absent,
        _ when before.Raw is null or "" => FieldState.Empty,
        _ => FieldState.Present,
    };
}
