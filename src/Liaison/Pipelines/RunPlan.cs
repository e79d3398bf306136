using System.Globalization;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;

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
    private const int CallsThatWrite = 2;

    /// <summary>Gets how many of the calls count against the day's allowance.</summary>
    public long DailyCalls { get; init; }

    /// <summary>Gets how many calls of the day were left for runs when it was planned; <see langword="null"/> where the CRM publishes no daily limit.</summary>
    public long? LeftToday { get; init; }

    /// <summary>Gets when the day begins anew.</summary>
    public DateTimeOffset? ResetsAt { get; init; }

    /// <summary>Gets the calls in all.</summary>
    public long TotalCalls => Calls.Values.Sum();

    /// <summary>Gets the share of the daily allowance, from 0 to 1; <see langword="null"/> where there is none.</summary>
    public double? DailyShare => DailyAllowance is > 0 ? (double)TotalCalls / DailyAllowance : null;

    /// <summary>Gives how a run over so many contacts hands its work over as jobs; <see langword="null"/> where calls do it.</summary>
    internal static JobDescriptor? JobsFor(long records, ConnectorDescriptor connector, Connection connection) =>
        connector.JobsOf(connection.Profile) is { } jobs && records >= jobs.From ? jobs : null;

    /// <summary>Plans a run over a number of contacts.</summary>
    /// <param name="companies">How many companies there are at the most.</param>
    internal static RunPlan For(long records, long companies, int chunkSize, ConnectorDescriptor connector, Connection connection)
    {
        var jobs = JobsFor(records, connector, connection);

        // The end goes page by page; where jobs carry them, chunks are what is read at a time.
        var page = jobs is null ? Math.Min(chunkSize, connector.Operations[CrmOperation.Query].BatchSize) : chunkSize;
        var last = Math.Min(records, chunkSize * RunPages.LastChunks);
        var before = records - last;
        var chunks = Ceil(before, chunkSize) + Ceil(last, page);

        // A chunk is not filled up from the next one: its last batch may be a small one.
        long Batches(CrmOperation operation)
        {
            var size = connector.Operations[operation].BatchSize;
            return (before / chunkSize * Ceil(chunkSize, size)) + Ceil(before % chunkSize, size) + (last / page * Ceil(page, size)) + Ceil(last % page, size);
        }

        var calls = new Dictionary<CrmOperation, long>
        {
            [CrmOperation.Query] = (jobs is null ? Ceil(records, connector.Operations[CrmOperation.Query].BatchSize) : 0) + 2,
            [CrmOperation.ReadAssociations] = connector.BringsLinks(RecordType.Contact, RecordType.Company) ? 0 : Batches(CrmOperation.ReadAssociations),
            [CrmOperation.Read] = Ceil(Math.Min(records, companies), connector.Operations[CrmOperation.Read].BatchSize) + chunks,
            [CrmOperation.Write] = jobs is null ? Batches(CrmOperation.Write) : Ceil(jobs.RestOf(records, chunkSize), connector.Operations[CrmOperation.Write].BatchSize),
        };
        if (jobs is not null)
        {
            // A job for the selection with its pages; for each chunk one that writes, two of whose calls hand over and start it, and one
            // that reads back.
            var written = Ceil(records - jobs.RestOf(records, chunkSize), chunkSize);
            calls[CrmOperation.ReadJob] = jobs.CallsOfRead + Ceil(records, chunkSize) + (written * (jobs.CallsOfWrite - CallsThatWrite + jobs.CallsOfRead + 1));
            calls[CrmOperation.WriteJob] = written * CallsThatWrite;
        }

        var limits = connector.LimitsOf(connection.Profile);
        var plan = CallPlan.Of(calls, connector.Operations, limits, connection.Options.Share);
        return new RunPlan(
            records,
            calls,
            records * UnbatchedCallsPerRecord,
            limits.Limits.FirstOrDefault(limit => limit.Kind == LimitKind.Daily)?.Permits,
            plan.LeastTime.TotalSeconds)
        {
            DailyCalls = plan.Spent.GetValueOrDefault(LimitKind.Daily),
        };
    }

    /// <summary>Puts what is left of the day beside what is planned.</summary>
    internal RunPlan Beside(BudgetState? day) => this with { LeftToday = day?.LeftForRuns, ResetsAt = day?.ResetsAt };

    /// <summary>Tells that the day does not hold what is planned; <see langword="null"/> where it does, or there is no daily limit.</summary>
    internal Failure? Refusal(ConnectionName connection, DateTimeOffset now) => LeftToday is { } left && DailyCalls > left
        ? new Failure(
            FailureKind.QuotaExhausted,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The run needs {DailyCalls:#,0} calls and {left:#,0} of the day's are left for runs on connection {connection}; the allowance begins anew at {ResetsAt:yyyy-MM-dd HH:mm} UTC. Start it then, narrow it with --where, or start it all the same with --over-budget: it then parks until the allowance begins anew."),
            ResetsAt - now)
        : null;

    private static long Ceil(long amount, long size) => (amount + size - 1) / size;
}
