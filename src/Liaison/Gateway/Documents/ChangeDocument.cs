using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Writeback;

namespace Liaison.Gateway.Documents;

/// <summary>A proposal as it comes through a door: one document a kind of change, each with its own parameters.</summary>
/// <remarks>The member <c>kind</c> says which; records are written <c>connection/type/id</c>. A member that the kind does not have is refused.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(UpdateFields), "update-fields")]
[JsonDerivedType(typeof(CreateRecord), "create-record")]
[JsonDerivedType(typeof(Associate), "associate")]
[JsonDerivedType(typeof(CreateTask), "create-task")]
[JsonDerivedType(typeof(MoveStage), "move-stage")]
[JsonDerivedType(typeof(AssignOwner), "assign-owner")]
[JsonDerivedType(typeof(LogSummary), "log-summary")]
[JsonDerivedType(typeof(DraftMessage), "draft-message")]
public abstract record ChangeDocument
{
    private ChangeDocument()
    {
    }

    /// <summary>Gets why, in a sentence that an approver can judge.</summary>
    public required string Reason { get; init; }

    /// <summary>Gets the idempotency key.</summary>
    /// <value>The default is <see langword="null"/>: every request is a new wish.</value>
    public string? Key { get; init; }

    /// <summary>Gets the fields of records that the change rests on.</summary>
    /// <value>The default is empty: what the change claims is then looked up in the record alone.</value>
    public IReadOnlyList<CitationDocument> Cites
    {
        // The reader of documents sets what a document leaves out to null, whatever stands here.
        get => field ?? [];
        init;
    }

    /// <summary>Gets the version of the record as it was read.</summary>
    /// <value>The default is <see langword="null"/>: the caller does not say, and whatever stands there now is compared.</value>
    public string? RecordVersion { get; init; }

    /// <summary>Reads a document.</summary>
    /// <returns><see cref="FailureKind.Invalid"/>, with what is wrong, for text that is none.</returns>
    public static Result<ChangeDocument> Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, DocumentJson.Default.ChangeDocument) is { } document
                ? document
                : new Failure(FailureKind.Invalid, "The proposal is empty; give an object with kind, reason and the parameters of the kind.");
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            return new Failure(FailureKind.Invalid, DocumentFaults.Sentence(exception));
        }
    }

    /// <summary>Gives the request that the document stands for.</summary>
    /// <returns><see cref="FailureKind.Invalid"/> for a record or value that cannot be read.</returns>
    public Result<ChangeRequest> ToRequest()
    {
        if (string.IsNullOrWhiteSpace(Reason))
        {
            return new Failure(FailureKind.Invalid, "A proposal needs a reason that whoever decides can judge.") { Field = "reason" };
        }

        var cites = new List<Citation>(Cites.Count);
        foreach (var cite in Cites)
        {
            if (!RecordText.Parse(cite.Record, "cites").TryGet(out var record, out var failure))
            {
                return failure;
            }

            cites.Add(new Citation(record, cite.Field));
        }

        return ToAction().Then<ChangeRequest>(action => new ChangeRequest(action, Reason, Key, cites, RecordVersion));
    }

    private protected abstract Result<ChangeAction> ToAction();

    /// <summary>Sets fields of a record.</summary>
    public sealed record UpdateFields : ChangeDocument
    {
        /// <summary>Gets the record, as <c>connection/type/id</c>.</summary>
        public required string Record { get; init; }

        /// <summary>Gets the values by field: text, number, true, false, a list of choices, or null to clear.</summary>
        public IReadOnlyDictionary<string, JsonElement> Fields { get => field ?? FrozenDictionary<string, JsonElement>.Empty; init; }

        /// <summary>Gets texts that are added behind what stands in a field, which stays as it is.</summary>
        public IReadOnlyDictionary<string, JsonElement> Append { get => field ?? FrozenDictionary<string, JsonElement>.Empty; init; }

        private protected override Result<ChangeAction> ToAction() => RecordText.Parse(Record, "record").Then(record =>
            DocumentValues.Read(Fields, append: false).Then(set => DocumentValues.Read(Append, append: true).Then<ChangeAction>(added =>
                set.Count + added.Count > 0
                    ? new ChangeAction.UpdateFields(record, [.. set, .. added])
                    : new Failure(FailureKind.Invalid, "The proposal names no field; give at least one under fields or append.") { Field = "fields" })));
    }

    /// <summary>Makes a record.</summary>
    public sealed record CreateRecord : ChangeDocument
    {
        /// <summary>Gets the connection.</summary>
        public required string Connection { get; init; }

        /// <summary>Gets the record type.</summary>
        public required string Type { get; init; }

        /// <summary>Gets the values by field.</summary>
        public required IReadOnlyDictionary<string, JsonElement> Fields { get; init; }

        /// <summary>Gets the links that the record is born with.</summary>
        public IReadOnlyList<LinkDocument> Links { get => field ?? []; init; }

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
    public sealed record Associate : ChangeDocument
    {
        /// <summary>Gets the record, as <c>connection/type/id</c>.</summary>
        public required string Record { get; init; }

        /// <summary>Gets the other record, as <c>connection/type/id</c>; <c>connection/company/?</c> leaves the company of a contact to be found.</summary>
        public required string To { get; init; }

        /// <summary>Gets what the link is called; <see langword="null"/> for a plain one.</summary>
        public string? Label { get; init; }

        /// <summary>Gets a value indicating whether the link is taken away.</summary>
        public bool Remove { get; init; }

        private protected override Result<ChangeAction> ToAction() => RecordText.Parse(Record, "record").Then(record =>
            RecordText.Parse(To, "to").Then<ChangeAction>(to => record.Connection == to.Connection
                ? new ChangeAction.Associate(record, to.Id == "?" ? to with { Id = "" } : to, Label, Remove)
                : new Failure(FailureKind.Invalid, "Records of two connections cannot be linked; both have to be of one.") { Field = "to" }));
    }

    /// <summary>Makes a task on a record.</summary>
    public sealed record CreateTask : ChangeDocument
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
    public sealed record MoveStage : ChangeDocument
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
    public sealed record AssignOwner : ChangeDocument
    {
        /// <summary>Gets the record, as <c>connection/type/id</c>.</summary>
        public required string Record { get; init; }

        /// <summary>Gets the new owner, by the CRM's owner id.</summary>
        public required string Owner { get; init; }

        private protected override Result<ChangeAction> ToAction() => RecordText.Parse(Record, "record").Then<ChangeAction>(
            record => new ChangeAction.AssignOwner(record, Owner));
    }

    /// <summary>Logs what was said, on a record.</summary>
    public sealed record LogSummary : ChangeDocument
    {
        /// <summary>Gets the record, as <c>connection/type/id</c>.</summary>
        public required string Record { get; init; }

        /// <summary>Gets as what it is logged: <c>note</c>, <c>call</c> or <c>meeting</c>.</summary>
        public string As { get => field ?? RecordType.Note.Name; init; }

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
    public sealed record DraftMessage : ChangeDocument
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
}

/// <summary>A field of a record that a change rests on.</summary>
/// <param name="Record">The record, as <c>connection/type/id</c>.</param>
/// <param name="Field">The field, by canonical or native name.</param>
public sealed record CitationDocument(string Record, string Field);

/// <summary>A link that a new record is born with.</summary>
/// <param name="To">The record, as <c>connection/type/id</c>.</param>
/// <param name="Label">What the link is called; <see langword="null"/> for a plain one.</param>
public sealed record LinkDocument(string To, string? Label = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowOutOfOrderMetadataProperties = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(ChangeDocument))]
internal sealed partial class DocumentJson : JsonSerializerContext;
