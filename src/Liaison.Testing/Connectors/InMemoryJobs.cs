using System.Globalization;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;

namespace Liaison.Testing.Connectors;

/// <summary>Takes jobs of updates and queries, and works on each the moment somebody looks.</summary>
internal sealed class InMemoryJobs(InMemoryCrm crm, InMemorySession session, JobDescriptor declared) : ISessionJobs
{
    private static readonly Failure NoSuchJob = new(FailureKind.NotFound, "There is no such job any more.");

    private static readonly Failure NotReached = new(FailureKind.Unavailable, "The job did not come to this row.");

    public bool Carries(RecordWrite write)
    {
        ArgumentNullException.ThrowIfNull(write);
        return write.Values.Values.All(value => value.Raw != InMemoryJob.Uncarried);
    }

    public Task<Result<string>> PrepareWriteAsync(RecordType type, IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(writes);
        if (writes.Count > declared.Rows || writes.Any(write => write.Id is null || !Carries(write)) || writes.DistinctBy(write => write.Id).Count() < writes.Count)
        {
            throw new ArgumentException("A job takes so many updates as it declares, each record once, and none that it cannot carry.", nameof(writes));
        }

        var prepared = crm.Call<string>(CrmOperation.WriteJob, () => crm.AddJob(new InMemoryJob(type, writes)));
        return Task.FromResult(prepared.Failure is { Kind: FailureKind.Ambiguous } lost ? lost with { Kind = FailureKind.Unavailable } : prepared);
    }

    public Task<Result<Done>> StartWriteAsync(string job, CancellationToken cancellationToken) => Task.FromResult(
        crm.Call(CrmOperation.WriteJob, () => crm.FindJob(job) switch
        {
            null => NoSuchJob,
            { Stage: JobStage.Prepared } found => Begin(found),
            _ => new Failure(FailureKind.Conflict, "The job was started already."),
        }));

    public Task<Result<JobProgress>> LookAsync(JobKind kind, string job, CancellationToken cancellationToken) => Task.FromResult(
        crm.Call(CrmOperation.ReadJob, () => crm.FindJob(job) is { } found ? Look(found) : NoSuchJob));

    public Task<Result<IReadOnlyList<WriteOutcome>>> ReadOutcomesAsync(
        string job, JobProgress ended, IReadOnlyList<JobRow> rows, CancellationToken cancellationToken) => Task.FromResult(
        crm.Call(CrmOperation.ReadJob, () => crm.FindJob(job) is { } found
            ? Result<IReadOnlyList<WriteOutcome>>.Of([.. rows.Select(row => OutcomeOf(found, row)).OfType<WriteOutcome>()])
            : NoSuchJob));

    public Task<Result<Done>> AbandonAsync(JobKind kind, string job, CancellationToken cancellationToken) => Task.FromResult(
        crm.Call<Done>(CrmOperation.ReadJob, () =>
        {
            if (crm.FindJob(job) is not { } found)
            {
                return NoSuchJob;
            }

            found.Stage = found.Stage is JobStage.Complete ? found.Stage : JobStage.GivenUp;
            return Done.Value;
        }));

    public Task<Result<string>> StartQueryAsync(RecordQuery query, CancellationToken cancellationToken) => Task.FromResult(
        crm.Call<string>(CrmOperation.ReadJob, () => crm.AddJob(new InMemoryJob(query.Type, []) { Stage = JobStage.Working })));

    public Task<Result<JobPage<T>>> ReadPageAsync<T>(
        string job, RecordQuery query, string? page, Func<NativeRecord, T> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(read);
        if (!crm.Call(CrmOperation.ReadJob, () => Found(job).Then(_ => session.All(query))).TryGet(out var found, out var failure))
        {
            return Task.FromResult<Result<JobPage<T>>>(failure);
        }

        var from = page is null ? 0 : int.Parse(page, CultureInfo.InvariantCulture);
        var given = found.Skip(from).Take(Math.Min(query.PageSize ?? declared.Rows, declared.Rows)).ToList();
        var next = from + given.Count;
        return Task.FromResult<Result<JobPage<T>>>(new JobPage<T>(given.ConvertAll(record => read(record)), next < found.Count ? next.ToString(CultureInfo.InvariantCulture) : null)
        {
            Links = query.Linked is { } linked ? crm.LinksOfAll(query.Type, linked, given.Select(record => record.Id)) : null,
        });
    }

    private Result<InMemoryJob> Found(string job) =>
        crm.FindJob(job) is not { } found ? NoSuchJob
        : Look(found).TryGet(out var progress, out var failure) && progress.Stage == JobStage.Complete ? found
        : failure ?? new Failure(FailureKind.Conflict, "The job is not over.");

    private static Result<Done> Begin(InMemoryJob job)
    {
        job.Stage = JobStage.Working;
        return Done.Value;
    }

    private Result<JobProgress> Look(InMemoryJob job)
    {
        if (job.Stage == JobStage.Working && crm.LooksBeforeJobsEnd-- <= 0)
        {
            crm.LooksBeforeJobsEnd = 0;
            Work(job);
        }

        return new JobProgress(job.Stage, job.Outcomes.Count, job.Outcomes.Values.Count(outcome => outcome.Failure is not null)) { Reason = job.Reason };
    }

    private void Work(InMemoryJob job)
    {
        job.Stage = JobStage.Complete;
        if (job.Writes.Count == 0)
        {
            return;
        }

        var writer = new InMemoryWriter(crm, crm.KnownSchemaOf(job.Type));
        foreach (var write in job.Writes.Take(crm.RowsBeforeJobsStop))
        {
            if (crm.TakeRowFault(write.Id!) is { } fault)
            {
                job.Outcomes[write.Id!] = new WriteOutcome(write.Key, write.Id, fault);
            }
            else if (writer.Write([write]).TryGet(out var outcomes, out var wrong))
            {
                // What it held is told by an answer to a call only.
                job.Outcomes[write.Id!] = outcomes[0] with { Values = null };
            }
            else
            {
                (job.Stage, job.Reason) = (JobStage.GivenUp, wrong);
                return;
            }
        }

        if (job.Outcomes.Count < job.Writes.Count)
        {
            (job.Stage, job.Reason) = (JobStage.GivenUp, new Failure(FailureKind.Unavailable, "The job was given up by the CRM."));
            crm.RowsBeforeJobsStop = int.MaxValue;
        }
    }

    private static WriteOutcome? OutcomeOf(InMemoryJob job, JobRow row) =>
        job.Outcomes.TryGetValue(row.RecordId, out var outcome) ? outcome with { Key = row.Key }
        : job.Writes.Any(write => write.Id == row.RecordId) ? new WriteOutcome(row.Key, row.RecordId, NotReached)
        : null;
}

/// <summary>A job as the CRM keeps it.</summary>
internal sealed class InMemoryJob(RecordType type, IReadOnlyList<RecordWrite> writes)
{
    /// <summary>A value that no job can carry, as <c>#N/A</c> in Salesforce's.</summary>
    public const string Uncarried = "#N/A";

    public RecordType Type => type;

    public IReadOnlyList<RecordWrite> Writes => writes;

    public JobStage Stage { get; set; } = JobStage.Prepared;

    public Failure? Reason { get; set; }

    public Dictionary<string, WriteOutcome> Outcomes { get; } = new(StringComparer.Ordinal);
}
