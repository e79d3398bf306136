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
internal sealed record PipelineListView(IReadOnlyList<PipelineView> Pipelines)
{
    public static PipelineListView Of(IReadOnlyList<Pipeline> pipelines) => new(
        [.. pipelines.Select(pipeline => new PipelineView(
            pipeline.Id,
            pipeline.Label,
            [.. pipeline.Stages.Select(stage => new StageView(stage.Id, stage.Label, stage.IsClosed, stage.Probability, stage.MayBeEntered))]))]);
}

/// <summary>A pipeline with its stages in their order.</summary>
internal sealed record PipelineView(string Id, string Label, IReadOnlyList<StageView> Stages);

/// <summary>A stage of a pipeline.</summary>
/// <param name="Probability">How likely a record in it is won, from 0 to 1.</param>
/// <param name="MayBeEntered">Whether the CRM lets records be moved into it through its API.</param>
internal sealed record StageView(string Id, string Label, bool IsClosed, decimal? Probability, bool MayBeEntered);
