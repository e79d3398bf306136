namespace Liaison.Emulators.Salesforce.Bulk;

/// <summary>Why a call about a job is refused.</summary>
internal sealed record BulkFault(int Status, string ErrorCode, string Message)
{
    public static BulkFault NotFound(string id) => new(404, "NOT_FOUND", $"The requested resource does not exist: {id}");

    public static BulkFault InvalidJob(string message) => new(400, "INVALIDJOB", message);

    public static BulkFault InvalidState(string message) => new(400, "INVALIDJOBSTATE", message);

    public static BulkFault Quota(string message) => new(400, "EXCEEDEDQUOTA", message);
}
