using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Policy;

namespace Liaison.Writeback.Operations;

/// <summary>Sends updates as a job of the CRM: its id is durable before it is started, and each of its rows gets one outcome (docs/decisions/0021).</summary>
/// <param name="calls">What sends those that a job cannot carry, or left unwritten.</param>
/// <param name="stoppable">Whose stop holds the job back; <see langword="null"/> where none does.</param>
internal sealed class JobSender(
    OpenJobs jobs,
    RecordType type,
    IWriteOperation operation,
    BatchSender calls,
    IChangeSetStore store,
    KillSwitch stops,
    Caller? stoppable,
    TimeProvider time)
{
    // As for calls: the first and three more (R125).
    private const int Attempts = 4;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    /// <summary>Sends updates, each of another record; the outcome stands in each write afterwards.</summary>
    public async Task SendAsync(IReadOnlyList<PendingWrite> wave, CancellationToken cancellationToken)
    {
        var carried = wave.ToLookup(write => jobs.Session.Carries(write.ToWrite()));
        foreach (var part in carried[true].Chunk(jobs.Declared.Rows))
        {
            await SendPartAsync(part, cancellationToken);
        }

        await SendByCallsAsync([.. carried[false]]);
    }

    /// <summary>Goes on with the jobs that an earlier process has left, and finds out what became of their rows.</summary>
    /// <returns>The writes of which nothing is known of a job; they are settled by looking at their records.</returns>
    public async Task<IReadOnlyList<PendingWrite>> ResumeAsync(IReadOnlyList<PendingWrite> left, CancellationToken cancellationToken)
    {
        var unknown = left.Where(write => write.Row.Job is null).ToList();
        foreach (var rows in left.Where(write => write.Row.Job is not null).GroupBy(write => write.Row.Job!, StringComparer.Ordinal))
        {
            if (!await IsResumedAsync(rows.Key, [.. rows], cancellationToken))
            {
                unknown.AddRange(rows);
            }
        }

        return unknown;
    }

    private async Task SendPartAsync(IReadOnlyList<PendingWrite> rows, CancellationToken cancellationToken)
    {
        if (stoppable is not null && !(await stops.AskAsync(stoppable, cancellationToken)).TryGet(out _, out var stopped))
        {
            BatchSender.Fail(rows, stopped);
            return;
        }

        if (!(await PrepareAsync(new WritesOnTheirWay(rows), cancellationToken)).TryGet(out var job, out var failure))
        {
            if (failure.Kind is FailureKind.Unsupported or FailureKind.Invalid)
            {
                await SendByCallsAsync(rows);
            }
            else
            {
                BatchSender.Fail(rows, failure);
            }

            return;
        }

        // From here on the job is found by whoever comes after this process.
        await store.AssignJobAsync([.. rows.Select(write => write.Row.Id)], job, cancellationToken);
        foreach (var write in rows)
        {
            write.Row = write.Row with { Job = job };
        }

        await StartAsync(job, rows, cancellationToken);
    }

    // Nothing can have been written by what was not started, so that it may be prepared again.
    private async Task<Result<string>> PrepareAsync(IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        for (var attempt = 1; ; attempt++)
        {
            var prepared = await jobs.Session.PrepareWriteAsync(type, writes, cancellationToken);
            if (prepared.Failure is not { Kind: FailureKind.Unavailable } || attempt == Attempts)
            {
                return prepared;
            }

            await Task.Delay(pause, time, cancellationToken);
            pause *= 2;
        }
    }

    private async Task StartAsync(string job, IReadOnlyList<PendingWrite> rows, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var started = await jobs.Session.StartWriteAsync(job, cancellationToken);
            if (started.Failure is { Kind: not (FailureKind.Ambiguous or FailureKind.Conflict or FailureKind.Unavailable) } refused)
            {
                BatchSender.Fail(rows, refused);
                return;
            }

            // Whether it was started is told by a look, whatever became of the answer.
            var looked = await jobs.EndAsync(JobKind.Write, job, rows.Count, time, cancellationToken);
            if (looked.Failure is not null || looked.TryGet(out var progress, out _) && progress.Stage != JobStage.Prepared)
            {
                await TellAsync(job, rows, looked, cancellationToken);
                return;
            }
        }

        BatchSender.Fail(rows, new Failure(FailureKind.Unavailable, $"The CRM did not start job {job}, and nothing of it was written; try again later."));
    }

    private async Task<bool> IsResumedAsync(string job, IReadOnlyList<PendingWrite> rows, CancellationToken cancellationToken)
    {
        var looked = await jobs.Session.LookAsync(JobKind.Write, job, cancellationToken);
        if (looked.Failure is { Kind: FailureKind.NotFound })
        {
            return false;
        }

        if (looked.TryGet(out var progress, out _) && progress.Stage == JobStage.Prepared)
        {
            return await IsBegunAsync(job, rows, cancellationToken);
        }

        if (progress?.Stage == JobStage.Working)
        {
            looked = await jobs.EndAsync(JobKind.Write, job, rows.Count, time, cancellationToken);
        }

        await TellAsync(job, rows, looked, cancellationToken);
        return true;
    }

    // Started only where it does what its intents still want, all of them: a newer result must not be overwritten by an old one.
    private async Task<bool> IsBegunAsync(string job, IReadOnlyList<PendingWrite> rows, CancellationToken cancellationToken)
    {
        if (await store.CountJobAsync(job, cancellationToken) == rows.Count
            && await operation.SettleAsync(rows, cancellationToken) is var missing && missing.Count == rows.Count)
        {
            await StartAsync(job, rows, cancellationToken);
            return true;
        }

        await jobs.Session.AbandonAsync(JobKind.Write, job, cancellationToken);
        return false;
    }

    private async Task TellAsync(string job, IReadOnlyList<PendingWrite> rows, Result<JobProgress> ended, CancellationToken cancellationToken)
    {
        if (!ended.TryGet(out var progress, out var failure)
            || !(await jobs.Session.ReadOutcomesAsync(job, progress, [.. rows.Select(write => new JobRow(write.Row.Id, write.Row.Record.Id))], cancellationToken))
                .TryGet(out var outcomes, out failure))
        {
            // The intents stay open with their job; the next attempt looks at it first.
            BatchSender.Fail(rows, failure with { Kind = FailureKind.Ambiguous });
            return;
        }

        BatchSender.Take(rows, outcomes);
        var unnamed = rows.Where(write => write.Failure is { Kind: FailureKind.Ambiguous }).ToList();
        var missing = unnamed.Count == 0 ? [] : await operation.SettleAsync(unnamed, cancellationToken);
        await RepeatAsync([.. missing, .. rows.Where(write => write.Failure is { Kind: FailureKind.Unavailable })], cancellationToken);
    }

    // Rows that met a lock, or that the job did not come to: nothing of them was written, and calls try them again, or tell why where it is more than that.
    private async Task RepeatAsync(IReadOnlyList<PendingWrite> rows, CancellationToken cancellationToken)
    {
        if (rows.Count > 0)
        {
            await Task.Delay(FirstPause, time, cancellationToken);
            await SendByCallsAsync(rows);
        }
    }

    // One after the other, as rows that wait for each other's locks must be.
    private async Task SendByCallsAsync(IReadOnlyList<PendingWrite> rows)
    {
        foreach (var batch in rows.Chunk(operation.BatchSize))
        {
            await calls.SendAsync(batch);
        }
    }
}
