using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Writing;

/// <summary>Pipelines and their stages (contract section 10).</summary>
internal static class StageRules
{
    /// <summary>Gives the property that holds a type's pipeline and the one that holds its stage.</summary>
    public static (string Pipeline, string Stage)? PropertiesOf(ObjectType type) => type.Name switch
    {
        "deals" => ("pipeline", "dealstage"),
        "tickets" or "leads" => ("hs_pipeline", "hs_pipeline_stage"),
        _ => null,
    };

    public static Pipeline? PipelineOf(Account account, ObjectType type, string? id) =>
        account.PipelinesOf(type).FirstOrDefault(pipeline => pipeline.Id == id && !pipeline.Archived);

    public static PipelineStage? StageOf(Account account, ObjectType type, string? pipelineId, string? stageId) =>
        PipelineOf(account, type, pipelineId)?.Stages.Find(stage => stage.Id == stageId && !stage.Archived);

    /// <summary>Refuses a pipeline that the account does not have.</summary>
    public static ValueFault? Judge(Account account, ObjectType type, PropertyDefinition property, string value)
    {
        if (PropertiesOf(type) is not { } names || value.Length == 0)
        {
            return null;
        }

        if (property.Name == names.Pipeline && PipelineOf(account, type, value) is null)
        {
            return new ValueFault(property.Name, "INVALID_OPTION", $"{value} was not one of the allowed options: [{string.Join(", ", account.PipelinesOf(type).Select(pipeline => pipeline.Id))}]");
        }

        return null;
    }

    /// <summary>Refuses a stage that the pipeline of the finished record does not have.</summary>
    public static ValueFault? JudgeTogether(Account account, ObjectType type, PreparedWrite write, CrmRecord? current)
    {
        if (PropertiesOf(type) is not { } names || !write.TryGet(names.Stage, out var stage) || stage.Length == 0)
        {
            return null;
        }

        var pipelines = account.PipelinesOf(type);
        var pipelineId = write.TryGet(names.Pipeline, out var given) ? given : current is null ? null : type.Value(names.Pipeline, current);
        pipelineId = string.IsNullOrEmpty(pipelineId) ? pipelines is [var first, ..] ? first.Id : null : pipelineId;
        return StageOf(account, type, pipelineId, stage) is { } found && found.WritePermissions is "CRM_PERMISSIONS_ENFORCEMENT"
            ? null
            : new ValueFault(names.Stage, "INVALID_OPTION", $"{stage} was not one of the allowed options: [{string.Join(", ", PipelineOf(account, type, pipelineId)?.Stages.Select(known => known.Id) ?? [])}]");
    }

    /// <summary>Lists what the stage that a write leads to asks for and the record would still lack.</summary>
    public static IReadOnlyList<string> Missing(Account account, ObjectType type, PreparedWrite write, CrmRecord? current)
    {
        if (PropertiesOf(type) is not { } names || !write.TryGet(names.Stage, out var stageId))
        {
            return [];
        }

        var required = account.PipelinesOf(type).SelectMany(pipeline => pipeline.Stages).FirstOrDefault(stage => stage.Id == stageId)?.RequiredProperties ?? [];
        return [.. required.Where(name => string.IsNullOrEmpty(write.TryGet(name, out var given) ? given : current is null ? null : type.Value(name, current)))];
    }
}
