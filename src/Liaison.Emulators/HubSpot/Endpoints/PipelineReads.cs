using System.Text.Json;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>Reading pipelines and stages (contract section 10).</summary>
internal sealed class PipelineReads(Refusals refusals)
{
    public Reply List(Call call) => WithType(call, type =>
    {
        var pipelines = type.Where(pipeline => !pipeline.Archived).OrderBy(pipeline => pipeline.DisplayOrder).ToList();
        return Results(pipelines, Write);
    });

    public Reply Get(Call call) => WithPipeline(call, pipeline => Reply.Ok(json => Write(json, pipeline)));

    public Reply ListStages(Call call) => WithPipeline(call, pipeline => Results(Live(pipeline), WriteStage));

    public Reply GetStage(Call call) => WithPipeline(call, pipeline => Find(pipeline, call["stage"]) is { } stage
        ? Reply.Ok(json => WriteStage(json, stage))
        : refusals.NotFound($"No stage with id {call["stage"]} exists."));

    public Reply Audit(Call call) => WithPipeline(call, pipeline => Results(
        [.. pipeline.Audit.Where(entry => call.Value("stage") is not { } stage || entry.Identifier == stage)], (json, entry) =>
    {
        json.WriteStartObject();
        json.WriteNumber("portalId", call.Account.PortalId);
        json.WriteString("identifier", entry.Identifier);
        json.WriteString("action", entry.Action);
        RecordJson.WriteMoment(json, "timestamp", entry.At);
        if (entry.UserId is { } user)
        {
            json.WriteNumber("fromUserId", user);
        }

        json.WriteEndObject();
    }));

    public Reply WithType(Call call, Func<List<Pipeline>, Reply> work)
    {
        if (!call.Account.TryGetType(call["type"], out var type))
        {
            return refusals.UnknownType(call["type"]);
        }

        return call.Account.Pipelines.TryGetValue(type.Id, out var pipelines)
            ? work(pipelines)
            : refusals.Validation($"Objects of type {type.Name} have no pipelines.");
    }

    public Reply WithPipeline(Call call, Func<Pipeline, Reply> work) => WithType(call, pipelines =>
        pipelines.Find(pipeline => pipeline.Id == call["pipeline"] && !pipeline.Archived) is { } found
            ? work(found)
            : refusals.NotFound($"No pipeline with id {call["pipeline"]} exists."));

    public static PipelineStage? Find(Pipeline pipeline, string id) => pipeline.Stages.Find(stage => stage.Id == id && !stage.Archived);

    public static void Write(Utf8JsonWriter json, Pipeline pipeline)
    {
        json.WriteStartObject();
        json.WriteString("id", pipeline.Id);
        json.WriteString("label", pipeline.Label);
        json.WriteNumber("displayOrder", pipeline.DisplayOrder);
        json.WriteStartArray("stages");
        foreach (var stage in Live(pipeline))
        {
            WriteStage(json, stage);
        }

        json.WriteEndArray();
        json.WriteBoolean("archived", pipeline.Archived);
        RecordJson.WriteMoment(json, "createdAt", pipeline.CreatedAt);
        RecordJson.WriteMoment(json, "updatedAt", pipeline.UpdatedAt);
        json.WriteEndObject();
    }

    public static void WriteStage(Utf8JsonWriter json, PipelineStage stage)
    {
        json.WriteStartObject();
        json.WriteString("id", stage.Id);
        json.WriteString("label", stage.Label);
        json.WriteNumber("displayOrder", stage.DisplayOrder);
        json.WriteStartObject("metadata");
        foreach (var (name, value) in stage.Metadata)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteString("writePermissions", stage.WritePermissions);
        json.WriteBoolean("archived", stage.Archived);
        RecordJson.WriteMoment(json, "createdAt", stage.CreatedAt);
        RecordJson.WriteMoment(json, "updatedAt", stage.UpdatedAt);
        json.WriteEndObject();
    }

    public static Reply Results<T>(List<T> items, Action<Utf8JsonWriter, T> write) => Reply.Ok(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("results");
        items.ForEach(item => write(json, item));
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static List<PipelineStage> Live(Pipeline pipeline) => [.. pipeline.Stages.Where(stage => !stage.Archived).OrderBy(stage => stage.DisplayOrder)];
}
