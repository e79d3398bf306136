namespace Liaison.Pipelines.Scorecards;

/// <summary>What a scorecard says of a contact.</summary>
/// <param name="Score">0 to 100.</param>
/// <param name="Components">What every criterion gave, in the scorecard's order.</param>
/// <param name="Rationale">Why, in one sentence of at most 500 characters; words of the record in it are neutralised.</param>
/// <param name="Playbook">The recommended approach; <see langword="null"/> where no playbook fits.</param>
/// <param name="Confidence">The share of the criteria whose input was known, 0 to 1.</param>
/// <param name="Scorecard">The name and version of the scorecard, as in <c>b2b-default@3</c>.</param>
public sealed record Qualification(
    int Score,
    IReadOnlyList<ScoreComponent> Components,
    string Rationale,
    string? Playbook,
    decimal Confidence,
    string Scorecard)
{
    /// <summary>Gets the scores that were combined, in the scorecard's order.</summary>
    /// <value>The default is empty: the criteria make one score.</value>
    public IReadOnlyList<NamedScore> Scores { get; init; } = [];
}

/// <summary>One of several scores.</summary>
/// <param name="Score">0 to 100.</param>
/// <param name="Weight">How much it counts, in parts of all weights, 0 to 1.</param>
/// <param name="Field">The field that it is written to besides; <see langword="null"/> for none.</param>
/// <param name="Components">What its criteria gave.</param>
public sealed record NamedScore(string Name, int Score, decimal Weight, string? Field, IReadOnlyList<ScoreComponent> Components);

/// <summary>What one criterion gave.</summary>
/// <param name="Points">The points; fewer than 0 speak against the contact.</param>
/// <param name="Max">The most that it could have given.</param>
/// <param name="Why">The field, its value where that may be shown, and the case that fitted.</param>
/// <param name="Known">Whether the input was there to be judged.</param>
/// <param name="Matched">Whether one of its cases fitted.</param>
public sealed record ScoreComponent(string Criterion, decimal Points, decimal Max, string Why, bool Known, bool Matched);
