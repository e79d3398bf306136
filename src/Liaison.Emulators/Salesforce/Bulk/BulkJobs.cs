using System.Diagnostics.CodeAnalysis;
using Liaison.Emulators.Salesforce.Soql.Binding;

namespace Liaison.Emulators.Salesforce.Bulk;

/// <summary>The jobs of an org, moved on by its clock.</summary>
/// <remarks>
/// A job waits, then works at a steady pace, as time passes: whoever asks lets what is due happen first. Rows are written through the org's
/// own routes, so the lock here is taken before any of theirs; the host asks outside of its own lock.
/// </remarks>
internal sealed class BulkJobs : IDisposable
{
    private const int MostQueryJobsADay = 10_000;
    private const int MostBatchesADay = 15_000;
    private const int RowsOfBatch = 10_000;
    private const int RowsASecond = 100_000;
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, BulkJob> _jobs = new(StringComparer.Ordinal);
    private int _last;

    /// <summary>Makes an ingest job, open for its data.</summary>
    public BulkFault? CreateIngest(IngestRequest request, BulkCaller caller, string version, DateTimeOffset now, out BulkJob job)
    {
        lock (_gate)
        {
            job = null!;
            if (_jobs.Values.Where(other => !other.Operation.IsQuery() && now - other.Created < Day).Sum(other => 1 + ((other.Work?.Processed ?? 0) / RowsOfBatch)) >= MostBatchesADay)
            {
                return BulkFault.Quota($"ExceededQuota : The org has used its {MostBatchesADay} batches of 24 hours.");
            }

            job = new BulkJob(NextId(), caller, request.Operation, request.Object.Name, version, request.Dialect, now) { ExternalIdField = request.ExternalIdField };
            _jobs.Add(job.Id, job);
            return null;
        }
    }

    /// <summary>Makes a query job; it needs no data and waits for its turn at once.</summary>
    public BulkFault? CreateQuery(string text, JobOperation operation, CsvDialect dialect, BulkCaller caller, string version, DateTimeOffset now, out BulkJob job)
    {
        lock (_gate)
        {
            job = null!;
            if (_jobs.Values.Count(other => other.Operation.IsQuery() && now - other.Created < Day) >= MostQueryJobsADay)
            {
                return BulkFault.Quota($"ExceededQuota : The org has made its {MostQueryJobsADay} query jobs of 24 hours.");
            }

            var source = "";
            if (caller.Look(() => QueryWork.Check(text, caller, out source)) is { } refused)
            {
                return refused;
            }

            job = new BulkJob(NextId(), caller, operation, source, version, dialect, now) { Work = new QueryWork(text, caller, operation == JobOperation.QueryAll) };
            _jobs.Add(job.Id, job);
            return null;
        }
    }

    /// <summary>Finds a job of the caller's own, after what is due has happened.</summary>
    public bool TryFind(string id, bool isQuery, BulkCaller caller, DateTimeOffset now, [NotNullWhen(true)] out BulkJob? job)
    {
        CatchUp(now);
        lock (_gate)
        {
            return _jobs.TryGetValue(SoqlIds.Normalize(id) ?? "", out job) && job.Operation.IsQuery() == isQuery && job.Caller.UserId == caller.UserId;
        }
    }

    /// <summary>Lists the caller's own jobs of a kind, the latest first.</summary>
    public IReadOnlyList<BulkJob> List(bool isQuery, BulkCaller caller, DateTimeOffset now)
    {
        CatchUp(now);
        lock (_gate)
        {
            return [.. _jobs.Values.Where(job => job.Operation.IsQuery() == isQuery && job.Caller.UserId == caller.UserId).OrderByDescending(job => job.Id, StringComparer.Ordinal)];
        }
    }

    /// <summary>Lets everything happen that is due: waiting jobs begin, working ones go on, old ones go.</summary>
    public void CatchUp(DateTimeOffset now)
    {
        lock (_gate)
        {
            foreach (var job in _jobs.Values.ToList())
            {
                Move(job, now);
            }
        }
    }

    /// <summary>Closes an upload, or ends a job where it stands.</summary>
    public BulkFault? Change(BulkJob job, string? state, DateTimeOffset now)
    {
        lock (_gate)
        {
            switch (state)
            {
                case "UploadComplete" when job.State == JobState.Open && job.Work is not null:
                    job.Enter(JobState.UploadComplete, now);
                    return null;
                case "UploadComplete" when job.State == JobState.Open:
                    return BulkFault.InvalidState("No data was uploaded for this job.");
                case "Aborted" when !job.IsOver:
                    job.Enter(JobState.Aborted, now);
                    return null;
                case "UploadComplete" or "Aborted":
                    return BulkFault.InvalidState($"The job is {job.State} and cannot become {state}.");
                default:
                    return BulkFault.InvalidJob("The state of a job can be set to UploadComplete or Aborted.");
            }
        }
    }

    /// <summary>Gives a job its data, once.</summary>
    public BulkFault? Attach(BulkJob job, SpillFile upload)
    {
        lock (_gate)
        {
            if (job.State != JobState.Open || job.Work is not null)
            {
                return BulkFault.InvalidState("Data can be uploaded once, while the job is Open.");
            }

            job.Work = new IngestWork(job, upload);
            return null;
        }
    }

    public BulkFault? Delete(BulkJob job)
    {
        lock (_gate)
        {
            if (job.State is JobState.Open or JobState.InProgress)
            {
                return BulkFault.InvalidState($"A job that is {job.State} cannot be deleted; abort it first.");
            }

            _jobs.Remove(job.Id);
            job.Dispose();
            return null;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var job in _jobs.Values)
            {
                job.Dispose();
            }

            _jobs.Clear();
        }
    }

    private void Move(BulkJob job, DateTimeOffset now)
    {
        if (job.State == JobState.UploadComplete && now - job.Changed >= Wait)
        {
            job.Enter(JobState.InProgress, job.Changed + Wait);
        }

        if (job.State == JobState.InProgress && job.Work is { } work)
        {
            if (work.Advance((long)((now - job.Changed).TotalSeconds * RowsASecond)) is { } fault)
            {
                job.Fail(fault, now);
            }
            else if (work.IsDone)
            {
                job.Enter(JobState.JobComplete, now);
            }
        }

        if (job.State == JobState.Open && now - job.Created >= Day)
        {
            job.Fail("The job was open for more than 24 hours.", now);
        }

        if (job.IsOver && now - job.Changed >= Kept)
        {
            _jobs.Remove(job.Id);
            job.Dispose();
        }
    }

    private string NextId() => SoqlIds.Normalize($"750{++_last:D12}")!;
}
