using System.Globalization;
using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Catalog;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;
using Liaison.Emulators.HubSpot.Writing;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>Making, changing and archiving pipelines and stages.</summary>
internal sealed class PipelineWrites(Refusals refusals, PipelineReads reads)
{
    private int _nextId = 91_000_001;

    public Reply Create(Call call) => Then(call, reads.WithType(call, pipelines =>
    {
        var id = call.Text("pipelineId") is { Length: > 0 } given ? given : NextId();
        if (pipelines.Exists(known => known.Id == id && !known.Archived))
        {
            return refusals.Conflict($"A pipeline with id {id} already exists.");
        }

        var pipeline = new Pipeline(id, call.Text("label") ?? id, call.Body.NumberOf("displayOrder", pipelines.Count), Instants.ToMilliseconds(call.Now));
        foreach (var stage in call.Items("stages"))
        {
            pipeline.Stages.Add(Stage(call, pipeline, stage));
        }

        pipelines.Add(pipeline);
        Note(call, pipeline, "CREATE", id);
        return new Reply(201, json => PipelineReads.Write(json, pipeline));
    }));

    public Reply Patch(Call call) => Then(call, reads.WithPipeline(call, pipeline => Change(call, pipeline)));

    public Reply Replace(Call call) => Then(call, reads.WithPipeline(call, pipeline =>
    {
        pipeline.Stages.Clear();
        foreach (var stage in call.Items("stages"))
        {
            pipeline.Stages.Add(Stage(call, pipeline, stage));
        }

        return Change(call, pipeline);
    }));

    public Reply Delete(Call call) => Then(call, reads.WithPipeline(call, pipeline =>
    {
        if (call.Account.TryGetType(call["type"], out var type) && (call.QueryFlag("validateReferencesBeforeDelete") || call.QueryFlag("validateDealStageUsagesBeforeDelete"))
            && StageRules.PropertiesOf(type) is { } names && type.Records.All.Any(record => record.IsLive && type.Value(names.Pipeline, record) == pipeline.Id))
        {
            return refusals.Validation($"The pipeline {pipeline.Id} is in use.");
        }

        pipeline.Archived = true;
        return Reply.NoContent;
    }));

    public Reply CreateStage(Call call) => Then(call, reads.WithPipeline(call, pipeline =>
    {
        var stage = Stage(call, pipeline, call.Body);
        pipeline.Stages.Add(stage);
        Note(call, pipeline, "CREATE", stage.Id);
        return new Reply(201, json => PipelineReads.WriteStage(json, stage));
    }));

    public Reply ChangeStage(Call call) => Then(call, reads.WithPipeline(call, pipeline =>
    {
        if (PipelineReads.Find(pipeline, call["stage"]) is not { } stage)
        {
            return refusals.NotFound($"No stage with id {call["stage"]} exists.");
        }

        stage.Label = call.Text("label") ?? stage.Label;
        stage.DisplayOrder = call.Body.NumberOf("displayOrder", stage.DisplayOrder);
        stage.UpdatedAt = Instants.ToMilliseconds(call.Now);
        stage.Archived = call.Body.FlagOf("archived", stage.Archived);
        Metadata(stage, call.Body);
        Note(call, pipeline, "UPDATE", stage.Id);
        return Reply.Ok(json => PipelineReads.WriteStage(json, stage));
    }));

    public Reply DeleteStage(Call call) => Then(call, reads.WithPipeline(call, pipeline =>
    {
        if (PipelineReads.Find(pipeline, call["stage"]) is { } stage)
        {
            stage.Archived = true;
            Note(call, pipeline, "DELETE", stage.Id);
        }

        return Reply.NoContent;
    }));

    private static Reply Change(Call call, Pipeline pipeline)
    {
        pipeline.Label = call.Text("label") ?? pipeline.Label;
        pipeline.DisplayOrder = call.Body.NumberOf("displayOrder", pipeline.DisplayOrder);
        pipeline.Archived = call.Body.FlagOf("archived", pipeline.Archived);
        pipeline.UpdatedAt = Instants.ToMilliseconds(call.Now);
        Note(call, pipeline, "UPDATE", pipeline.Id);
        return Reply.Ok(json => PipelineReads.Write(json, pipeline));
    }

    private PipelineStage Stage(Call call, Pipeline pipeline, JsonElement given)
    {
        var id = given.TextOf("stageId") is { Length: > 0 } own ? own : NextId();
        var stage = new PipelineStage(id, given.TextOf("label") ?? id, given.NumberOf("displayOrder", pipeline.Stages.Count), Instants.ToMilliseconds(call.Now));
        Metadata(stage, given);
        if (stage.Metadata.TryGetValue("probability", out var probability))
        {
            stage.Metadata["isClosed"] = probability is "0.0" or "1.0" ? "true" : "false";
        }

        return stage;
    }

    private static void Metadata(PipelineStage stage, JsonElement given)
    {
        var metadata = given.MemberOf("metadata");
        foreach (var member in metadata.ValueKind == JsonValueKind.Object ? metadata.EnumerateObject().ToList() : [])
        {
            stage.Metadata[member.Name] = member.Value.AsText() ?? "";
        }
    }

    /// <summary>Brings the options of the stage property into step.</summary>
    private static Reply Then(Call call, Reply reply)
    {
        if (call.Account.TryGetType(call["type"], out var type))
        {
            Pipelines.RefreshOptions(call.Account, type);
        }

        return reply;
    }

    private static void Note(Call call, Pipeline pipeline, string action, string identifier) =>
        pipeline.Audit.Add(new PipelineAudit(action, identifier, Instants.ToMilliseconds(call.Now), call.Caller.GrantedBy?.UserId));

    private string NextId() => (_nextId++).ToString(CultureInfo.InvariantCulture);
}
