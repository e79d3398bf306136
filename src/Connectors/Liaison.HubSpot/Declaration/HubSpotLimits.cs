using System.Collections.Frozen;
using Liaison.Connectors;

namespace Liaison.HubSpot.Declaration;

/// <summary>What HubSpot allows, and how much a call may carry; section 3 of contracts/hubspot.md.</summary>
internal static class HubSpotLimits
{
    /// <summary>The most records of one search page.</summary>
    internal const int SearchPage = 200;

    /// <summary>The most inputs of one batch of records.</summary>
    internal const int RecordBatch = 100;

    /// <summary>The most ids of one batch of association reads, and of the pairs of one write, of which HubSpot is said to take twice as many.</summary>
    internal const int AssociationBatch = 1000;

    private static readonly TimeSpan BurstWindow = TimeSpan.FromSeconds(10);

    internal static IReadOnlyList<LimitProfile> Profiles { get; } =
    [
        Profile("free", burst: 100, daily: 250_000),
        Profile("professional", burst: 190, daily: 650_000),
        Profile("enterprise", burst: 190, daily: 1_000_000),
        Profile("pack", burst: 250, daily: 1_650_000),
        Profile("oauth", burst: 110, daily: null),
    ];

    // Search answers carry none of the burst headers, and any proxy may strip the rest: every header is optional.
    internal static IReadOnlyList<LimitHeader> Headers { get; } =
    [
        new("X-HubSpot-RateLimit-Max", LimitKind.Burst, LimitHeaderMeaning.Permits),
        new("X-HubSpot-RateLimit-Remaining", LimitKind.Burst, LimitHeaderMeaning.Remaining),
        new("X-HubSpot-RateLimit-Interval-Milliseconds", LimitKind.Burst, LimitHeaderMeaning.WindowMilliseconds),
        new("X-HubSpot-RateLimit-Daily", LimitKind.Daily, LimitHeaderMeaning.Permits),
        new("X-HubSpot-RateLimit-Daily-Remaining", LimitKind.Daily, LimitHeaderMeaning.Remaining),
    ];

    // Search and association batches are exempt from the ten-second policy and have limits of their own.
    internal static FrozenDictionary<CrmOperation, OperationDescriptor> Operations { get; } =
        new Dictionary<CrmOperation, OperationDescriptor>
        {
            [CrmOperation.Identify] = Ordinary(1),
            [CrmOperation.Describe] = Ordinary(1),
            [CrmOperation.Query] = new(SearchPage, [LimitKind.Search, LimitKind.Daily, LimitKind.Concurrency]),
            [CrmOperation.Read] = Ordinary(RecordBatch),
            [CrmOperation.ReadAssociations] = new(AssociationBatch, [LimitKind.Associations, LimitKind.Daily, LimitKind.Concurrency]),
            [CrmOperation.Write] = Ordinary(RecordBatch),
            [CrmOperation.WriteAssociations] = new(AssociationBatch, [LimitKind.Associations, LimitKind.Daily, LimitKind.Concurrency]),
            [CrmOperation.Delete] = Ordinary(RecordBatch),
            [CrmOperation.WriteSchema] = Ordinary(1),
        }.ToFrozenDictionary();

    private static OperationDescriptor Ordinary(int batch) => new(batch, [LimitKind.Burst, LimitKind.Daily, LimitKind.Concurrency]);

    private static LimitProfile Profile(string name, long burst, long? daily)
    {
        List<Limit> limits =
        [
            new(LimitKind.Burst, burst, BurstWindow),
            new(LimitKind.Search, 5, TimeSpan.FromSeconds(1)),
            // Not published; 80 % of it are the 8 a second that the contract advises.
            new(LimitKind.Associations, 10, TimeSpan.FromSeconds(1)),
            // Not published; 80 % of it are the six calls that HubSpot's own client keeps in flight.
            new(LimitKind.Concurrency, 8, TimeSpan.Zero),
        ];

        if (daily is { } allowance)
        {
            limits.Insert(1, new(LimitKind.Daily, allowance, TimeSpan.FromDays(1)));
        }

        return new(name, limits);
    }
}
