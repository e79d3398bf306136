using System.Text.Json;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Writeback;

namespace Liaison.Gateway.Documents;

/// <summary>Sets fields of a record.</summary>
public sealed record UpdateFieldsDocument : ChangeDocument
{
    /// <summary>Gets the record, as <c>connection/type/id</c>.</summary>
    public required string Record { get; init; }

    /// <summary>Gets the values by field: text, number, true, false, a list of choices, or null to clear.</summary>
    public IReadOnlyDictionary<string, JsonElement> Fields { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>Gets texts that are added behind what stands in a field, which stays as it is.</summary>
    public IReadOnlyDictionary<string, JsonElement> Append { get; init; } = new Dictionary<string, JsonElement>();

    private protected override Result<ChangeAction> ToAction() => RecordText.Parse(Record, "record").Then(record =>
        DocumentValues.Read(Fields, append: false).Then(set => DocumentValues.Read(Append, append: true).Then<ChangeAction>(added =>
            set.Count + added.Count > 0
                ? new ChangeAction.UpdateFields(record, [.. set, .. added])
                : new Failure(FailureKind.Invalid, "The proposal names no field; give at least one under fields or append.") { Field = "fields" })));
}

/// <summary>Makes a record.</summary>
public sealed record CreateRecordDocument : ChangeDocument
{
    /// <summary>Gets the connection.</summary>
    public required string Connection { get; init; }

    /// <summary>Gets the record type.</summary>
    public required string Type { get; init; }

    /// <summary>Gets the values by field.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Fields { get; init; }

    /// <summary>Gets the links that the record is born with.</summary>
    public IReadOnlyList<LinkDocument> Links { get; init; } = [];

    private protected override Result<ChangeAction> ToAction()
    {
        var links = new List<RecordLink>(Links.Count);
        foreach (var link in Links)
        {
            if (!RecordText.Parse(link.To, "links").TryGet(out var to, out var failure))
            {
                return failure;
            }

            links.Add(new RecordLink(to.Type, to.Id, link.Label));
        }

        return DocumentValues.Read(Fields, append: false).Then<ChangeAction>(
            fields => new ChangeAction.CreateRecord(new ConnectionName(Connection), new RecordType(Type), fields, links));
    }
}

/// <summary>Links two records, or parts them.</summary>
public sealed record AssociateDocument : ChangeDocument
{
    /// <summary>Gets the record, as <c>connection/type/id</c>.</summary>
    public required string Record { get; init; }

    /// <summary>Gets the other record, as <c>connection/type/id</c>.</summary>
    public required string To { get; init; }

    /// <summary>Gets what the link is called; <see langword="null"/> for a plain one.</summary>
    public string? Label { get; init; }

    /// <summary>Gets a value indicating whether the link is taken away.</summary>
    public bool Remove { get; init; }

    private protected override Result<ChangeAction> ToAction() => RecordText.Parse(Record, "record").Then(record =>
        RecordText.Parse(To, "to").Then<ChangeAction>(to => record.Connection == to.Connection
            ? new ChangeAction.Associate(record, to, Label, Remove)
            : new Failure(FailureKind.Invalid, "Records of two connections cannot be linked; both have to be of one.") { Field = "to" }));
}

/// <summary>Makes a task on a record.</summary>
public sealed record CreateTaskDocument : ChangeDocument
{
    /// <summary>Gets the record, as <c>connection/type/id</c>.</summary>
    public required string Record { get; init; }

    /// <summary>Gets what is to be done, in a line.</summary>
    public required string Subject { get; init; }

    /// <summary>Gets what else there is to say.</summary>
    public string? Text { get; init; }

    /// <summary>Gets by when.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Gets who is to do it, by the CRM's owner id.</summary>
    public string? Owner { get; init; }

    private protected override Result<ChangeAction> ToAction() => RecordText.Parse(Record, "record").Then<ChangeAction>(
        record => new ChangeAction.CreateTask(record, Subject, Text, DueAt, Owner));
}

/// <summary>Moves a record to another stage.</summary>
public sealed record MoveStageDocument : ChangeDocument
{
    /// <summary>Gets the record, as <c>connection/type/id</c>.</summary>
    public required string Record { get; init; }

    /// <summary>Gets the stage, by value or label.</summary>
    public required string Stage { get; init; }

    /// <summary>Gets the pipeline; <see langword="null"/> keeps the record's.</summary>
    public string? Pipeline { get; init; }

    private protected override Result<ChangeAction> ToAction() => RecordText.Parse(Record, "record").Then<ChangeAction>(
        record => new ChangeAction.MoveStage(record, Stage, Pipeline));
}

/// <summary>Gives a record another owner.</summary>
public sealed record AssignOwnerDocument : ChangeDocument
{
    /// <summary>Gets the record, as <c>connection/type/id</c>.</summary>
    public required string Record { get; init; }

    /// <summary>Gets the new owner, by the CRM's owner id.</summary>
    public required string Owner { get; init; }

    private protected override Result<ChangeAction> ToAction() => RecordText.Parse(Record, "record").Then<ChangeAction>(
        record => new ChangeAction.AssignOwner(record, Owner));
}

/// <summary>Logs what was said, on a record.</summary>
public sealed record LogSummaryDocument : ChangeDocument
{
    /// <summary>Gets the record, as <c>connection/type/id</c>.</summary>
    public required string Record { get; init; }

    /// <summary>Gets as what it is logged: <c>note</c>, <c>call</c> or <c>meeting</c>.</summary>
    public string As { get; init; } = RecordType.Note.Name;

    /// <summary>Gets what it was about, in a line.</summary>
    public string? Subject { get; init; }

    /// <summary>Gets the summary.</summary>
    public required string Text { get; init; }

    /// <summary>Gets when it was said; <see langword="null"/> means now.</summary>
    public DateTimeOffset? OccurredAt { get; init; }

    private protected override Result<ChangeAction> ToAction() => RecordText.Parse(Record, "record").Then<ChangeAction>(record => ChangeAction.LogSummary.Forms.Contains(new RecordType(As))
        ? new ChangeAction.LogSummary(record, new RecordType(As), Subject, Text, OccurredAt)
        : new Failure(FailureKind.Invalid, $"A summary is logged as one of {string.Join(", ", ChangeAction.LogSummary.Forms)}.") { Field = "as" });
}

/// <summary>Drafts a message for a person to send.</summary>
public sealed record DraftMessageDocument : ChangeDocument
{
    /// <summary>Gets the record of the person, as <c>connection/type/id</c>.</summary>
    public required string Record { get; init; }

    /// <summary>Gets the subject.</summary>
    public required string Subject { get; init; }

    /// <summary>Gets the text.</summary>
    public required string Text { get; init; }

    private protected override Result<ChangeAction> ToAction() => RecordText.Parse(Record, "record").Then<ChangeAction>(
        record => new ChangeAction.DraftMessage(record, Subject, Text));
}
