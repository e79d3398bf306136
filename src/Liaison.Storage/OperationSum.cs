using Liaison.Connectors;

namespace Liaison.Storage;

/// <summary>The calls of one operation in figures, as a table groups them.</summary>
internal sealed record OperationSum(
    CrmOperation Operation, long Calls, long Throttled, long Failed, DateTimeOffset First, DateTimeOffset Last)
{
    public static CallSummary Total(IReadOnlyList<OperationSum> sums) => new(
        sums.ToDictionary(sum => sum.Operation, sum => sum.Calls),
        sums.Sum(sum => sum.Throttled),
        sums.Sum(sum => sum.Failed),
        sums.Count == 0 ? null : sums.Min(sum => sum.First),
        sums.Count == 0 ? null : sums.Max(sum => sum.Last));
}
