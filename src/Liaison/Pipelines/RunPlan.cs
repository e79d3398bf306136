using Liaison.Connectors;
using Liaison.Identity;

namespace Liaison.Pipelines;

/// <summary>What a run will cost, told before it starts (R99).</summary>
/// <param name="Records">How many records the filter gives now.</param>
/// <param name="Calls">The calls in batches, by kind.</param>
/// <param name="UnbatchedCalls">What the same work costs record by record: read, links, company, write.</param>
/// <param name="DailyAllowance">The account's calls a day; <see langword="null"/> where the CRM publishes none.</param>
/// <param name="LeastSeconds">The shortest time that the permitted rates allow.</param>
public sealed record RunPlan(
    long Records,
    IReadOnlyDictionary<CrmOperation, long> Calls,
    long UnbatchedCalls,
    long? DailyAllowance,
    double LeastSeconds)
{
    private const int UnbatchedCallsPerRecord = 4;

    /// <summary>Gets the calls in all.</summary>
    public long TotalCalls => Calls.Values.Sum();

    /// <summary>Gets the share of the daily allowance, from 0 to 1; <see langword="null"/> where there is none.</summary>
    public double? DailyShare => DailyAllowance is > 0 ? (double)TotalCalls / DailyAllowance : null;

    /// <summary>Plans a run over a number of contacts.</summary>
    /// <param name="companies">How many companies there are at the most.</param>
    internal static RunPlan For(long records, long companies, int chunkSize, ConnectorDescriptor connector, Connection connection)
    {
        var chunks = Ceil(records, chunkSize);

        // A chunk is not filled up from the next one: its last batch may be a small one.
        long Batches(CrmOperation operation)
        {
            var size = connector.Operations[operation].BatchSize;
            return (records / chunkSize * Ceil(chunkSize, size)) + Ceil(records % chunkSize, size);
        }

        var calls = new Dictionary<CrmOperation, long>
        {
            [CrmOperation.Query] = Ceil(records, connector.Operations[CrmOperation.Query].BatchSize) + 2,
            [CrmOperation.ReadAssociations] = Batches(CrmOperation.ReadAssociations),
            [CrmOperation.Read] = Ceil(Math.Min(records, companies), connector.Operations[CrmOperation.Read].BatchSize) + chunks,
            [CrmOperation.Write] = Batches(CrmOperation.Write),
        };
        var limits = connector.LimitsOf(connection.Profile);
        var plan = CallPlan.Of(calls, connector.Operations, limits, connection.Options.Share);
        return new RunPlan(
            records,
            calls,
            records * UnbatchedCallsPerRecord,
            limits.Limits.FirstOrDefault(limit => limit.Kind == LimitKind.Daily)?.Permits,
            plan.LeastTime.TotalSeconds);
    }

    private static long Ceil(long amount, long size) => (amount + size - 1) / size;
}
