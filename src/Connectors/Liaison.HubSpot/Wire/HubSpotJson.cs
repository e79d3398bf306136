using System.Text.Json;
using System.Text.Json.Serialization;
using Liaison.Wire;

namespace Liaison.HubSpot.Wire;

/// <summary>HubSpot's documents other than records; every member may be missing (contracts/hubspot.md 5).</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(PropertiesDocument))]
[JsonSerializable(typeof(GroupsDocument))]
[JsonSerializable(typeof(AccountDocument))]
[JsonSerializable(typeof(TokenDocument))]
[JsonSerializable(typeof(OwnersDocument))]
[JsonSerializable(typeof(PipelinesDocument))]
[JsonSerializable(typeof(StagesDocument))]
[JsonSerializable(typeof(AssociationRowsDocument))]
[JsonSerializable(typeof(AssociationTargetsDocument))]
[JsonSerializable(typeof(AssociationTypesDocument))]
internal sealed partial class HubSpotJson : JsonSerializerContext;

internal sealed record PropertiesDocument(IReadOnlyList<PropertyDocument>? Results);

internal sealed record PropertyDocument(string? Name, string? Label, string? Type, string? FieldType)
{
    public IReadOnlyList<OptionDocument>? Options { get; init; }

    public bool? ExternalOptions { get; init; }

    public bool? Calculated { get; init; }

    public bool? HasUniqueValue { get; init; }

    public bool? Archived { get; init; }

    public bool? ShowCurrencySymbol { get; init; }

    public string? CurrencyPropertyName { get; init; }

    public string? NumberDisplayHint { get; init; }

    public string? ReferencedObjectType { get; init; }

    public string? DataSensitivity { get; init; }

    public ModificationDocument? ModificationMetadata { get; init; }
}

internal sealed record OptionDocument(string? Value, string? Label, int? DisplayOrder, bool? Hidden);

internal sealed record ModificationDocument(bool? ReadOnlyValue);

internal sealed record GroupsDocument(IReadOnlyList<GroupDocument>? Results);

internal sealed record GroupDocument(string? Name);

internal sealed record AccountDocument(long? PortalId, string? TimeZone, string? CompanyCurrency);

internal sealed record TokenDocument(long? UserId, long? HubId, IReadOnlyList<string>? Scopes);

internal sealed record OwnersDocument(IReadOnlyList<OwnerDocument>? Results, PagingDocument? Paging);

internal sealed record OwnerDocument([property: JsonConverter(typeof(IdConverter))] string? Id, string? Email, string? FirstName, string? LastName, string? Type)
{
    public long? UserId { get; init; }

    public long? UserIdIncludingInactive { get; init; }

    public IReadOnlyList<TeamDocument>? Teams { get; init; }
}

internal sealed record TeamDocument([property: JsonConverter(typeof(IdConverter))] string? Id, string? Name, bool? Primary);

internal sealed record PagingDocument(NextDocument? Next);

internal sealed record NextDocument([property: JsonConverter(typeof(IdConverter))] string? After);

internal sealed record AssociationRowsDocument(IReadOnlyList<AssociationRowDocument>? Results, IReadOnlyList<JsonElement>? Errors);

internal sealed record AssociationRowDocument(IdDocument? From, IReadOnlyList<AssociationTargetDocument>? To, PagingDocument? Paging);

internal sealed record IdDocument([property: JsonConverter(typeof(IdConverter))] string? Id);

internal sealed record AssociationTargetsDocument(IReadOnlyList<AssociationTargetDocument>? Results, PagingDocument? Paging);

/// <param name="ToObjectId">A number in recordings and a string in the specification (contracts/hubspot.md 8).</param>
internal sealed record AssociationTargetDocument(
    [property: JsonConverter(typeof(IdConverter))] string? ToObjectId, IReadOnlyList<AssociationTypeDocument>? AssociationTypes);

internal sealed record AssociationTypesDocument(IReadOnlyList<AssociationTypeDocument>? Results);

internal sealed record AssociationTypeDocument(string? Category, int? TypeId, string? Label);

/// <summary>Reads an id in either form: HubSpot writes one and the same as a number here and as text there.</summary>
internal sealed class IdConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String or JsonTokenType.Number
            ? NativeJson.Read(ref reader).Raw
            : throw new JsonException("An id is neither text nor a number.");

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

internal sealed record PipelinesDocument(IReadOnlyList<PipelineDocument>? Results);

internal sealed record PipelineDocument(string? Id, string? Label, int? DisplayOrder, bool? Archived, IReadOnlyList<StageDocument>? Stages);

internal sealed record StagesDocument(IReadOnlyList<StageDocument>? Results);

internal sealed record StageDocument(string? Id, string? Label, int? DisplayOrder, bool? Archived, string? WritePermissions, StageMetadata? Metadata);

internal sealed record StageMetadata(string? IsClosed, string? Probability, string? TicketState);
