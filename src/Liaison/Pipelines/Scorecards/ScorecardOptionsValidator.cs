using System.Globalization;
using Liaison.Context;
using Liaison.Normalization;
using Microsoft.Extensions.Options;

namespace Liaison.Pipelines.Scorecards;

/// <summary>Finds every fault of a scorecard at once, in words that name the place.</summary>
public sealed class ScorecardOptionsValidator : IValidateOptions<ScorecardOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ScorecardOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var faults = Faults(options);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    /// <summary>Gives the faults in the order of the file; none for a scorecard that can be used.</summary>
    public static IReadOnlyList<string> Faults(ScorecardOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var faults = new List<string>();
        Check(faults, options.Name.Length > 0, "name is missing");
        Check(faults, options.Criteria.Count > 0, "criteria has no entry");
        Check(faults, options.Base >= 0, "base is below 0");
        Check(faults, options.Base + options.Criteria.Sum(criterion => Math.Max(0, criterion.Points)) > 0, "no criterion gives points");
        foreach (var doubled in options.Criteria.GroupBy(criterion => criterion.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            faults.Add($"criterion \"{doubled.Key}\" stands more than once");
        }

        for (var index = 0; index < options.Criteria.Count; index++)
        {
            var criterion = options.Criteria[index];
            var place = criterion.Name.Length > 0 ? $"criterion \"{criterion.Name}\"" : $"criteria[{index}]";
            faults.AddRange(OfCriterion(criterion).Select(fault => $"{place}: {fault}"));
        }

        faults.AddRange(OfScores(options));
        faults.AddRange(OfPlaybooks(options));
        return faults;
    }

    private static IEnumerable<string> OfScores(ScorecardOptions options)
    {
        var names = options.Scores.Select(score => score.Name).ToList();
        foreach (var score in options.Scores)
        {
            if (score.Name.Length == 0 || names.Count(name => name == score.Name) > 1)
            {
                yield return $"scores: each needs a name of its own, which \"{score.Name}\" is not";
            }

            if (score.Weight <= 0)
            {
                yield return $"score \"{score.Name}\": weight is not above 0";
            }

            if (!options.Criteria.Any(criterion => criterion.Score == score.Name && criterion.Points > 0))
            {
                yield return $"score \"{score.Name}\": no criterion gives points to it";
            }
        }

        if (names.Count > 0 && options.Base != 0)
        {
            yield return "base is not 0 beside named scores, and nothing says which of them it would count for";
        }

        foreach (var criterion in options.Criteria.Where(criterion => names.Count == 0 ? criterion.Score is not null : !names.Contains(criterion.Score ?? "")))
        {
            yield return names.Count == 0
                ? $"criterion \"{criterion.Name}\": there are no named scores; leave score out or declare it under scores"
                : $"criterion \"{criterion.Name}\": score must be one of {string.Join(", ", names)}";
        }
    }

    private static List<string> OfCriterion(CriterionOptions criterion)
    {
        var faults = new List<string>();
        var sections = QualificationProfile.Default.Sections.Select(section => section.Name).ToList();
        var path = criterion.Field.Split('.', 2);
        Check(faults, criterion.Name.Length > 0, "name is missing");
        Check(
            faults, path.Length == 2 && path[1].Length > 0 && sections.Contains(path[0]),
            $"field must be a section and a name such as person.job_title; sections: {string.Join(", ", sections)}");
        Check(faults, criterion.Points != 0, "points is 0, so that the criterion says nothing");
        Check(faults, criterion.Match.Count > 0, "match has no case");
        Check(
            faults,
            criterion.Missing == "unknown" || (decimal.TryParse(criterion.Missing, CultureInfo.InvariantCulture, out var missing) && Within(missing, criterion)),
            "missing must be unknown or points within those of the criterion");
        for (var index = 0; index < criterion.Match.Count; index++)
        {
            faults.AddRange(OfCase(criterion.Match[index], criterion).Select(fault => $"match[{index}]: {fault}"));
        }

        return faults;
    }

    private static List<string> OfCase(MatchOptions match, CriterionOptions criterion)
    {
        var faults = new List<string>();
        var tests = new[]
        {
            match.IsAnyOf is not null, match.ContainsAnyOf is not null, match.AtLeast is not null || match.AtMost is not null, match.Scale is not null,
            match.IsTrue is not null, match.HasValue is not null, match.CountryIn is not null, match.IsFreeMail is not null, match.WithinDays is not null,
        };
        Check(
            faults, tests.Count(test => test) == 1,
            "a case has exactly one test: isAnyOf, containsAnyOf, atLeast/atMost, scale, isTrue, hasValue, countryIn, isFreeMail or withinDays");
        Check(faults, match.Points is not { } points || Within(points, criterion), "points lie outside those of the criterion");
        Check(faults, match.IsAnyOf is not { Count: 0 } && match.ContainsAnyOf is not { Count: 0 } && match.CountryIn is not { Count: 0 }, "the list is empty");
        Check(
            faults, (match.IsAnyOf ?? []).Concat(match.ContainsAnyOf ?? []).All(text => FoldedText.Of(text.Trim('*')).Length > 0),
            "the list holds an empty text");
        Check(faults, match.AtLeast is not { } least || match.AtMost is not { } most || least <= most, "atLeast is greater than atMost");
        Check(faults, match.Scale is not { } scale || scale.From != scale.To, "scale goes from a number to the same number");
        Check(faults, match.WithinDays is not <= 0, "withinDays must be 1 or more");
        faults.AddRange((match.CountryIn ?? []).Where(country => Countries.CodeOf(country) is null).Select(country => $"\"{country}\" is no country that is known here"));
        return faults;
    }

    private static IEnumerable<string> OfPlaybooks(ScorecardOptions options)
    {
        var names = options.Criteria.Select(criterion => criterion.Name).ToHashSet(StringComparer.Ordinal);
        for (var index = 0; index < options.Playbooks.Count; index++)
        {
            var playbook = options.Playbooks[index];
            if (playbook.Name.Length == 0)
            {
                yield return $"playbooks[{index}]: name is missing";
            }

            if (playbook.MinScore is < 0 or > 100)
            {
                yield return $"playbook \"{playbook.Name}\": minScore must be 0 to 100";
            }

            foreach (var unknown in playbook.Matched.Where(name => !names.Contains(name)))
            {
                yield return $"playbook \"{playbook.Name}\": there is no criterion \"{unknown}\"";
            }

            if (index < options.Playbooks.Count - 1 && playbook is { MinScore: null or 0, Matched.Count: 0 })
            {
                yield return $"playbook \"{playbook.Name}\" always fits, so that those after it are never reached";
            }
        }
    }

    private static bool Within(decimal points, CriterionOptions criterion) =>
        points >= Math.Min(0, criterion.Points) && points <= Math.Max(0, criterion.Points);

    private static void Check(List<string> faults, bool holds, string fault)
    {
        if (!holds)
        {
            faults.Add(fault);
        }
    }
}
