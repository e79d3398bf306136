using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Salesforce.Declaration;
using Liaison.Salesforce.Wire;

namespace Liaison.Salesforce.Bulk;

/// <summary>Bulk API 2.0; section 8 of contracts/salesforce.md.</summary>
internal sealed class SalesforceJobs(SalesforceApi api, Uri host) : ISessionJobs
{
    private static readonly Failure TooLarge = new(FailureKind.Invalid, "The rows are more than Salesforce takes in one job; hand over fewer.");

    private static readonly Failure NotHandedOver = new(FailureKind.Unavailable, "The rows did not reach Salesforce whole, and nothing was written; try again.");

    private readonly JobCalls calls = new(api);
    private readonly QueryJobs queries = new(new JobCalls(api), host);
    private readonly IngestResults results = new(new JobCalls(api));

    public bool Carries(RecordWrite write)
    {
        ArgumentNullException.ThrowIfNull(write);
        return CsvForm.Carries(write);
    }

    public async Task<Result<string>> PrepareWriteAsync(RecordType type, IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(writes);
        if (writes.Count > SalesforceLimits.JobRows || writes.Any(write => write.Id is null || !CsvForm.Carries(write)))
        {
            throw new ArgumentException("A job takes so many updates as it declares, and none that it cannot carry.", nameof(writes));
        }

        if (!SalesforceObject.Of(type).TryGet(out var target, out var failure))
        {
            return failure;
        }

        var rows = await CsvForm.BodyOfAsync(writes, cancellationToken);
        if (rows.Length > SalesforceLimits.JobBytes)
        {
            return TooLarge;
        }

        var made = await calls.MakeAsync(JobKind.Write, $"{target.Name}.update-job", writer => WriteJob(writer, target), cancellationToken);
        if (!made.TryGet(out var job, out failure))
        {
            return failure;
        }

        var uploaded = await calls.UploadAsync(job, rows, writes.Count, cancellationToken);
        return uploaded.Failure switch
        {
            null => job,
            { Kind: FailureKind.Ambiguous } lost => NotHandedOver with { CorrelationId = lost.CorrelationId },
            var refused => refused,
        };
    }

    public Task<Result<Done>> StartWriteAsync(string job, CancellationToken cancellationToken) =>
        calls.MoveAsync(CrmOperation.WriteJob, JobKind.Write, job, "UploadComplete", cancellationToken);

    public Task<Result<JobProgress>> LookAsync(JobKind kind, string job, CancellationToken cancellationToken) => calls.LookAsync(kind, job, cancellationToken);

    public Task<Result<IReadOnlyList<WriteOutcome>>> ReadOutcomesAsync(
        string job, JobProgress ended, IReadOnlyList<JobRow> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ended);
        ArgumentNullException.ThrowIfNull(rows);
        return results.ReadAsync(job, ended, rows, cancellationToken);
    }

    public Task<Result<Done>> AbandonAsync(JobKind kind, string job, CancellationToken cancellationToken) =>
        calls.MoveAsync(CrmOperation.ReadJob, kind, job, "Aborted", cancellationToken);

    public async Task<Result<string>> StartQueryAsync(RecordQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return SalesforceObject.Of(query.Type).TryGet(out var target, out var unknown) ? await queries.StartAsync(target, query, cancellationToken) : unknown;
    }

    public async Task<Result<JobPage<T>>> ReadPageAsync<T>(
        string job, RecordQuery query, string? page, Func<NativeRecord, T> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(read);
        return SalesforceObject.Of(query.Type).TryGet(out var target, out var unknown) ? await queries.ReadAsync(target, job, query, page, read, cancellationToken) : unknown;
    }

    private static void WriteJob(System.Text.Json.Utf8JsonWriter writer, SalesforceObject target)
    {
        writer.WriteString("object", target.Name);
        writer.WriteString("operation", "update");
        writer.WriteString("contentType", "CSV");
        writer.WriteString("lineEnding", "LF");
        writer.WriteString("columnDelimiter", "COMMA");
    }
}
