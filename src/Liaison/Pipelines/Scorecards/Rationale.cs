using System.Globalization;

namespace Liaison.Pipelines.Scorecards;

/// <summary>Says in one sentence why a score is what it is: the most that speaks for, what speaks against, what nobody knows.</summary>
internal static class Rationale
{
    private const int MaxLength = 500;

    public static string Of(int score, IReadOnlyList<NamedScore> scores, IReadOnlyList<ScoreComponent> components, decimal confidence)
    {
        // A stable sort: where points are equal the scorecard's order decides.
        var speakFor = components.Where(component => component.Points > 0).OrderByDescending(component => component.Points).ToList();
        var against = components.Where(component => component.Points < 0).OrderBy(component => component.Points).ToList();
        var unknown = components.Where(component => !component.Known).Select(component => component.Criterion).ToList();
        for (var shown = 4; ; shown--)
        {
            var sentence = Write(score, scores, speakFor.Take(shown), against.Take(Math.Max(1, shown - 2)), unknown, shown, confidence);
            if (sentence.Length <= MaxLength || shown == 1)
            {
                return sentence.Length <= MaxLength ? sentence : sentence[..(MaxLength - 1)].TrimEnd() + "…";
            }
        }
    }

    private static string Write(
        int score, IReadOnlyList<NamedScore> scores, IEnumerable<ScoreComponent> speakFor, IEnumerable<ScoreComponent> against, List<string> unknown, int shown, decimal confidence)
    {
        var reasons = string.Join(", ", speakFor.Select(Show));
        var objections = string.Join(", ", against.Select(Show));
        var gaps = string.Join(", ", unknown.Take(shown)) + (unknown.Count > shown ? $" and {unknown.Count - shown} more" : "");
        var made = scores.Count == 0 ? "" : $" ({string.Join(", ", scores.Select(Show))})";
        return string.Create(CultureInfo.InvariantCulture, $"Scores {score} of 100{made}: {(reasons.Length > 0 ? reasons : "nothing speaks for it")}")
            + (objections.Length > 0 ? $"; against: {objections}" : "")
            + (gaps.Length > 0 ? $"; unknown: {gaps}" : "")
            + string.Create(CultureInfo.InvariantCulture, $"; confidence {confidence * 100:0} %.");
    }

    private static string Show(NamedScore score) =>
        string.Create(CultureInfo.InvariantCulture, $"{score.Name} {score.Score} × {Math.Round(score.Weight, 2):0.##}");

    private static string Show(ScoreComponent component) =>
        $"{component.Why} {(component.Points > 0 ? "+" : "")}{ShownValue.Print(component.Points)}";
}
