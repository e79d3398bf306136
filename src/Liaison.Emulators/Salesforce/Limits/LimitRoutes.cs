using System.Text.Json;
using Liaison.Emulators.Salesforce.Http;
using Liaison.Emulators.Salesforce.Rights;

namespace Liaison.Emulators.Salesforce.Limits;

/// <summary>What the org may do and what is left of it (contract section 9).</summary>
internal sealed class LimitRoutes(ApiUsage usage)
{
    private static readonly (string Name, int Max)[] Untouched =
    [
        ("ConcurrentAsyncGetReportInstances", 200), ("ConcurrentSyncReportRuns", 20), ("DailyAsyncApexExecutions", 250_000), ("DailyBulkApiBatches", 15_000),
        ("DailyBulkV2QueryFileStorageMB", 976_562), ("DailyBulkV2QueryJobs", 10_000), ("DailyDeliveredPlatformEvents", 10_000),
        ("DailyGenericStreamingApiEvents", 10_000), ("DailyStandardVolumePlatformEvents", 10_000), ("DailyStreamingApiEvents", 10_000),
        ("DataStorageMB", 1_024), ("FileStorageMB", 1_024), ("HourlyAsyncReportRuns", 1_200), ("HourlyDashboardRefreshes", 200),
        ("HourlyPublishedPlatformEvents", 50_000), ("MassEmail", 5_000), ("SingleEmail", 5_000), ("StreamingApiConcurrentClients", 20),
    ];

    public IEnumerable<Route> All => [new("GET", "limits", Read), new("GET", "limits/recordCount", Count)];

    /// <summary>Counts records whoever sees them; an object that is not there is left out, and without a list all are counted.</summary>
    private static Reply Count(Call call) => RefuseStranger(call) ?? Reply.Ok(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("sObjects");
        var names = call.Query("sObjects")?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var type in call.Org.Types.Where(type => type.KeyPrefix is not null && names?.Contains(type.Name, StringComparer.OrdinalIgnoreCase) != false))
        {
            json.WriteStartObject();
            json.WriteNumber("count", type.Rows.All.Count(row => !row.IsDeleted));
            json.WriteString("name", type.Name);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static Reply? RefuseStranger(Call call) =>
        Permissions.ViewsSetup(call.User) ? null : Reply.Refuse(403, "INSUFFICIENT_ACCESS", "insufficient access rights on object id");

    private Reply Read(Call call) => RefuseStranger(call) ?? Reply.Ok(json =>
    {
        json.WriteStartObject();
        Write(json, "DailyApiRequests", usage.Max, usage.Max - usage.Used);
        foreach (var (name, max) in Untouched)
        {
            Write(json, name, max, max);
        }

        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, string name, int max, int remaining)
    {
        json.WriteStartObject(name);
        json.WriteNumber("Max", max);
        json.WriteNumber("Remaining", remaining);
        json.WriteEndObject();
    }
}
