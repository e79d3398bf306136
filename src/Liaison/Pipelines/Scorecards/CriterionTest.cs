using System.Diagnostics;
using System.Globalization;
using Liaison.Model;
using Liaison.Normalization;

namespace Liaison.Pipelines.Scorecards;

/// <summary>What a test says of a value.</summary>
/// <param name="Share">Which share of the points it earns: 0 does not fit; <see langword="null"/> cannot be told.</param>
/// <param name="Words">What fitted, to follow the field and its value.</param>
internal readonly record struct Verdict(decimal? Share, string Words)
{
    public static Verdict CannotTell => new(null, "");

    public static Verdict No => new(0, "");

    public static Verdict Fits(string words) => new(1, words);

    public static Verdict When(bool fits, string words) => fits ? Fits(words) : No;
}

/// <summary>The test of one case, compiled.</summary>
internal abstract record CriterionTest
{
    private CriterionTest()
    {
    }

    /// <summary>Compiles a case that the validator has passed.</summary>
    public static CriterionTest Of(MatchOptions match) => match switch
    {
        { IsAnyOf: { } texts } => new AnyOf([.. texts.Select(FoldedText.Of)]),
        { ContainsAnyOf: { } words } => new Contains([.. words.Select(word => new FoldedWord(word))]),
        { Scale: { } scale } => new OnScale(scale.From, scale.To, scale.By),
        { IsTrue: { } wanted } => new IsFlag(wanted),
        { HasValue: { } wanted } => new HasValue(wanted),
        { CountryIn: { } countries } => new InCountry([.. countries.Select(country => Countries.CodeOf(country)!)]),
        { IsFreeMail: { } wanted } => new AtFreeMail(wanted),
        { WithinDays: { } days } => new Within(days),
        _ => new InRange(match.AtLeast, match.AtMost),
    };

    /// <summary>Judges a value that was read; an empty one is for most tests nothing to judge.</summary>
    public abstract Verdict Judge(FieldValue value, DateTimeOffset now);

    private sealed record AnyOf(IReadOnlyList<string> Texts) : CriterionTest
    {
        public override Verdict Judge(FieldValue value, DateTimeOffset now)
        {
            var candidates = CandidateTexts.Of(value);
            return candidates.Count == 0
                ? Verdict.CannotTell
                : Verdict.When(candidates.Exists(text => Texts.Contains(text)), "is on the list");
        }
    }

    private sealed record Contains(IReadOnlyList<FoldedWord> Words) : CriterionTest
    {
        public override Verdict Judge(FieldValue value, DateTimeOffset now)
        {
            var candidates = CandidateTexts.Of(value);
            if (candidates.Count == 0)
            {
                return Verdict.CannotTell;
            }

            foreach (var word in Words)
            {
                if (candidates.Exists(word.StandsIn))
                {
                    return Verdict.Fits($"contains \"{word.Text}\"");
                }
            }

            return Verdict.No;
        }
    }

    private sealed record InRange(decimal? Least, decimal? Most) : CriterionTest
    {
        public override Verdict Judge(FieldValue value, DateTimeOffset now) => NumberIn.Of(value) is { } number
            ? Verdict.When((Least is null || number >= Least) && (Most is null || number <= Most), (Least, Most) switch
            {
                ({ } least, { } most) => $"is between {ShownValue.Print(least)} and {ShownValue.Print(most)}",
                ({ } least, null) => $"is at least {ShownValue.Print(least)}",
                (null, { } most) => $"is at most {ShownValue.Print(most)}",
                _ => "",
            })
            : Verdict.CannotTell;
    }

    private sealed record OnScale(decimal From, decimal To, ScaleCurve By) : CriterionTest
    {
        public override Verdict Judge(FieldValue value, DateTimeOffset now)
        {
            if (NumberIn.Of(value) is not { } number)
            {
                return Verdict.CannotTell;
            }

            var way = Math.Clamp((double)((number - From) / (To - From)), 0, 1);
            var share = By switch
            {
                ScaleCurve.Linear => way,
                ScaleCurve.Log => Math.Log(1 + (way * (double)Math.Abs(To - From))) / Math.Log(1 + (double)Math.Abs(To - From)),
                _ => throw new UnreachableException(),
            };

            // Four digits: the last bits of a logarithm differ between machines, and scores must not.
            var rounded = Math.Round((decimal)share, 4);
            return new Verdict(rounded, $"earns {(rounded * 100).ToString("0", CultureInfo.InvariantCulture)} % of its scale");
        }
    }

    private sealed record IsFlag(bool Wanted) : CriterionTest
    {
        public override Verdict Judge(FieldValue value, DateTimeOffset now)
        {
            var flag = value switch
            {
                FieldValue.Flag known => known.Value,
                FieldValue.Text text => Normalization.ValueReader.TryFlag(text.Value),
                FieldValue.Option option => Normalization.ValueReader.TryFlag(option.Value),
                _ => null,
            };
            return flag is { } truth ? Verdict.When(truth == Wanted, truth ? "is true" : "is false") : Verdict.CannotTell;
        }
    }

    private sealed record HasValue(bool Wanted) : CriterionTest
    {
        public override Verdict Judge(FieldValue value, DateTimeOffset now) =>
            Verdict.When(value.IsEmpty != Wanted, Wanted ? "is given" : "is empty");
    }

    private sealed record InCountry(IReadOnlyList<string> Codes) : CriterionTest
    {
        public override Verdict Judge(FieldValue value, DateTimeOffset now)
        {
            foreach (var text in CandidateTexts.Of(value))
            {
                if (Countries.CodeOf(text) is { } code)
                {
                    return Verdict.When(Codes.Contains(code), "is among the wanted countries");
                }
            }

            return Verdict.CannotTell;
        }
    }

    private sealed record AtFreeMail(bool Wanted) : CriterionTest
    {
        public override Verdict Judge(FieldValue value, DateTimeOffset now) => value is FieldValue.Text { Value: var address }
            ? FreeMail.Holds(address) is { } free
                ? Verdict.When(free == Wanted, free ? "is at a free-mail provider" : "is at a domain of its own")
                : Verdict.CannotTell
            : Verdict.CannotTell;
    }

    private sealed record Within(int Days) : CriterionTest
    {
        public override Verdict Judge(FieldValue value, DateTimeOffset now)
        {
            double? age = value switch
            {
                FieldValue.Instant instant => (now - instant.Value).TotalDays,
                FieldValue.Date date => DateOnly.FromDateTime(now.UtcDateTime).DayNumber - date.Value.DayNumber,
                _ => null,
            };
            return age is { } days
                ? Verdict.When(days >= 0 && days <= Days, $"is within the last {Days.ToString(CultureInfo.InvariantCulture)} days")
                : Verdict.CannotTell;
        }
    }
}
