using Liaison.Connectors;
using Liaison.Identity;
using Liaison.Pipelines.Scorecards;
using Liaison.Policy;
using Liaison.Server.Rest.Authentication;
using Liaison.Server.Rest.Hosting;

namespace Liaison.Cli.Configuration;

/// <summary>Finds every fault of a whole configuration, so that it is mended in one go.</summary>
internal static class ConfigurationCheck
{
    private const int LeastChunk = 100;
    private const int MostChunk = 5_000;

    /// <summary>Gives one sentence a fault, each beginning with the path of its key; none when everything is right.</summary>
    public static IReadOnlyList<string> Faults(LiaisonOptions options, IEnumerable<IConnector> connectors) =>
    [
        .. new ConnectionOptionsValidator(connectors).Validate(options.Connections),
        .. new PolicyOptionsValidator(options.Connections.Keys).Validate(options.Policy),
        .. options.Scorecards.SelectMany((scorecard, index) => ScorecardFaults($"scorecards[{index}]", scorecard)),
        .. PipelineFaults(options),
        .. options.Schedules.SelectMany(schedule => schedule.Value.Faults($"schedules.{schedule.Key}", options.Connections.Keys)),
        .. options.Audit.Faults(),
        .. options.Store.Faults(),
        .. AlertFaults.Of(options.Alerts),
        .. options.Telemetry.Faults(),
        .. options.Calls.Faults(options.Policy.Sensitive.Values.SelectMany(fields => fields.Keys)),
        .. options.DeadLetters.KeepDays is < 1 or > 365 ? [$"deadLetters.keepDays: {options.DeadLetters.KeepDays} is out of range; expected 1 to 365."] : Array.Empty<string>(),
        .. options.Runs.KeepDays is < 1 or > 3650 ? [$"runs.keepDays: {options.Runs.KeepDays} is out of range; expected 1 to 3650."] : Array.Empty<string>(),
        .. options.Changes.KeepDays is < 1 or > 3650 ? [$"changes.keepDays: {options.Changes.KeepDays} is out of range; expected 1 to 3650."] : Array.Empty<string>(),
        .. AccessOptionsValidator.Validate(options.Access),
        .. ServerOptionsValidator.Validate(options.Server),
        .. options.Operator.Trim().Length == 0 ? ["operator: the operator needs a name."] : Array.Empty<string>(),
    ];

    /// <summary>Gives the faults that a configuration without fault would have if a connection were gone.</summary>
    public static IReadOnlyList<string> FaultsWithout(LiaisonOptions options, string connection)
    {
        var left = options.Connections.Keys.Where(name => name != connection).ToList();
        return
        [
            .. new PolicyOptionsValidator(left).Validate(options.Policy),
            .. options.Schedules.SelectMany(schedule => schedule.Value.Faults($"schedules.{schedule.Key}", left)),
        ];
    }

    private static IEnumerable<string> ScorecardFaults(string at, ScorecardOptions scorecard) =>
        ScorecardOptionsValidator.Faults(scorecard).Select(fault => $"{at}: {fault}.");

    private static IEnumerable<string> PipelineFaults(LiaisonOptions options)
    {
        const string At = "pipelines.qualify";
        var qualify = options.Pipelines.Qualify;
        if (qualify.ChunkSize is < LeastChunk or > MostChunk)
        {
            yield return $"{At}.chunkSize: {qualify.ChunkSize} is out of range; expected {LeastChunk} to {MostChunk}.";
        }

        if (qualify.Principal.Trim().Length == 0)
        {
            yield return $"{At}.principal: a pipeline runs as a named principal; name it.";
        }

        // An installation without a pipeline need not have a scorecard.
        var names = options.Scorecards.Select(scorecard => scorecard.Name).Order(StringComparer.Ordinal).ToList();
        if (names.Count > 0 && !names.Contains(qualify.Scorecard, StringComparer.OrdinalIgnoreCase))
        {
            yield return $"{At}.scorecard: there is no scorecard \"{qualify.Scorecard}\"; there are {string.Join(", ", names)}.";
        }

        foreach (var doubled in names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
        {
            yield return $"scorecards: \"{doubled.Key}\" stands more than once.";
        }

        if (qualify.Raise is { From: < 0 or > 100 } raise)
        {
            yield return $"{At}.raise.from: {raise.From} is no score; expected 0 to 100.";
        }
    }
}
