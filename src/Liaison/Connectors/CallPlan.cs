using System.Collections.Frozen;

namespace Liaison.Connectors;

/// <summary>What a piece of work costs of a connection's limits, reckoned before it starts.</summary>
/// <param name="Calls">How many calls of each kind.</param>
/// <param name="Spent">How many permits of each limit.</param>
/// <param name="LeastTime">The least time in which the permitted rates allow the calls; the first is free.</param>
/// <param name="DailyShare">Which part of the day's permitted allowance the calls take; <see langword="null"/> where there is no daily limit.</param>
public sealed record CallPlan(
    IReadOnlyDictionary<CrmOperation, long> Calls,
    IReadOnlyDictionary<LimitKind, long> Spent,
    TimeSpan LeastTime,
    double? DailyShare)
{
    /// <summary>Gets how many calls there are in all.</summary>
    public long Total => Calls.Values.Sum();

    /// <summary>Reckons a plan.</summary>
    /// <param name="calls">How many calls of each kind are to be made.</param>
    /// <param name="operations">Which limits each kind of call spends.</param>
    /// <param name="share">The share of each limit that is spent.</param>
    public static CallPlan Of(
        IReadOnlyDictionary<CrmOperation, long> calls,
        IReadOnlyDictionary<CrmOperation, OperationDescriptor> operations,
        LimitProfile profile,
        double share)
    {
        ArgumentNullException.ThrowIfNull(calls);
        ArgumentNullException.ThrowIfNull(operations);
        ArgumentNullException.ThrowIfNull(profile);

        var spent = profile.Limits.ToFrozenDictionary(
            limit => limit.Kind,
            limit => calls.Where(entry => operations[entry.Key].Spends.Contains(limit.Kind)).Sum(entry => entry.Value));
        var paced = profile.Limits.Where(limit => limit.Window > TimeSpan.Zero && !LimitShare.IsDaily(limit));
        var daily = profile.Limits.Where(LimitShare.IsDaily).ToList();
        return new CallPlan(
            calls,
            spent,
            paced.Select(limit => LeastTimeOf(limit, spent[limit.Kind], share)).DefaultIfEmpty().Max(),
            daily.Count == 0 ? null : daily.Max(limit => (double)spent[limit.Kind] / LimitShare.Of(limit.Permits, share)));
    }

    private static TimeSpan LeastTimeOf(Limit limit, long calls, double share) =>
        limit.Window / LimitShare.Of(limit.Permits, share) * Math.Max(0, calls - 1);
}
