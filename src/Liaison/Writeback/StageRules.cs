using System.Globalization;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Reading;

namespace Liaison.Writeback;

/// <summary>Holds stages against the pipeline that the record is in or is to come into, before anything is judged (R36).</summary>
/// <remarks>
/// One label may stand in several pipelines for as many stages, and a CRM refuses a stage of another pipeline: what is meant is found
/// here, by the pipeline, and written by its id. Where records hold no pipeline, all are in the type's one; where the connector tells of
/// none, a stage is left to the choices of the field.
/// Made for one submit, whose changes share what was read.
/// </remarks>
internal sealed class StageRules(OpenType open)
{
    private const int MostNamed = 20;

    private readonly Dictionary<string, Result<Pipeline>> pipelines = new(StringComparer.Ordinal);
    private Result<IReadOnlyList<Pipeline>>? single;

    /// <summary>Finds the pipeline and stage that a change means.</summary>
    /// <param name="current">The record as it was read; <see langword="null"/> for one that is yet to be made.</param>
    /// <returns>The change by ids, with a remark on the move; as it was where it moves nothing; <see cref="FailureKind.Invalid"/> for a stage that the pipeline lacks.</returns>
    public async Task<Result<ChangeSet>> ResolveAsync(ChangeSet change, Record? current, CancellationToken cancellationToken)
    {
        var schema = open.Whole;
        if (!open.Descriptor.Capabilities.HasFlag(ConnectorCapabilities.Pipelines)
            || schema.Fields.GetValueOrDefault(FieldNames.Stage) is not { } stageField)
        {
            return change;
        }

        if (schema.Fields.GetValueOrDefault(FieldNames.Pipeline) is not { } pipelineField)
        {
            return await ResolveInOneAsync(change, current, stageField, cancellationToken);
        }

        var (stage, pipeline) = (AskedOf(change.Action, stageField), AskedOf(change.Action, pipelineField));
        if (stage is null && pipeline is null)
        {
            return change;
        }

        if (!(await StandsInAsync(change.Action, current, stageField, pipelineField, cancellationToken)).TryGet(out var stands, out var failure))
        {
            return failure;
        }

        var id = pipeline is null ? stands.Pipeline : IdOf(pipelineField, pipeline);
        if (string.IsNullOrEmpty(id))
        {
            return new Failure(FailureKind.Invalid, $"The {schema.Type} is in no pipeline; name the pipeline beside the stage.") { Field = FieldNames.Pipeline };
        }

        if (!(await FindAsync(id, cancellationToken)).TryGet(out var found, out failure))
        {
            return failure;
        }

        // A record that changes its pipeline keeps its stage only where the other has the same.
        return (stage ?? stands.Stage) is { Length: > 0 } wanted
            ? Moved(change, found, wanted, stands, stageField, pipelineField)
            : new Failure(FailureKind.Invalid, $"Name the stage beside the pipeline; {Known(found)}") { Field = FieldNames.Stage };
    }

    // A CRM without a pipeline field has one pipeline for the type. One that is asked for all the same is refused later, like a field that is not there.
    private async Task<Result<ChangeSet>> ResolveInOneAsync(ChangeSet change, Record? current, FieldDefinition stageField, CancellationToken cancellationToken)
    {
        if (AskedOf(change.Action, stageField) is not { } stage)
        {
            return change;
        }

        if (!(await DefaultAsync(cancellationToken)).TryGet(out var known, out var failure))
        {
            return failure;
        }

        // A type whose stages the connector does not tell is left to the choices of the field.
        if (known is not [var pipeline])
        {
            return change;
        }

        return (await StandsInAsync(change.Action, current, stageField, pipelineField: null, cancellationToken)).Then(
            stands => Moved(change, pipeline, stage, stands with { Pipeline = pipeline.Id }, stageField, pipelineField: null));
    }

    private Result<ChangeSet> Moved(
        ChangeSet change, Pipeline pipeline, string wanted, Standing stands, FieldDefinition stageField, FieldDefinition? pipelineField)
    {
        if (pipeline.Find(wanted) is not { } stage)
        {
            return new Failure(FailureKind.Invalid, $"The pipeline {pipeline.Label} has no such stage; {Known(pipeline)}") { Field = FieldNames.Stage };
        }

        if (!stage.MayBeEntered && stage.Id != stands.Stage)
        {
            return new Failure(FailureKind.Denied, $"The CRM's administrators let nothing be moved to the stage {stage.Label} from outside; a person can do it in the CRM.")
            {
                DeniedBy = DeniedBy.CrmUser,
                Field = FieldNames.Stage,
            };
        }

        // Where the record stands is told to none who may not read it.
        var told = open.ShowsStages;

        // Both are sent where the pipeline changes, and always for a new record: a stage alone would be taken for one of the standing pipeline.
        var moves = stands.Pipeline != pipeline.Id;
        var action = change.Action switch
        {
            ChangeAction.MoveStage move => move with { Stage = stage.Id, Pipeline = pipelineField is null ? move.Pipeline : moves ? pipeline.Id : null },
            ChangeAction.UpdateFields update => update with { Fields = With(update.Fields, stageField, stage.Id, pipelineField, moves ? pipeline.Id : null) },
            ChangeAction.CreateRecord create => create with { Fields = With(create.Fields, stageField, stage.Id, pipelineField, pipeline.Id) },
            var other => other,
        };
        return change with { Action = action, Remarks = told ? [.. change.Remarks, Remark(pipeline, stage, stands)] : change.Remarks };
    }

    private static IReadOnlyList<FieldChange> With(
        IReadOnlyList<FieldChange> fields, FieldDefinition stageField, string stage, FieldDefinition? pipelineField, string? pipeline) =>
    [
        .. fields.Where(field => !Names(stageField, field.Field) && (pipelineField is null || !Names(pipelineField, field.Field))),
        .. pipelineField is null || pipeline is null ? Array.Empty<FieldChange>() : [new FieldChange(pipelineField.Name, new FieldValue.Text(pipeline))],
        new FieldChange(stageField.Name, new FieldValue.Text(stage)),
    ];

    private static string Remark(Pipeline pipeline, PipelineStage stage, Standing stands)
    {
        var before = stands.Pipeline == pipeline.Id ? pipeline.Stages.FirstOrDefault(each => each.Id == stands.Stage) : null;
        return (before is null ? "" : $"From stage {Place(pipeline, before)} ")
            + $"{(before is null ? "To" : "to")} stage {Place(pipeline, stage)} of {pipeline.Label}{(stage.IsClosed ? ", which closes the record" : "")}.";
    }

    private static string Place(Pipeline pipeline, PipelineStage stage)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"{stage.Label} ({pipeline.Stages.TakeWhile(each => each.Id != stage.Id).Count() + 1} of {pipeline.Stages.Count}");
        return stage.Probability is { } likely ? string.Create(CultureInfo.InvariantCulture, $"{place}, {likely:P0})") : $"{place})";
    }

    private static string Known(Pipeline pipeline) =>
        $"it has {string.Join(", ", pipeline.Stages.Take(MostNamed).Select(stage => stage.Label))}.";

    private static string IdOf(FieldDefinition field, string name) =>
        (field.Options.FirstOrDefault(option => option.Value == name)
            ?? field.Options.FirstOrDefault(option => string.Equals(option.Label, name, StringComparison.OrdinalIgnoreCase)))?.Value ?? name;

    private static bool Names(FieldDefinition field, string name) => name == field.Name || name == field.NativeName;

    /// <summary>Gives what a change asks for in a field, where its caller may know of the field; what they may not is refused later, like a field that is not there.</summary>
    private string? AskedOf(ChangeAction action, FieldDefinition field) => action switch
    {
        ChangeAction.MoveStage move => field.Name == FieldNames.Stage ? move.Stage : move.Pipeline,
        ChangeAction.UpdateFields update => AskedOf(update.Fields, field),
        ChangeAction.CreateRecord create => AskedOf(create.Fields, field),
        _ => null,
    };

    private string? AskedOf(IReadOnlyList<FieldChange> fields, FieldDefinition field) =>
        open.Permitted.Find(field.Name) is not null && fields.FirstOrDefault(change => Names(field, change.Field)) is { Append: false } asked
            ? asked.Value switch
            {
                FieldValue.Text text => text.Value,
                FieldValue.Option option => option.Value,
                _ => null,
            }
            : null;

    private async Task<Result<Standing>> StandsInAsync(
        ChangeAction action, Record? current, FieldDefinition stageField, FieldDefinition? pipelineField, CancellationToken cancellationToken)
    {
        if (action is ChangeAction.CreateRecord)
        {
            return new Standing(null, null);
        }

        FieldDefinition[] asked = pipelineField is null ? [stageField] : [stageField, pipelineField];
        if (current is not null && asked.All(field => current.Fields.ContainsKey(field.Name)))
        {
            return new Standing(current.Fields[stageField.Name].Raw.Raw, pipelineField is null ? null : current.Fields[pipelineField.Name].Raw.Raw);
        }

        var read = await open.Session.ReadAsync(open.Whole.Type, [action.Target.Id], asked, cancellationToken);
        return read.Then<Standing>(batch => batch.Records is [var record]
            ? new Standing(
                record.Values.GetValueOrDefault(stageField.NativeName).Raw, pipelineField is null ? null : record.Values.GetValueOrDefault(pipelineField.NativeName).Raw)
            : new Failure(FailureKind.NotFound, $"There is no such {open.Whole.Type} for this caller: it is deleted, unknown, not visible or not the caller's to change."));
    }

    private async Task<Result<IReadOnlyList<Pipeline>>> DefaultAsync(CancellationToken cancellationToken) =>
        (single ??= await open.Session.ReadPipelinesAsync(open.Whole.Type, null, cancellationToken))
            .Then(all => Result<IReadOnlyList<Pipeline>>.Of([.. all.Where(pipeline => pipeline.IsDefault)]));

    private async Task<Result<Pipeline>> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (!pipelines.TryGetValue(id, out var found))
        {
            var read = await open.Session.ReadPipelinesAsync(open.Whole.Type, id, cancellationToken);
            found = pipelines[id] = read switch
            {
                { Failure: { Kind: FailureKind.NotFound } } => NoPipeline,
                { Failure: { } failure } => failure,
                _ => read.TryGet(out var listed, out _) && listed is [var pipeline] ? pipeline with { Label = LabelOf(pipeline) } : NoPipeline,
            };
        }

        return found;
    }

    private static Failure NoPipeline { get; } = new(FailureKind.Invalid, "There is no such pipeline; name one of the pipeline field's choices.") { Field = FieldNames.Pipeline };

    // Where only its stages may be read, the field's choices tell what the pipeline is called.
    private string LabelOf(Pipeline pipeline) => pipeline.Label != pipeline.Id
        ? pipeline.Label
        : open.Whole.Fields[FieldNames.Pipeline].Options.FirstOrDefault(option => option.Value == pipeline.Id)?.Label ?? pipeline.Label;

    private sealed record Standing(string? Stage, string? Pipeline);
}
