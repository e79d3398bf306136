using Liaison.Emulators.Salesforce.Http;
using Liaison.Emulators.Salesforce.Model;

namespace Liaison.Emulators.Salesforce.Rows;

/// <summary>What was changed and deleted within a span of time (contract section 11.1).</summary>
internal static class ChangeRoutes
{
    private static readonly TimeSpan UpdatedReach = TimeSpan.FromDays(30);
    private static readonly TimeSpan DeletedReach = TimeSpan.FromDays(15);

    public static IEnumerable<Route> All =>
    [
        new("GET", "sobjects/{type}/updated", Updated),
        new("GET", "sobjects/{type}/deleted", Deleted),
    ];

    private static Reply Updated(Call call) => Within(call, UpdatedReach, (start, end) =>
    {
        var seen = call.Schema.Find(call["type"])!;
        var rows = seen.Rows(withDeleted: false).OfType<SObjectRow>().Where(row => row.SystemModstamp >= start && row.SystemModstamp < end).ToList();
        return Reply.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("ids");
            foreach (var row in rows)
            {
                json.WriteStringValue(row.Id);
            }

            json.WriteEndArray();
            json.WriteString("latestDateCovered", Moments.Format(Covered(call, end)));
            json.WriteEndObject();
        });
    });

    private static Reply Deleted(Call call) => Within(call, DeletedReach, (start, end) =>
    {
        var seen = call.Schema.Find(call["type"])!;
        var rows = seen.Rows(withDeleted: true).OfType<SObjectRow>().Where(row => row.DeletedAt >= start && row.DeletedAt < end).ToList();
        return Reply.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("deletedRecords");
            foreach (var row in rows)
            {
                json.WriteStartObject();
                json.WriteString("deletedDate", Moments.Format(row.DeletedAt!.Value));
                json.WriteString("id", row.Id);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString("earliestDateAvailable", Moments.Format(call.Now - DeletedReach));
            json.WriteString("latestDateCovered", Moments.Format(Covered(call, end)));
            json.WriteEndObject();
        });
    });

    private static Reply Within(Call call, TimeSpan reach, Func<DateTimeOffset, DateTimeOffset, Reply> read)
    {
        if (!Locator.TryObject(call, out var seen, out var refused))
        {
            return refused;
        }

        if (!seen.Type.Replicateable)
        {
            return Reply.Refuse(400, "INVALID_TYPE_FOR_OPERATION", $"{seen.Name} is not replicable");
        }

        // A bare plus in a query string is a blank by the time it arrives.
        if (Bound(call, "start") is not { } start || Bound(call, "end") is not { } end)
        {
            return Reply.Refuse(400, "INVALID_REPLICATION_DATE", "start and end must be dates such as 2026-05-01T07:25:37+00:00");
        }

        if (start < Minute(call.Now - reach))
        {
            return Reply.Refuse(400, "INVALID_REPLICATION_DATE", $"startDate before org replication enabled date or more than {reach.TotalDays:0} days ago");
        }

        return end <= start ? Reply.Refuse(400, "INVALID_REPLICATION_DATE", "endDate must be at least one minute greater than startDate") : read(start, end);
    }

    private static DateTimeOffset? Bound(Call call, string name) =>
        call.Query(name) is { } text && Moments.TryParse(text.Replace(' ', '+'), out var moment) ? Minute(moment) : null;

    /// <summary>Seconds are ignored.</summary>
    private static DateTimeOffset Minute(DateTimeOffset moment) => new(moment.UtcTicks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, TimeSpan.Zero);

    private static DateTimeOffset Covered(Call call, DateTimeOffset end) => end < call.Now ? end : Minute(call.Now);
}
