using Liaison.Gateway.Documents;
using Liaison.Identity;
using Liaison.Model;

namespace Liaison.Server.Rest.Views;

/// <summary>A connection, without its credentials.</summary>
internal sealed record ConnectionView(
    string Name, string Crm, CrmEnvironment Environment, string ApiVersion, bool WritesOpen);

/// <summary>The connections on which anything is opened to the caller.</summary>
internal sealed record ConnectionListView(IReadOnlyList<ConnectionView> Connections)
{
    public static ConnectionListView Of(IReadOnlyList<Connection> connections) => new(
        [.. connections.Select(connection => new ConnectionView(
            connection.Profile.Name.Value,
            connection.Profile.Crm,
            connection.Profile.Environment,
            connection.Profile.ApiVersion,
            connection.Options.Writes == ConnectionWrites.Open))]);
}

/// <summary>A record type as the caller may read it.</summary>
internal sealed record SchemaView(string Type, string NativeType, IReadOnlyList<FieldDefinitionView> Fields)
{
    public static SchemaView Of(RecordSchema schema) => new(
        schema.Type.Name,
        schema.NativeType,
        [.. schema.Fields.Values.OrderBy(field => field.Name, StringComparer.Ordinal).Select(field => new FieldDefinitionView(
            field.Name, field.NativeName, field.Label, field.Type, field.NativeType, field.Writable, field.Required, field.Unique, field.MaxLength,
            [.. field.Options.Select(option => new OptionView(option.Value, option.Label))]))]);
}

/// <summary>One field of a record type.</summary>
/// <param name="Writable">Whether the CRM lets the credential write it; policy narrows that further.</param>
internal sealed record FieldDefinitionView(
    string Name,
    string NativeName,
    string Label,
    FieldType Type,
    string NativeType,
    bool Writable,
    bool Required,
    bool Unique,
    int? MaxLength,
    IReadOnlyList<OptionView> Options);

/// <summary>A choice of a list.</summary>
internal sealed record OptionView(string Value, string Label);

/// <summary>The pipelines of a record type, in their order.</summary>
internal sealed record PipelineListView(IReadOnlyList<PipelineDocument> Pipelines);
