using Liaison.Failures;
using Liaison.Model;

namespace Liaison.Writeback;

/// <summary>The rules of the fields that AI writes, the same for every CRM.</summary>
/// <remarks>They are put to canonical names: by a native one the rules would be passed by.</remarks>
internal static class AiOutputRules
{
    private const int LongestRationale = 4_000;

    /// <summary>Gives the first broken rule; <see langword="null"/> when all hold.</summary>
    public static Failure? Check(IReadOnlyList<FieldChange> changes)
    {
        var score = changes.FirstOrDefault(change => change.Field == FieldNames.AiScore);
        var rationale = changes.FirstOrDefault(change => change.Field == FieldNames.AiRationale);

        if (score is { Value: not FieldValue.Number { Value: >= 0 and <= 100 } and not { IsEmpty: true } })
        {
            return Refuse(FieldNames.AiScore, "A score is a whole number from 0 to 100.");
        }

        if (score is { Value: FieldValue.Number number } && number.Value != decimal.Truncate(number.Value))
        {
            return Refuse(FieldNames.AiScore, "A score is a whole number from 0 to 100.");
        }

        // A number without a reason is of no use to the person who is to call (R87).
        if (score is { Value: FieldValue.Number } && rationale is not { Value: FieldValue.Text { Value.Length: > 0 } })
        {
            return Refuse(FieldNames.AiRationale, "A score is written with its rationale or not at all.");
        }

        return rationale is { Value: FieldValue.Text { Value.Length: > LongestRationale } }
            ? Refuse(FieldNames.AiRationale, $"A rationale has at most {LongestRationale} characters; it is not shortened in silence.")
            : null;
    }

    private static Failure Refuse(string field, string sentence) => new(FailureKind.Invalid, sentence) { Field = field };
}
