using System.Text.Json;
using System.Text.Json.Serialization;

namespace Liaison.Pipelines;

/// <summary>What a run of <c>qualify</c> was started with; it stays the same however often the run is resumed.</summary>
/// <param name="AsOf">The instant that "the last 24 hours" is measured from.</param>
public sealed record RunParameters(string Where, string Scorecard, DateTimeOffset AsOf)
{
    /// <summary>Gets the plan that was shown before the start.</summary>
    public RunPlan? Plan { get; init; }

    /// <summary>Gets the scopes that the credential had at the start, so that a later refusal can be told from a lack of old (R127).</summary>
    /// <value>The default is none: the CRM tells none.</value>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Gets the schedule that started it.</summary>
    /// <value>The default is <see langword="null"/>: a person or an agent did.</value>
    public string? Schedule { get; init; }

    /// <summary>Gets the time of the schedule for which it was started.</summary>
    /// <value>The default is <see langword="null"/>: a person or an agent started it.</value>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Gives the stored form.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, PipelineJson.Default.RunParameters);

    /// <summary>Reads the stored form.</summary>
    public static RunParameters FromJson(string json) =>
        JsonSerializer.Deserialize(json, PipelineJson.Default.RunParameters) ?? throw new JsonException("A run without parameters.");
}

/// <summary>What the pipeline found of one record; free of the record's values.</summary>
/// <param name="ProposalId">The change set that waits for a person, where the score called for one.</param>
public sealed record QualifyResult(int Score, string? Playbook, string? ProposalId)
{
    /// <summary>Gives the stored form.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, PipelineJson.Default.QualifyResult);

    /// <summary>Reads the stored form.</summary>
    public static QualifyResult FromJson(string json) =>
        JsonSerializer.Deserialize(json, PipelineJson.Default.QualifyResult) ?? throw new JsonException("An item without result.");
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunParameters))]
[JsonSerializable(typeof(QualifyResult))]
[JsonSerializable(typeof(NotedReport))]
internal sealed partial class PipelineJson : JsonSerializerContext;
