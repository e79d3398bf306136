using System.Collections.Frozen;
using Liaison.Failures;
using Liaison.Pipelines.Scorecards;

namespace Liaison.Pipelines;

/// <summary>The configured scorecards by name.</summary>
public sealed class ScorecardCatalogue(IReadOnlyList<Scorecard> scorecards)
{
    private readonly FrozenDictionary<string, Scorecard> byName =
        scorecards.ToFrozenDictionary(scorecard => scorecard.Name, StringComparer.Ordinal);

    /// <summary>Finds a scorecard.</summary>
    /// <returns><see cref="FailureKind.Invalid"/>, with the names that exist, for any other.</returns>
    public Result<Scorecard> Find(string name) => byName.TryGetValue(name, out var scorecard)
        ? scorecard
        : new Failure(
            FailureKind.Invalid,
            $"There is no scorecard \"{name}\"; configured are {(byName.Count == 0 ? "none" : string.Join(", ", byName.Keys.Order(StringComparer.Ordinal)))}.");
}
