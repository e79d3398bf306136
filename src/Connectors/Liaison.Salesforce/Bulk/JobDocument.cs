using System.Text.Json.Serialization;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Salesforce.Declaration;
using Liaison.Salesforce.Wire;

namespace Liaison.Salesforce.Bulk;

/// <summary>A job as Salesforce shows it; every member may be missing (contracts/salesforce.md 8).</summary>
internal sealed record JobDocument(string? Id, string? State)
{
    // Words of a message that stands for much else.
    private const string UnknownColumn = "Field name not found";

    public long? NumberRecordsProcessed { get; init; }

    public long? NumberRecordsFailed { get; init; }

    public string? ErrorMessage { get; init; }

    /// <summary>Tells how far the job is.</summary>
    /// <param name="kind">A job that reads needs no rows, and none waits to be started.</param>
    internal JobProgress ToProgress(JobKind kind) => new(StageOf(kind), NumberRecordsProcessed ?? 0, NumberRecordsFailed ?? 0)
    {
        Reason = State switch
        {
            "Aborted" => new Failure(FailureKind.Unavailable, "Somebody gave the job up in Salesforce; what it had not written is written again."),
            "Failed" => ReasonOf(ErrorMessage ?? ""),
            _ => null,
        },
    };

    private JobStage StageOf(JobKind kind) => State switch
    {
        "Open" when kind == JobKind.Write => JobStage.Prepared,
        "JobComplete" => JobStage.Complete,
        "Failed" or "Aborted" => JobStage.GivenUp,
        _ => JobStage.Working,
    };

    // The message names columns and rows in Salesforce's words; which of them is meant the rows' own calls tell.
    private static Failure ReasonOf(string message) =>
        message.Contains(UnknownColumn, StringComparison.OrdinalIgnoreCase) ? SalesforceErrors.Of(new CrmError(ErrorReader.UnknownField), 400, changesRecords: false)
        : new Failure(FailureKind.Unavailable, "Salesforce gave the job up; what it had not written is written by calls.");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(JobDocument))]
internal sealed partial class JobJson : JsonSerializerContext;
