using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;

namespace Liaison.Reading;

/// <summary>Reads the pages of a large query from a job that the CRM runs for it, whose cursors are as good in another process.</summary>
internal sealed class JobPages(IConnectorSession session, OpenJobs jobs, TimeProvider time)
{
    // No connector begins a cursor of its own so: the part behind it is the job, and after the next mark its page.
    private const string Mark = "job:";
    private const char Part = ':';

    /// <summary>Tells whether a cursor is one of a job.</summary>
    public static bool IsCursor(string? cursor) => cursor?.StartsWith(Mark, StringComparison.Ordinal) == true;

    /// <summary>Reads one page; where the CRM runs no such job, or has forgotten it, the query is begun anew.</summary>
    /// <param name="expected">How many records there will be, about: the first look waits for as many.</param>
    /// <param name="read">Makes of a record what is held of it.</param>
    public async Task<Result<JobPage<T>>> ReadAsync<T>(
        RecordQuery query, string? cursor, long expected, Func<NativeRecord, T> read, CancellationToken cancellationToken)
    {
        if (cursor is not null && !IsCursor(cursor))
        {
            return await ByCallAsync(query, cursor, read, cancellationToken);
        }

        if (cursor?.Split(Part, 3) is [_, var known, var place])
        {
            var next = await jobs.Session.ReadPageAsync(known, query, place, read, cancellationToken);
            if (next.Failure is not { Kind: FailureKind.NotFound or FailureKind.Conflict or FailureKind.Invalid })
            {
                return Marked(known, next);
            }
        }

        if (!(await jobs.Session.StartQueryAsync(query, cancellationToken)).TryGet(out var job, out var failure))
        {
            // What a job cannot ask, calls may; and what stands in the way of both is told by the call.
            return failure.Kind is FailureKind.Unsupported or FailureKind.Drifted or FailureKind.Invalid
                ? await ByCallAsync(query, null, read, cancellationToken)
                : failure;
        }

        // The page is asked for in place of a first look; one that comes too early is a look for nothing.
        await jobs.AwaitFirstLookAsync(expected, time, cancellationToken);
        var first = await jobs.Session.ReadPageAsync(job, query, page: null, read, cancellationToken);
        if (first.Failure is not { Kind: FailureKind.Conflict })
        {
            return Marked(job, first);
        }

        var ended = await jobs.EndAsync(JobKind.Read, job, expected, time, cancellationToken);
        return !ended.TryGet(out var progress, out failure) ? failure
            : progress.Stage == JobStage.GivenUp ? await ByCallAsync(query, null, read, cancellationToken)
            : Marked(job, await jobs.Session.ReadPageAsync(job, query, page: null, read, cancellationToken));
    }

    private async Task<Result<JobPage<T>>> ByCallAsync<T>(
        RecordQuery query, string? cursor, Func<NativeRecord, T> read, CancellationToken cancellationToken) =>
        (await session.QueryAsync(query, cursor, cancellationToken)).Then<JobPage<T>>(page =>
            new JobPage<T>([.. page.Records.Select(read)], page.Next) { Links = page.Links });

    private static Result<JobPage<T>> Marked<T>(string job, Result<JobPage<T>> read) =>
        read.Then<JobPage<T>>(page => page with { Next = page.Next is { } next ? $"{Mark}{job}{Part}{next}" : null });
}
