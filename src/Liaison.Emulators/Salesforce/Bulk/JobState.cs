namespace Liaison.Emulators.Salesforce.Bulk;

/// <summary>Where a job stands (contract section 8).</summary>
internal enum JobState
{
    Open,
    UploadComplete,
    InProgress,
    JobComplete,
    Failed,
    Aborted,
}

/// <summary>What a job does to its records.</summary>
internal enum JobOperation
{
    Insert,
    Update,
    Upsert,
    Delete,
    HardDelete,
    Query,
    QueryAll,
}

/// <summary>How operations are spelled.</summary>
internal static class JobOperations
{
    private static readonly Dictionary<string, JobOperation> ByName = new(StringComparer.Ordinal)
    {
        ["insert"] = JobOperation.Insert,
        ["update"] = JobOperation.Update,
        ["upsert"] = JobOperation.Upsert,
        ["delete"] = JobOperation.Delete,
        ["hardDelete"] = JobOperation.HardDelete,
        ["query"] = JobOperation.Query,
        ["queryAll"] = JobOperation.QueryAll,
    };

    public static bool TryFind(string? name, out JobOperation operation)
    {
        operation = default;
        return name is not null && ByName.TryGetValue(name, out operation);
    }

    public static string NameOf(JobOperation operation) => ByName.First(pair => pair.Value == operation).Key;

    public static bool IsQuery(this JobOperation operation) => operation >= JobOperation.Query;
}
