using System.Collections.Frozen;
using Liaison.Connectors;

namespace Liaison.Salesforce.Declaration;

/// <summary>What Salesforce allows, and how much a call may carry; sections 7 and 9 of contracts/salesforce.md.</summary>
internal static class SalesforceLimits
{
    /// <summary>How many parents up a path may go (contracts/salesforce.md 6.2).</summary>
    internal const int ParentSteps = 5;

    /// <summary>The most rows of one page.</summary>
    internal const int QueryPage = 2000;

    /// <summary>The least rows of a page that Salesforce lets be asked for.</summary>
    internal const int LeastQueryPage = 200;

    /// <summary>The most ids of one retrieve, and of one list in a statement, which together stays below 100,000 letters.</summary>
    internal const int RetrieveBatch = 2000;

    /// <summary>The most records of one collection.</summary>
    internal const int Collection = 200;

    /// <summary>The most collections of one composite call.</summary>
    internal const int CollectionsPerCall = 5;

    /// <summary>The most letters of a statement.</summary>
    internal const int StatementLength = 100_000;

    /// <summary>The most letters of one text in a condition.</summary>
    internal const int LiteralLength = 4_000;

    /// <summary>The most rows of one job that writes and of one page of what a job found: what a process holds at once.</summary>
    internal const int JobRows = 10_000;

    /// <summary>The most bytes of a job's rows: 150 MB once they are base64.</summary>
    internal const int JobBytes = 100_000_000;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    // A query is given up by Salesforce after some 120 seconds, and a set of records runs through all of an organisation's triggers
    // (contracts/salesforce.md 2): who hangs up earlier never learns what was done.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(150);

    // Who somebody is, and what there is to read, is told from what the platform has at hand: such a call never runs long.
    private static readonly OperationDescriptor Short = new(1, [LimitKind.Daily]);

    // The base without licences: every answer tells the organisation's own figure.
    internal static IReadOnlyList<LimitProfile> Profiles { get; } =
    [
        Profile("enterprise", daily: 100_000, longCalls: 25),
        Profile("unlimited", daily: 1_000_000, longCalls: 25),
        Profile("sandbox", daily: 5_000_000, longCalls: 25),
        Profile("developer", daily: 15_000, longCalls: 5),
    ];

    // Consistent in the end only, and seen to go backwards by dozens (contracts/salesforce.md 9): the engine takes the highest reading.
    internal static IReadOnlyList<LimitHeader> Headers { get; } =
    [
        new("Sforce-Limit-Info", LimitKind.Daily, LimitHeaderMeaning.SpentOfPermits),
    ];

    internal static FrozenDictionary<CrmOperation, OperationDescriptor> Operations { get; } =
        new Dictionary<CrmOperation, OperationDescriptor>
        {
            [CrmOperation.Identify] = Short,
            [CrmOperation.Describe] = Short,
            [CrmOperation.Query] = Calls(QueryPage) with { Timeout = Longest },
            [CrmOperation.Read] = Calls(RetrieveBatch) with { Timeout = Longest },
            [CrmOperation.ReadAssociations] = Calls(RetrieveBatch) with { Timeout = Longest },
            [CrmOperation.Write] = Calls(Collection * CollectionsPerCall) with { Timeout = Longest },
            [CrmOperation.WriteAssociations] = Calls(Collection) with { Timeout = Longest },
            [CrmOperation.Delete] = Calls(Collection) with { Timeout = Longest },
            [CrmOperation.WriteSchema] = Short,
            [CrmOperation.ReadJob] = Calls(JobRows) with { Timeout = Longest },
            [CrmOperation.WriteJob] = Calls(JobRows) with { Timeout = Longest },
        }.ToFrozenDictionary();

    /// <summary>Gets how Salesforce takes jobs: from some 2,000 rows on, as its own documents advise (contracts/salesforce.md 8).</summary>
    /// <remarks>To read: make, and a call for each page. To write: make, upload, start, look; the files of rows only where one failed.</remarks>
    internal static JobDescriptor Jobs { get; } = new() { Rows = JobRows, CallsOfRead = 1, CallsOfWrite = 4 };

    // No limit on calls in a short time is published. That on calls in flight counts those of 20 seconds and more (contracts/salesforce.md 9).
    // Of a query, a read, a write or a job's file nobody knows beforehand whether it will take so long, since that is a matter of the
    // organisation's triggers and sharing: each of them counts for as long as it runs. A short one holds its place for a fraction of a second, so
    // that twenty places give way to more calls a minute than the day has room for.
    private static OperationDescriptor Calls(int batch) => new(batch, [LimitKind.Daily, LimitKind.Concurrency]);

    private static LimitProfile Profile(string name, long daily, int longCalls) =>
        new(name, [new(LimitKind.Daily, daily, Day) { Rolls = true }, new(LimitKind.Concurrency, longCalls, TimeSpan.Zero)]);
}
