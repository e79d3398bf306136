using System.Globalization;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Salesforce.Declaration;
using Liaison.Salesforce.Soql;
using Liaison.Salesforce.Wire;

namespace Liaison.Salesforce.Bulk;

/// <summary>Queries that Salesforce runs as jobs, and the pages of what they found.</summary>
internal sealed class QueryJobs(JobCalls calls, Uri host)
{
    private const string Locator = "Sforce-Locator";

    // Salesforce's word for no further page is a word (contracts/salesforce.md 8).
    private const string NoLocator = "null";

    // It has no form that is documented: whatever it holds is sent back, and only its length is bounded.
    private const int LongestLocator = 1_024;

    private static readonly Failure Unfit = new(FailureKind.Unsupported, "Salesforce cannot run this query as a job; it is read page by page.");

    private static readonly Failure Unreadable = new(FailureKind.Unavailable, "Salesforce's answer cannot be read; try again.");

    internal async Task<Result<string>> StartAsync(SalesforceObject target, RecordQuery query, CancellationToken cancellationToken)
    {
        if (!QueryPlan.Of(target, query).TryGet(out var plan, out var refused))
        {
            return refused;
        }

        return plan.Condition is SoqlCondition.Never
            ? Unfit
            : await calls.MakeAsync(
                JobKind.Read,
                $"{target.Name}.query-job",
                writer =>
                {
                    writer.WriteString("operation", "query");
                    writer.WriteString("query", plan.Whole);
                },
                cancellationToken);
    }

    internal async Task<Result<JobPage<T>>> ReadAsync<T>(
        SalesforceObject target, string job, RecordQuery query, string? page, Func<NativeRecord, T> read, CancellationToken cancellationToken)
    {
        if (page is { Length: 0 or > LongestLocator })
        {
            return Refusals.BadCursor;
        }

        if (!QueryPlan.Of(target, query).TryGet(out var plan, out var refused))
        {
            return refused;
        }

        var place = page is null ? "" : $"&locator={Uri.EscapeDataString(page)}";
        var file = string.Create(CultureInfo.InvariantCulture, $"results?maxRecords={Math.Min(query.PageSize ?? SalesforceLimits.JobRows, SalesforceLimits.JobRows)}{place}");
        var rows = new PageRows<T>(plan, host, read);
        var sent = await calls.FileAsync(JobKind.Read, job, file, [Locator], rows.ReadAsync, cancellationToken);
        return sent.Then<JobPage<T>>(answer => rows.AreWhole && answer.Headers.GetValueOrDefault(Locator) is { Length: > 0 and <= LongestLocator } next
            ? new JobPage<T>(rows.Records, next == NoLocator ? null : next) { Links = plan.Link is null ? null : rows.Links }
            : Unreadable with { CorrelationId = answer.CorrelationId });
    }
}

/// <summary>The rows of one page, each of which is read and let go of as it comes.</summary>
internal sealed class PageRows<T>(QueryPlan plan, Uri host, Func<NativeRecord, T> read)
{
    private readonly IReadOnlyList<string> fields = plan.Fields;

    /// <summary>Gets what was made of the records.</summary>
    internal List<T> Records { get; } = [];

    /// <summary>Gets the links of the records.</summary>
    internal List<Association> Links { get; } = [];

    /// <summary>Gets a value indicating whether the page was CSV to its end.</summary>
    internal bool AreWhole { get; private set; }

    /// <summary>Reads the page, from its beginning.</summary>
    internal async Task ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        Records.Clear();
        Links.Clear();
        AreWhole = await CsvForm.ReadAsync(body, Take, cancellationToken);
    }

    private void Take(CsvCells cells)
    {
        var row = RowOf(cells);
        Records.Add(read(row.ToRecord(plan.Target.Type, plan.Wanted, host)));
        Links.AddRange(plan.LinkOf(row));
    }

    // Empty and null are both an empty cell.
    private SalesforceRow RowOf(CsvCells cells)
    {
        var values = new Dictionary<string, NativeValue>(fields.Count, StringComparer.Ordinal);
        foreach (var name in fields)
        {
            if (cells.Find(name) is { } cell)
            {
                values[name] = cell.Length == 0 ? NativeValue.Null : NativeValue.OfText(cell);
            }
        }

        var id = cells[SystemFields.Id];
        return new(SalesforceId.Normalize(id) ?? id, values);
    }
}
