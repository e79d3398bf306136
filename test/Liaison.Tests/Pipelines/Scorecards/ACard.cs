using Liaison.Pipelines.Scorecards;

namespace Liaison.Tests.Pipelines.Scorecards;

/// <summary>Makes scorecards; a test states only what it is about.</summary>
internal static class ACard
{
    public static Scorecard With(string field, params MatchOptions[] match) => Of(Criterion("it", field, 100, match));

    public static Scorecard Of(params CriterionOptions[] criteria) => Of([], criteria);

    public static Scorecard Of(IList<PlaybookOptions> playbooks, params CriterionOptions[] criteria)
    {
        var options = new ScorecardOptions { Name = "card", Criteria = criteria, Playbooks = playbooks };
        Scorecard.Create(options).TryGet(out var card, out var failure).ShouldBeTrue(failure?.Message);
        return card!;
    }

    public static CriterionOptions Criterion(string name, string field, decimal points, MatchOptions match, string missing = "unknown") =>
        Criterion(name, field, points, [match], missing);

    private static CriterionOptions Criterion(string name, string field, decimal points, MatchOptions[] match, string missing = "unknown") =>
        new() { Name = name, Field = field, Points = points, Match = match, Missing = missing };
}
