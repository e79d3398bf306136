using Liaison.Failures;

namespace Liaison.Connectors;

/// <summary>What takes jobs, beside how it is declared to.</summary>
internal sealed record OpenJobs(ISessionJobs Session, JobDescriptor Declared)
{
    /// <summary>Waits until a look at a job of so many rows is worth its call.</summary>
    public Task AwaitFirstLookAsync(long rows, TimeProvider time, CancellationToken cancellationToken) => Task.Delay(FirstPause(rows), time, cancellationToken);

    /// <summary>Looks at a job until it is over or waits to be started, at the pace that the connector declares: each look is a call.</summary>
    /// <param name="rows">How many rows it has, for which the first look waits.</param>
    /// <returns>The failure of a look; <see cref="FailureKind.Unavailable"/> where the job takes longer than anybody waits. It goes on all the same.</returns>
    public async Task<Result<JobProgress>> EndAsync(JobKind kind, string job, long rows, TimeProvider time, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var pause = FirstPause(rows);
        while (true)
        {
            await Task.Delay(pause, time, cancellationToken);
            var looked = await Session.LookAsync(kind, job, cancellationToken);
            if (!looked.TryGet(out var progress, out _) || progress.Stage != JobStage.Working)
            {
                return looked;
            }

            if (time.GetElapsedTime(began) > Declared.Patience)
            {
                return new Failure(
                    FailureKind.Unavailable, $"Job {job} of the CRM is not over after {Declared.Patience.TotalMinutes:0} minutes; it goes on, and asking again looks at it.", Declared.LongestPause);
            }

            pause = Shorter(pause * 2);
        }
    }

    private TimeSpan FirstPause(long rows) => Shorter(Declared.FirstLook + TimeSpan.FromSeconds((double)rows / Declared.RowsASecond));

    private TimeSpan Shorter(TimeSpan pause) => pause < Declared.LongestPause ? pause : Declared.LongestPause;
}
