using System.Globalization;
using Liaison.Pipelines.Scorecards;

namespace Liaison.Eval;

/// <summary>How well a scorecard ranks leads whose outcome is known.</summary>
/// <param name="Score">The area under the ROC curve of the scores: the chance that one who bought is ranked above one who did not.</param>
/// <param name="TimeOnSite">The same of the time on the web site alone.</param>
/// <param name="TopTenth">The share who bought among the tenth with the highest scores.</param>
internal sealed record LeadReport(int Leads, int Converted, double Score, double TimeOnSite, double TopTenth);

/// <summary>Scores leads and compares with what became of them.</summary>
internal static class LeadEvaluation
{
    /// <summary>The least area under the curve that the product claims on this table.</summary>
    public const double Claimed = 0.75;

    public static LeadReport Run(IReadOnlyList<Lead> leads, Scorecard scorecard)
    {
        var scores = leads.Select(lead => (double)scorecard.Score(LeadPacket.Of(lead), LeadPacket.ReadAt).Score).ToArray();
        var times = leads.Select(lead => double.Parse(lead["Total Time Spent on Website"] is { Length: > 0 } time ? time : "0", CultureInfo.InvariantCulture)).ToArray();
        var outcomes = leads.Select(lead => lead.Converted).ToArray();
        var top = scores.Zip(outcomes).OrderByDescending(pair => pair.First).Take(leads.Count / 10).Count(pair => pair.Second);
        return new LeadReport(
            leads.Count, outcomes.Count(converted => converted), AreaUnderCurve(scores, outcomes), AreaUnderCurve(times, outcomes), top / (leads.Count / 10.0));
    }

    /// <summary>By ranks: those that are tied share the mean of theirs.</summary>
    public static double AreaUnderCurve(double[] scores, bool[] outcomes)
    {
        var order = Enumerable.Range(0, scores.Length).OrderBy(index => scores[index]).ToArray();
        double ranks = 0;
        for (var start = 0; start < order.Length;)
        {
            var end = start;
            while (end < order.Length && scores[order[end]].Equals(scores[order[start]]))
            {
                end++;
            }

            ranks += order[start..end].Count(index => outcomes[index]) * (start + end + 1) / 2.0;
            start = end;
        }

        double positives = outcomes.Count(outcome => outcome);
        return (ranks - (positives * (positives + 1) / 2)) / (positives * (outcomes.Length - positives));
    }
}
