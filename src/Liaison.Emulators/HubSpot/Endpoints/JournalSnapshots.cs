using System.Globalization;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;
using Liaison.Emulators.HubSpot.Webhooks;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>Writes records as they are into the journal, so that an app can begin with them.</summary>
internal sealed class JournalSnapshots(Refusals refusals, IdSource ids)
{
    public Reply Take(Call call)
    {
        var journal = call.Account.Events.Journals.Of(call.Caller.App.Id);
        var now = Instants.ToMilliseconds(call.Now);
        var taken = call.Items("snapshotRequests").Select(request =>
        {
            var (typeId, objectId) = (request.TextOf("objectTypeId") ?? "", request.TextOf("objectId") ?? "");
            var fault = !call.Account.TryGetType(typeId, out var type) ? $"Unable to infer object type from: {typeId}"
                : request.TextOf("portalId") != call.Account.PortalId.ToString(CultureInfo.InvariantCulture) ? "The app is not installed in this account."
                : !RecordAccess.TryFind(call, type, objectId, null, archived: false, out var record) ? $"No {type.Singular} with id {objectId} exists or can be seen."
                : Write(journal, type, record, request.TextsOf("properties"), now);
            var snapshot = new JournalSnapshot(ids.Correlation(), now, fault);
            return (TypeId: type?.Id ?? typeId, ObjectId: ListAccess.Number(objectId) ?? 0, Snapshot: snapshot);
        }).ToList();
        taken.ForEach(one => journal.Snapshots[one.Snapshot.Id] = one.Snapshot);
        return Reply.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("snapshotResponses");
            foreach (var (typeId, objectId, snapshot) in taken)
            {
                json.WriteStartObject();
                json.WriteNumber("portalId", call.Account.PortalId);
                json.WriteString("objectTypeId", typeId);
                json.WriteNumber("objectId", objectId);
                json.WriteString("snapshotStatusId", snapshot.Id);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    public Reply Status(Call call)
    {
        if (!Guid.TryParse(call["status"], out var id) || !call.Account.Events.Journals.Of(call.Caller.App.Id).Snapshots.TryGetValue(id, out var snapshot))
        {
            return refusals.NotFound($"No snapshot {call["status"]} was asked for.");
        }

        return Reply.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("id", snapshot.Id);
            json.WriteString("status", snapshot.Fault is null ? "SUCCESS" : "FAILED");
            json.WriteNumber("initiatedAt", snapshot.At.ToUnixTimeMilliseconds());
            json.WriteNumber("completedAt", snapshot.At.ToUnixTimeMilliseconds());
            if (snapshot.Fault is { } fault)
            {
                json.WriteString("errorCode", "VALIDATION_ERROR");
                json.WriteString("message", fault);
            }

            json.WriteEndObject();
        });
    }

    private static string? Write(AppJournal journal, ObjectType type, CrmRecord record, IReadOnlyList<string> properties, DateTimeOffset now)
    {
        var told = journal.Append(new JournalEvent("OBJECT", "SNAPSHOT", type, record.Id, now));
        foreach (var name in properties.Count == 0 ? type.DefaultProperties : properties)
        {
            if (type.TryGetProperty(name, out var property) && !property.IsSensitive)
            {
                told.Tell(property, ObjectType.Value(property, record));
            }
        }

        return null;
    }
}
