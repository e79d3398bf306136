using System.Text.Json;
using Liaison.Connectors;

namespace Liaison.Pipelines;

/// <summary>The part of a run's report that is reckoned from items and calls, as it is noted with the run before those are dropped.</summary>
/// <param name="ItemsMayBeGone">Whether it was noted for the last time, so that it says more than the items do.</param>
internal sealed record NotedReport(RunResults Results, CallSummary Calls, bool ItemsMayBeGone)
{
    /// <summary>Gives the stored form.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, PipelineJson.Default.NotedReport);

    /// <summary>Reads the stored form.</summary>
    public static NotedReport FromJson(string json) =>
        JsonSerializer.Deserialize(json, PipelineJson.Default.NotedReport) ?? throw new JsonException("A noted report without content.");
}

/// <summary>What a run's items hold of results.</summary>
/// <param name="Scores">How many records scored in each band of ten.</param>
/// <param name="Playbooks">How many records each playbook was recommended for.</param>
internal sealed record RunResults(IReadOnlyList<long> Scores, IReadOnlyDictionary<string, long> Playbooks);
