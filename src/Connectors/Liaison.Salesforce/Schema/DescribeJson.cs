using System.Text.Json.Serialization;

namespace Liaison.Salesforce.Schema;

/// <summary>Salesforce's documents about itself; every member may be missing (contracts/salesforce.md 4).</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DescribeDocument))]
[JsonSerializable(typeof(IReadOnlyList<VersionDocument>))]
[JsonSerializable(typeof(UserDocument))]
internal sealed partial class DescribeJson : JsonSerializerContext;

internal sealed record DescribeDocument(string? Name, IReadOnlyList<FieldDocument>? Fields)
{
    public bool? Createable { get; init; }

    public bool? Updateable { get; init; }
}

internal sealed record FieldDocument(string? Name, string? Label, string? Type)
{
    public int? Length { get; init; }

    public bool? Createable { get; init; }

    public bool? Updateable { get; init; }

    public bool? Nillable { get; init; }

    public bool? DefaultedOnCreate { get; init; }

    public bool? Unique { get; init; }

    public bool? ExternalId { get; init; }

    public bool? HtmlFormatted { get; init; }

    public bool? Encrypted { get; init; }

    public bool? DeprecatedAndHidden { get; init; }

    public string? ControllerName { get; init; }

    public string? MaskType { get; init; }

    public IReadOnlyList<string>? ReferenceTo { get; init; }

    public string? RelationshipName { get; init; }

    public IReadOnlyList<PicklistDocument>? PicklistValues { get; init; }
}

/// <param name="ValidFor">A base64 set of bits: for which values of the controlling field this one may be chosen.</param>
internal sealed record PicklistDocument(string? Value, string? Label, bool? Active, string? ValidFor)
{
    public bool? DefaultValue { get; init; }
}

internal sealed record VersionDocument(string? Version);

internal sealed record UserDocument(
    [property: JsonPropertyName("user_id")] string? UserId, [property: JsonPropertyName("organization_id")] string? OrganizationId);
