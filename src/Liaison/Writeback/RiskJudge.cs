using System.Globalization;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Schema;

namespace Liaison.Writeback;

/// <summary>Judges how much harm a change can do: the kind gives the least, fields, claims and sums can only raise it (R207).</summary>
internal static class RiskJudge
{
    /// <summary>Gives the risk class.</summary>
    /// <param name="warnings">What the checks found that a person has to look at; any raises the risk.</param>
    /// <param name="largestChange">The largest difference of a number that needs no person; <see langword="null"/> sets no limit.</param>
    public static RiskClass Of(
        ChangeAction action, IReadOnlyList<FieldDelta> deltas, IReadOnlyList<string> warnings, decimal? largestChange)
    {
        // CRMs let a lifecycle move forward only, and what fired on the way is not taken back.
        if (action is ChangeAction.UpdateFields && deltas.Any(delta => delta.Field == FieldNames.LifecycleStage))
        {
            return RiskClass.Irreversible;
        }

        // Fields that only AI writes are low in risk; whatever people and their workflows act upon waits for a person (R227).
        var raised = warnings.Count > 0
            || (action is ChangeAction.UpdateFields && deltas.Any(delta => !AiFields.Names.Contains(delta.Field)))
            || deltas.Any(delta => DifferenceOf(delta) > largestChange);
        var least = ChangeCatalogue.RiskOf(action.Kind);
        return raised && least == RiskClass.Low ? RiskClass.Consequential : least;
    }

    /// <summary>Gives what an approver should know of the action itself.</summary>
    public static IEnumerable<string> WarningsOf(ChangeAction action, IReadOnlyList<FieldDelta> deltas)
    {
        if (action is ChangeAction.MoveStage || deltas.Any(delta => delta.Field is FieldNames.LifecycleStage or FieldNames.LeadStatus))
        {
            yield return "Workflows of the CRM may fire on this move; what they do is not undone.";
        }

        if (action is ChangeAction.AssignOwner)
        {
            yield return "The CRM may tell the new owner, and who sees the record may change.";
        }
    }

    private static decimal? DifferenceOf(FieldDelta delta) =>
        NumberOf(delta.After) is { } after ? Math.Abs(after - (NumberOf(delta.Before) ?? 0)) : null;

    private static decimal? NumberOf(NativeValue value) =>
        decimal.TryParse(value.Raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
