using System.Text.Json;
using Liaison.Emulators.Salesforce.Model;

namespace Liaison.Emulators.Salesforce.Bulk;

/// <summary>Jobs as they are shown.</summary>
internal static class JobJson
{
    /// <param name="detailed">Whether the counts come too, as in the answer to a single GET.</param>
    public static void Write(Utf8JsonWriter json, BulkJob job, bool detailed)
    {
        var isQuery = job.Operation.IsQuery();
        json.WriteStartObject();
        json.WriteString("id", job.Id);
        json.WriteString("operation", JobOperations.NameOf(job.Operation));
        json.WriteString("object", job.ObjectName);
        json.WriteString("createdById", job.Caller.UserId);
        json.WriteString("createdDate", Moments.Format(job.Created));
        json.WriteString("systemModstamp", Moments.Format(job.Changed));
        json.WriteString("state", job.State.ToString());
        json.WriteString("concurrencyMode", "Parallel");
        json.WriteString("contentType", "CSV");
        json.WritePropertyName("apiVersion");
        json.WriteRawValue(job.Version.TrimStart('v'));
        if (job.ExternalIdField is { } key)
        {
            json.WriteString("externalIdFieldName", key);
        }

        if (!isQuery)
        {
            json.WriteString("contentUrl", $"services/data/{job.Version}/jobs/ingest/{job.Id}/batches");
        }

        json.WriteString("lineEnding", job.Dialect.LineEndingName);
        json.WriteString("columnDelimiter", job.Dialect.DelimiterName);
        if (detailed)
        {
            WriteCounts(json, job, isQuery);
        }

        json.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter json, BulkJob job, bool isQuery)
    {
        json.WriteString("jobType", isQuery ? "V2Query" : "V2Ingest");
        json.WriteNumber("retries", 0);
        json.WriteNumber("totalProcessingTime", Math.Max(0, (long)(job.Changed - job.Created).TotalMilliseconds));
        json.WriteNumber("numberRecordsProcessed", job.Work?.Processed ?? 0);
        if (!isQuery)
        {
            json.WriteNumber("apiActiveProcessingTime", 0);
            json.WriteNumber("apexProcessingTime", 0);
            json.WriteNumber("numberRecordsFailed", job.Work?.Failed ?? 0);
        }

        if (job.ErrorMessage is { } message)
        {
            json.WriteString("errorMessage", message);
        }
    }
}
