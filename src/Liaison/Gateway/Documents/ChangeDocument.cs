using System.Text.Json;
using System.Text.Json.Serialization;
using Liaison.Failures;
using Liaison.Writeback;

namespace Liaison.Gateway.Documents;

/// <summary>A proposal as it comes through a door: one document a kind of change, each with its own parameters.</summary>
/// <remarks>The member <c>kind</c> says which; records are written <c>connection/type/id</c>. A member that the kind does not have is refused.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(UpdateFieldsDocument), "update-fields")]
[JsonDerivedType(typeof(CreateRecordDocument), "create-record")]
[JsonDerivedType(typeof(AssociateDocument), "associate")]
[JsonDerivedType(typeof(CreateTaskDocument), "create-task")]
[JsonDerivedType(typeof(MoveStageDocument), "move-stage")]
[JsonDerivedType(typeof(AssignOwnerDocument), "assign-owner")]
[JsonDerivedType(typeof(LogSummaryDocument), "log-summary")]
[JsonDerivedType(typeof(DraftMessageDocument), "draft-message")]
public abstract record ChangeDocument
{
    /// <summary>Gets why, in a sentence that an approver can judge.</summary>
    public required string Reason { get; init; }

    /// <summary>Gets the idempotency key.</summary>
    /// <value>The default is <see langword="null"/>: every request is a new wish.</value>
    public string? Key { get; init; }

    /// <summary>Gets the fields of records that the change rests on.</summary>
    /// <value>The default is empty: what the change claims is then looked up in the record alone.</value>
    public IReadOnlyList<CitationDocument> Cites { get; init; } = [];

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
