using Liaison.Failures;

namespace Liaison.Pipelines.Scorecards;

/// <summary>The scorecards of this installation by name.</summary>
public sealed class ScorecardCatalogue(IEnumerable<Scorecard> scorecards)
{
    private readonly Dictionary<string, Scorecard> byName =
        scorecards.ToDictionary(scorecard => scorecard.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Finds a scorecard; an unknown name is refused with the names that there are.</summary>
    public Result<Scorecard> Find(string name) => byName.TryGetValue(name, out var scorecard)
        ? scorecard
        : new Failure(
            FailureKind.NotFound,
            $"There is no scorecard \"{name}\"; configured are: {(byName.Count == 0 ? "none" : string.Join(", ", byName.Keys.Order(StringComparer.Ordinal)))}.");
}
