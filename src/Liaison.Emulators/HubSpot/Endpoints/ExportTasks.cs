using System.Globalization;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Exports;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;
using Liaison.Emulators.HubSpot.Rights;
using Liaison.Emulators.HubSpot.Searching;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>Exporting records into a file: asked for, waited for, fetched.</summary>
internal sealed class ExportTasks(Refusals refusals, IdSource ids)
{
    private const int MostLinked = 1_000;

    /// <summary>How long an export takes, and how long the address of its file is good.</summary>
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Offered = TimeSpan.FromMinutes(5);

    public Reply Start(Call call)
    {
        if (!call.Account.TryGetType(call.Text("objectType") ?? "", out var type))
        {
            return refusals.UnknownType(call.Text("objectType") ?? "");
        }

        if (call.Text("format") != "CSV")
        {
            return refusals.Validation("The emulator writes exports as CSV and in no other format.");
        }

        if (ReadColumns(call, type, out var columns) is { } wrong)
        {
            return wrong;
        }

        if (Selected(call, type, out var records) is { } unknown)
        {
            return unknown;
        }

        var now = Instants.ToMilliseconds(call.Now);
        var export = new CrmExport(call.Account.Exports.Count + 81_001, call.Text("exportType")!, type, call.Text("exportName") ?? "", columns, now);
        call.Account.Exports.Add(export);
        var account = call.Account;
        account.Chores.Add(now + Duration, () => export.Finish(account, records(), now + Duration));
        return new Reply(202, json =>
        {
            json.WriteStartObject();
            RecordJson.WriteId(json, "id", export.Id);
            json.WriteStartObject("links");
            json.WriteString("status", $"{call.Origin}{call.Request.Path.Value}/tasks/{export.Id.ToString(CultureInfo.InvariantCulture)}/status");
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    public Reply Status(Call call) => With(call, call["task"], export => Reply.Ok(json =>
    {
        json.WriteStartObject();
        json.WriteString("status", export.DoneAt is null ? "PROCESSING" : "COMPLETE");
        RecordJson.WriteMoment(json, "requestedAt", export.CreatedAt);
        RecordJson.WriteMoment(json, "startedAt", export.CreatedAt);
        RecordJson.WriteMoment(json, "completedAt", export.DoneAt ?? export.CreatedAt + Duration);
        if (export.DoneAt is not null)
        {
            json.WriteString("result", $"{call.Origin}{Files.Path}/{Offer(call, export)}");
        }

        json.WriteEndObject();
    }));

    public Reply Get(Call call) => With(call, call["export"], export => Reply.Ok(json =>
    {
        json.WriteStartObject();
        RecordJson.WriteId(json, "id", export.Id);
        json.WriteString("exportName", export.Name);
        json.WriteString("exportType", export.Kind);
        json.WriteString("exportState", export.DoneAt is null ? "PROCESSING" : "DONE");
        json.WriteString("objectType", export.Type.ErrorName);
        json.WriteStartArray("objectProperties");
        foreach (var property in export.Columns.Properties)
        {
            json.WriteStringValue(property.Name);
        }

        json.WriteEndArray();
        if (export.DoneAt is not null)
        {
            json.WriteNumber("recordCount", export.RecordCount);
        }

        RecordJson.WriteMoment(json, "createdAt", export.CreatedAt);
        RecordJson.WriteMoment(json, "updatedAt", export.DoneAt ?? export.CreatedAt);
        json.WriteEndObject();
    }));

    private string Offer(Call call, CrmExport export)
    {
        if (export.Key is null || !call.Account.Downloads.TryGet(export.Key, out var offered) || offered.ExpiresAt <= call.Now)
        {
            export.Key = ids.Token(40);
            call.Account.Downloads.Offer(export.Key, new Download("text/csv;charset=utf-8", export.Content, call.Now + Offered)
            {
                FileName = $"hubspot-crm-exports-{export.Id.ToString(CultureInfo.InvariantCulture)}.csv",
            });
        }

        return export.Key;
    }

    private Reply? ReadColumns(Call call, ObjectType type, out ExportColumns columns)
    {
        columns = null!;
        var properties = new List<PropertyDefinition>();
        foreach (var name in call.Body.TextsOf("objectProperties"))
        {
            if (!type.TryGetProperty(name, out var property) || !FieldRights.CanSee(call.User, type, property) || property.IsSensitive)
            {
                return refusals.Validation($"There is no property \"{name}\" on {type.Name} to export.");
            }

            properties.Add(property);
        }

        var linked = new List<ObjectType>();
        foreach (var name in call.Body.TextsOf("associatedObjectType"))
        {
            if (!call.Account.TryGetType(name, out var other))
            {
                return refusals.UnknownType(name);
            }

            linked.Add(other);
        }

        var inside = call.Body.TextsOf("exportInternalValuesOptions");
        columns = new ExportColumns(
            properties, linked, inside.Contains("NAMES"), inside.Contains("VALUES"),
            call.Body.FlagOf("includePrimaryDisplayPropertyForAssociatedObjects", otherwise: false),
            call.Body.FlagOf("includeLabeledAssociations", otherwise: false),
            call.Body.FlagOf("overrideAssociatedObjectsPerDefinitionPerRowLimit", otherwise: false) ? int.MaxValue : MostLinked);
        return null;
    }

    /// <summary>Reads which records are meant; they are picked when the file is written.</summary>
    private Reply? Selected(Call call, ObjectType type, out Func<IReadOnlyList<CrmRecord>> records)
    {
        records = null!;
        if (call.Text("exportType") == "VIEW")
        {
            if (SearchQuery.Read(refusals, call.WithBody(call.Body.MemberOf("publicCrmSearchRequest")), type, out var query) is { } wrong)
            {
                return wrong;
            }

            records = () => [.. Searches.Find(call, type, query).Select(hit => hit.Record)];
            return null;
        }

        if (call.Text("exportType") != "LIST")
        {
            return refusals.InvalidJson("exportType must be one of [LIST, VIEW]");
        }

        if (!ListAccess.TryFind(call, call.Text("listId"), out var list) || list.Type != type)
        {
            return ListAccess.NotFound(refusals, call.Text("listId"));
        }

        records = () =>
        {
            call.Account.Lists.Settle(list, Instants.ToMilliseconds(call.Now));
            return [.. list.Members.Select(member => type.Records.TryGet(member.RecordId, out var record) ? record : null).OfType<CrmRecord>().Where(record => RecordAccess.Sees(call, type, record))];
        };
        return null;
    }

    private Reply With(Call call, string id, Func<CrmExport, Reply> work) =>
        call.Account.Exports.Find(export => export.Id.ToString(CultureInfo.InvariantCulture) == id) is { } found
            ? work(found)
            : refusals.NotFound($"No export {id} exists.");
}
