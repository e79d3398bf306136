namespace Liaison.Emulators.Salesforce.Bulk;

/// <summary>One job and where it stands.</summary>
internal sealed class BulkJob(string id, BulkCaller caller, JobOperation operation, string objectName, string version, CsvDialect dialect, DateTimeOffset created) : IDisposable
{
    public string Id => id;

    public BulkCaller Caller => caller;

    public JobOperation Operation => operation;

    public string ObjectName => objectName;

    /// <summary>Gets the version that it was created with: v66.0.</summary>
    public string Version => version;

    public CsvDialect Dialect => dialect;

    public DateTimeOffset Created { get; } = created;

    public string? ExternalIdField { get; init; }

    public JobState State { get; private set; } = operation.IsQuery() ? JobState.UploadComplete : JobState.Open;

    /// <summary>Gets when the state changed last.</summary>
    public DateTimeOffset Changed { get; private set; } = created;

    public string? ErrorMessage { get; private set; }

    /// <summary>Gets what is done with the rows; <see langword="null"/> until data is there.</summary>
    public IBulkWork? Work { get; set; }

    public bool IsOver => State is JobState.JobComplete or JobState.Failed or JobState.Aborted;

    public void Enter(JobState state, DateTimeOffset now)
    {
        State = state;
        Changed = now;
    }

    public void Fail(string message, DateTimeOffset now)
    {
        ErrorMessage = message;
        Enter(JobState.Failed, now);
    }

    public void Dispose() => Work?.Dispose();
}

/// <summary>What a job does, a piece at a time.</summary>
internal interface IBulkWork : IDisposable
{
    /// <summary>Gets how many rows were read or written so far, failed ones included.</summary>
    int Processed { get; }

    int Failed { get; }

    /// <summary>Goes on until this many rows are done; the message of the fault that ends the job, or null.</summary>
    string? Advance(long rows);

    bool IsDone { get; }
}
