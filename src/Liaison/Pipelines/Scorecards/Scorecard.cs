using Liaison.Context;
using Liaison.Failures;

namespace Liaison.Pipelines.Scorecards;

/// <summary>Scores packets by declared, weighted criteria and says why.</summary>
/// <remarks>Pure and safe for concurrent use; the time is given, so that a run that is resumed scores as it began.</remarks>
public sealed class Scorecard
{
    private readonly decimal start;
    private readonly decimal most;
    private readonly Criterion[] criteria;
    private readonly Part[] parts;
    private readonly PlaybookOptions[] playbooks;

    private Scorecard(ScorecardOptions options)
    {
        Name = options.Name;
        Version = options.Version;
        start = options.Base;
        criteria = [.. options.Criteria.Select(criterion => new Criterion(criterion))];
        most = start + criteria.Sum(criterion => criterion.Max);
        var weights = options.Scores.Sum(score => score.Weight);
        parts =
        [
            .. options.Scores.Select(score => new Part(
                score, score.Weight / weights, [.. options.Criteria.Index().Where(entry => entry.Item.Score == score.Name).Select(entry => entry.Index)])),
        ];
        playbooks = [.. options.Playbooks];
        Profile = QualificationProfile.Default.Including(options.Criteria.Select(criterion => criterion.Field));
    }

    /// <summary>Gets the name.</summary>
    public string Name { get; }

    /// <summary>Gets the version.</summary>
    public string Version { get; }

    /// <summary>Gets the qualification profile with the fields that the criteria need beyond it.</summary>
    public ContextProfile Profile { get; }

    /// <summary>Gets the playbooks that it may recommend, in order; the CRM's field must offer them all.</summary>
    public IReadOnlyList<string> Playbooks => [.. playbooks.Select(playbook => playbook.Name).Distinct(StringComparer.Ordinal)];

    /// <summary>Gets the fields that named scores are written to besides.</summary>
    public IReadOnlyList<string> ScoreFields => [.. parts.Select(part => part.Options.Field).OfType<string>()];

    /// <summary>Makes a scorecard; a wrong one is refused with every fault that it has.</summary>
    public static Result<Scorecard> Create(ScorecardOptions options)
    {
        var faults = ScorecardOptionsValidator.Faults(options);
        return faults.Count == 0
            ? new Scorecard(options)
            : new Failure(FailureKind.Invalid, $"The scorecard \"{options.Name}\" cannot be used: {string.Join("; ", faults)}.");
    }

    /// <summary>Scores a packet as of a moment.</summary>
    public Qualification Score(ContextPacket packet, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(packet);
        var components = new ScoreComponent[criteria.Length];
        var total = start;
        var known = 0;
        for (var index = 0; index < criteria.Length; index++)
        {
            var component = criteria[index].Assess(packet, now);
            components[index] = component;
            total += component.Points;
            known += component.Known ? 1 : 0;
        }

        var exact = parts.Length == 0 ? Percent(total, most) : parts.Sum(part => part.Weight * part.Percent(components, criteria));
        var score = Rounded(exact);
        var scores = parts.Select(part => part.Score(components, criteria)).ToArray();
        var confidence = Math.Round((decimal)known / criteria.Length, 2, MidpointRounding.AwayFromZero);
        return new Qualification(
            score, components, Rationale.Of(score, scores, components, confidence), PlaybookFor(score, components), confidence, $"{Name}@{Version}")
        {
            Scores = scores,
        };
    }

    private static decimal Percent(decimal points, decimal most) => Math.Clamp(100 * points / most, 0, 100);

    private static int Rounded(decimal exact) => (int)Math.Round(exact, MidpointRounding.AwayFromZero);

    private string? PlaybookFor(int score, ScoreComponent[] components)
    {
        foreach (var playbook in playbooks)
        {
            if (score >= (playbook.MinScore ?? 0)
                && playbook.Matched.All(name => Array.Exists(components, component => component.Matched && component.Criterion == name)))
            {
                return playbook.Name;
            }
        }

        return null;
    }

    /// <summary>One of several scores made ready: which criteria count for it, and how much it counts.</summary>
    private sealed record Part(NamedScoreOptions Options, decimal Weight, int[] Criteria)
    {
        public decimal Percent(ScoreComponent[] components, Criterion[] criteria) => Scorecard.Percent(
            Criteria.Sum(index => components[index].Points), Criteria.Sum(index => criteria[index].Max));

        public NamedScore Score(ScoreComponent[] components, Criterion[] criteria) => new(
            Options.Name, Rounded(Percent(components, criteria)), Weight, Options.Field, [.. Criteria.Select(index => components[index])]);
    }
}
