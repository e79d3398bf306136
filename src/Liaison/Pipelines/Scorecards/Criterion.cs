using System.Globalization;
using Liaison.Context;
using Liaison.Model;

namespace Liaison.Pipelines.Scorecards;

/// <summary>A criterion made ready: its field found, its cases compiled.</summary>
internal sealed class Criterion
{
    private readonly string name;
    private readonly string section;
    private readonly string field;
    private readonly string words;
    private readonly decimal? missing;
    private readonly CriterionCase[] cases;

    /// <summary>Compiles options that the validator has passed.</summary>
    public Criterion(CriterionOptions options)
    {
        var path = options.Field.Split('.', 2);
        name = options.Name;
        section = path[0];
        field = path[1];
        words = (section == "company" ? "company " : "") + field.Replace('_', ' ');
        missing = options.Missing == "unknown" ? null : decimal.Parse(options.Missing, CultureInfo.InvariantCulture);
        Max = Math.Max(0, options.Points);
        cases = [.. options.Match.Select(match => new CriterionCase(CriterionTest.Of(match), match.Points ?? options.Points, match.Label))];
    }

    /// <summary>Gets the most points that it gives.</summary>
    public decimal Max { get; }

    /// <summary>Judges a packet.</summary>
    public ScoreComponent Assess(ContextPacket packet, DateTimeOffset now)
    {
        if (packet.Find(section)?.Find(field) is not { } found || found.Value is not { } value || value is FieldValue.Unreadable)
        {
            return Unknown("is not known");
        }

        var undecided = false;
        foreach (var candidate in cases)
        {
            switch (candidate.Test.Judge(value, now))
            {
                case { Share: { } share and > 0 } verdict:
                    var points = Math.Round(candidate.Points * share, 2, MidpointRounding.AwayFromZero);
                    return new ScoreComponent(name, points, Max, candidate.Explain(words, value, verdict), Known: true, Matched: true);
                case { Share: null }:
                    undecided = true;
                    break;
            }
        }

        return value.IsEmpty && missing is { } given
            ? new ScoreComponent(name, given, Max, $"{words} is empty", Known: true, Matched: false)
            : undecided ? Unknown(value.IsEmpty ? "is empty" : "cannot be judged")
            : new ScoreComponent(name, 0, Max, $"{words}{ShownValue.Of(value)} fits no case", Known: true, Matched: false);
    }

    private ScoreComponent Unknown(string why) => new(name, 0, Max, $"{words} {why}", Known: false, Matched: false);
}

/// <summary>One case: a test, the points of one that fits, and what that means.</summary>
internal sealed record CriterionCase(CriterionTest Test, decimal Points, string? Label)
{
    public string Explain(string field, FieldValue value, Verdict verdict) => Label is null
        ? $"{field}{ShownValue.Of(value)} {verdict.Words}"
        : $"{field}{ShownValue.Of(value)} ({Label})";
}
