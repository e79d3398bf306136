using System.Diagnostics;

namespace Liaison.Reading.Filters;

/// <summary>A way to say an operator.</summary>
/// <param name="Length">How many words it has.</param>
/// <param name="NeedsIs">Whether it says so only after <c>is</c>.</param>
/// <param name="Ordered">Whether only a number, a date or a quoted text can follow: "Under review" and "On hold" are values.</param>
internal sealed record OperatorPhrase(FilterOperator Operator, int Length, bool NeedsIs, bool Ordered);

/// <summary>The operators in words, as a table: the longest that fits wins.</summary>
internal static class OperatorPhrases
{
    private static readonly (string[] Words, FilterOperator Operator, bool NeedsIs)[] Phrases =
    [
        .. Of(FilterOperator.IsEmpty, needsIs: false, "has no value", "has not a value", "does not have a value"),
        .. Of(FilterOperator.IsEmpty, needsIs: true, "empty", "null"),
        .. Of(FilterOperator.HasValue, needsIs: false, "has a value", "has any value", "has value"),
        .. Of(FilterOperator.HasValue, needsIs: true, "not empty", "not null"),
        .. Of(FilterOperator.InTheLast, needsIs: false, "in the last", "in last", "within the last", "within last", "in the past", "within the past"),
        .. Of(FilterOperator.GreaterOrEqual, needsIs: false, "on or after", "at least", "no less than", "since"),
        .. Of(FilterOperator.LessOrEqual, needsIs: false, "on or before", "at most", "no more than", "until"),
        .. Of(FilterOperator.Less, needsIs: false, "before", "less than", "fewer than", "below", "under"),
        .. Of(FilterOperator.Greater, needsIs: false, "after", "more than", "greater than", "above", "over"),
        .. Of(FilterOperator.Between, needsIs: false, "between"),
        .. Of(FilterOperator.NotIn, needsIs: false, "not in", "none of", "not one of", "not any of"),
        .. Of(FilterOperator.In, needsIs: false, "in", "one of", "any of"),
        .. Of(FilterOperator.Contains, needsIs: false, "contains"),
        .. Of(FilterOperator.Equal, needsIs: false, "equals", "on"),
        .. Of(FilterOperator.Equal, needsIs: true, "equal to"),
        .. Of(FilterOperator.NotEqual, needsIs: true, "not on", "not equal to"),
    ];

    /// <summary>Finds the longest operator that begins at a token.</summary>
    public static OperatorPhrase? Match(IReadOnlyList<FilterToken> tokens, int at)
    {
        OperatorPhrase? longest = null;
        foreach (var (words, by, needsIs) in Phrases)
        {
            if (words.Length > (longest?.Length ?? 0) && Fits(words, tokens, at))
            {
                // After "is" and before it the same words say the same; needing it only decides where a field ends.
                var said = at > 0 && tokens[at - 1].Is("is");
                longest = needsIs && !said ? longest : new OperatorPhrase(by, words.Length, needsIs, IsOrdered(by, words));
            }
        }

        return longest;
    }

    public static FilterOperator OfSign(string sign) => sign switch
    {
        "=" or "==" => FilterOperator.Equal,
        "!=" or "<>" => FilterOperator.NotEqual,
        "<" => FilterOperator.Less,
        "<=" => FilterOperator.LessOrEqual,
        ">" => FilterOperator.Greater,
        ">=" => FilterOperator.GreaterOrEqual,
        _ => throw new UnreachableException(),
    };

    private static bool IsOrdered(FilterOperator by, string[] words) => by switch
    {
        FilterOperator.Equal or FilterOperator.NotEqual => words.Contains("on"),
        FilterOperator.Less or FilterOperator.LessOrEqual or FilterOperator.Greater or FilterOperator.GreaterOrEqual
            or FilterOperator.Between => true,
        _ => false,
    };

    private static bool Fits(string[] words, IReadOnlyList<FilterToken> tokens, int at)
    {
        for (var index = 0; index < words.Length; index++)
        {
            if (at + index >= tokens.Count || !tokens[at + index].Is(words[index]))
            {
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<(string[] Words, FilterOperator Operator, bool NeedsIs)> Of(
        FilterOperator by, bool needsIs, params string[] phrases) => phrases.Select(phrase => (phrase.Split(' '), by, needsIs));
}
