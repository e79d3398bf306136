using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;

namespace Liaison.Tests.Gateway;

/// <summary>Jobs with a place for a test to stand before each of their steps.</summary>
internal sealed class WatchedJobs(ISessionJobs jobs, Func<string, Task> before) : ISessionJobs
{
    public const string Prepare = "prepare";
    public const string Start = "start";
    public const string Look = "look";
    public const string Outcomes = "outcomes";
    public const string Query = "query";
    public const string Page = "page";

    public bool Carries(RecordWrite write) => jobs.Carries(write);

    public async Task<Result<string>> PrepareWriteAsync(RecordType type, IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken)
    {
        await before(Prepare);
        return await jobs.PrepareWriteAsync(type, writes, cancellationToken);
    }

    public async Task<Result<Done>> StartWriteAsync(string job, CancellationToken cancellationToken)
    {
        await before(Start);
        return await jobs.StartWriteAsync(job, cancellationToken);
    }

    public async Task<Result<JobProgress>> LookAsync(JobKind kind, string job, CancellationToken cancellationToken)
    {
        await before(Look);
        return await jobs.LookAsync(kind, job, cancellationToken);
    }

    public async Task<Result<IReadOnlyList<WriteOutcome>>> ReadOutcomesAsync(
        string job, JobProgress ended, IReadOnlyList<JobRow> rows, CancellationToken cancellationToken)
    {
        await before(Outcomes);
        return await jobs.ReadOutcomesAsync(job, ended, rows, cancellationToken);
    }

    public Task<Result<Done>> AbandonAsync(JobKind kind, string job, CancellationToken cancellationToken) => jobs.AbandonAsync(kind, job, cancellationToken);

    public async Task<Result<string>> StartQueryAsync(RecordQuery query, CancellationToken cancellationToken)
    {
        await before(Query);
        return await jobs.StartQueryAsync(query, cancellationToken);
    }

    public async Task<Result<JobPage<T>>> ReadPageAsync<T>(
        string job, RecordQuery query, string? page, Func<NativeRecord, T> read, CancellationToken cancellationToken)
    {
        await before(Page);
        return await jobs.ReadPageAsync(job, query, page, read, cancellationToken);
    }
}
