using Liaison.Failures;
using Liaison.Model;

namespace Liaison.Connectors;

/// <summary>Work on many records that a CRM takes as jobs, with one credential.</summary>
/// <remarks>
/// Safe for concurrent use. A job belongs to the CRM from the moment it has an id: whoever knows the id can go on with it in another
/// process. That is why a job that writes is prepared first and started by a call of its own: until then nothing can have been written,
/// and the engine can make the id durable in between. A job that the CRM no longer knows is <see cref="FailureKind.NotFound"/>.
/// </remarks>
public interface ISessionJobs
{
    /// <summary>Tells whether a job can carry an update as it is; one that it cannot is written by a call.</summary>
    bool Carries(RecordWrite write);

    /// <summary>Makes a job of updates and hands its rows over; nothing is written before <see cref="StartWriteAsync"/>.</summary>
    /// <param name="writes">
    /// Updates of records that stand, each record once, no more than <see cref="JobDescriptor.Rows"/>, all of them carried. They may be made
    /// as they are taken: they are gone through more than once, and not held.
    /// </param>
    /// <returns>
    /// The job's id. No failure is <see cref="FailureKind.Ambiguous"/>: what is left behind by a lost answer was not started.
    /// <see cref="FailureKind.Invalid"/> where the rows are too large for one job.
    /// </returns>
    Task<Result<string>> PrepareWriteAsync(RecordType type, IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken);

    /// <summary>Starts a job that was prepared.</summary>
    /// <returns>After a lost answer <see cref="FailureKind.Ambiguous"/>: a look tells whether it was started.</returns>
    Task<Result<Done>> StartWriteAsync(string job, CancellationToken cancellationToken);

    /// <summary>Looks how far a job is.</summary>
    Task<Result<JobProgress>> LookAsync(JobKind kind, string job, CancellationToken cancellationToken);

    /// <summary>Reads what became of the rows of a job that is over.</summary>
    /// <param name="ended">What the last look told.</param>
    /// <param name="rows">The rows of which it is wanted, in any order.</param>
    /// <returns>
    /// One outcome a row at the most. A row that the job did not come to is <see cref="FailureKind.Unavailable"/>: it was not written.
    /// A row without an outcome is one that the CRM's answer does not name.
    /// </returns>
    Task<Result<IReadOnlyList<WriteOutcome>>> ReadOutcomesAsync(
        string job, JobProgress ended, IReadOnlyList<JobRow> rows, CancellationToken cancellationToken);

    /// <summary>Gives a job up where it stands; what it has written stays written.</summary>
    Task<Result<Done>> AbandonAsync(JobKind kind, string job, CancellationToken cancellationToken);

    /// <summary>Makes a job of a query and starts it; its order is the CRM's.</summary>
    /// <returns>The job's id; <see cref="FailureKind.Unsupported"/> for a query that no job can run.</returns>
    Task<Result<string>> StartQueryAsync(RecordQuery query, CancellationToken cancellationToken);

    /// <summary>Reads one page of what a job has found, record by record as it comes: a page is large, and only what is made of it is held.</summary>
    /// <param name="query">The query that the job was made of.</param>
    /// <param name="page">Where the page begins: <see langword="null"/> for the first, else <see cref="JobPage{T}.Next"/> of the page before.</param>
    /// <param name="read">Makes of a record what is held of it; of an answer that was cut off and asked for again, anew.</param>
    /// <returns><see cref="FailureKind.Conflict"/> where the job is not over, or has found nothing that can be read.</returns>
    Task<Result<JobPage<T>>> ReadPageAsync<T>(
        string job, RecordQuery query, string? page, Func<NativeRecord, T> read, CancellationToken cancellationToken);
}
