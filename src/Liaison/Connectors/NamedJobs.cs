using Liaison.Failures;
using Liaison.Model;

namespace Liaison.Connectors;

/// <summary>Jobs of a session whose canonical fields stand where the account keeps them: queries are handed on by the CRM's names.</summary>
internal sealed class NamedJobs(ISessionJobs jobs, Func<RecordQuery, RecordQuery> native) : ISessionJobs
{
    public bool Carries(RecordWrite write) => jobs.Carries(write);

    public Task<Result<string>> PrepareWriteAsync(RecordType type, IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken) =>
        jobs.PrepareWriteAsync(type, writes, cancellationToken);

    public Task<Result<Done>> StartWriteAsync(string job, CancellationToken cancellationToken) => jobs.StartWriteAsync(job, cancellationToken);

    public Task<Result<JobProgress>> LookAsync(JobKind kind, string job, CancellationToken cancellationToken) => jobs.LookAsync(kind, job, cancellationToken);

    public Task<Result<IReadOnlyList<WriteOutcome>>> ReadOutcomesAsync(
        string job, JobProgress ended, IReadOnlyList<JobRow> rows, CancellationToken cancellationToken) =>
        jobs.ReadOutcomesAsync(job, ended, rows, cancellationToken);

    public Task<Result<Done>> AbandonAsync(JobKind kind, string job, CancellationToken cancellationToken) => jobs.AbandonAsync(kind, job, cancellationToken);

    public Task<Result<string>> StartQueryAsync(RecordQuery query, CancellationToken cancellationToken) =>
        jobs.StartQueryAsync(native(query), cancellationToken);

    public Task<Result<JobPage<T>>> ReadPageAsync<T>(
        string job, RecordQuery query, string? page, Func<NativeRecord, T> read, CancellationToken cancellationToken) =>
        jobs.ReadPageAsync(job, native(query), page, read, cancellationToken);
}
