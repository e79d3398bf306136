using System.Globalization;
using CsvHelper;
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

    internal async Task<Result<RecordPage>> ReadAsync(SalesforceObject target, string job, RecordQuery query, string? page, CancellationToken cancellationToken)
    {
        if (page is not null && !QueryCursor.IsLocator(page))
        {
            return Refusals.BadCursor;
        }

        if (!QueryPlan.Of(target, query).TryGet(out var plan, out var refused))
        {
            return refused;
        }

        var place = page is null ? "" : $"&locator={Uri.EscapeDataString(page)}";
        var file = string.Create(CultureInfo.InvariantCulture, $"results?maxRecords={SalesforceLimits.JobRows}{place}");
        var sent = await calls.FileAsync(JobKind.Read, job, file, [Locator], cancellationToken);
        return sent.Then(answer => PageOf(plan, answer));
    }

    private Result<RecordPage> PageOf(QueryPlan plan, CrmAnswer answer)
    {
        List<NativeRecord> records = [];
        List<Association> links = [];
        try
        {
            using var reader = CsvForm.Read(answer.Body);
            var cells = new CsvCells(reader);
            while (reader.Read())
            {
                var row = RowOf(plan, cells);
                records.Add(row.ToRecord(plan.Target.Type, plan.Wanted, host));
                links.AddRange(plan.LinkOf(row));
            }
        }
        catch (CsvFormatException)
        {
            return Unreadable with { CorrelationId = answer.CorrelationId };
        }

        var next = answer.Headers.GetValueOrDefault(Locator);
        return new RecordPage(records, next is null or NoLocator ? null : next, Total: null) { Links = plan.Link is null ? null : links };
    }

    // Empty and null are both an empty cell.
    private static SalesforceRow RowOf(QueryPlan plan, CsvCells cells)
    {
        var fields = plan.Fields;
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
