using System.Globalization;
using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Endpoints;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;
using Liaison.Emulators.HubSpot.Rights;
using Liaison.Emulators.HubSpot.Writing;

namespace Liaison.Emulators.HubSpot.Control;

/// <summary>Edits a record as a person does in the CRM's own screens: any value, history says CRM_UI.</summary>
internal sealed class RecordControl(Account account, RecordWriter writer, DemoUsers users)
{
    public Reply Edit(string typeName, string id, JsonElement body)
    {
        if (!account.TryGetType(typeName, out var type)
            || !long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || !type.Records.TryGet(number, out var record))
        {
            return ControlRoutes.Problem(404, $"There is no {typeName} record {id}.");
        }

        var values = new List<(PropertyDefinition, string)>();
        var properties = body.MemberOf("properties");
        foreach (var member in properties.ValueKind == JsonValueKind.Object ? properties.EnumerateObject().ToList() : [])
        {
            if (!type.TryGetProperty(member.Name, out var property))
            {
                return ControlRoutes.Problem(400, $"There is no property \"{member.Name}\" on {type.Name}.");
            }

            values.Add((property, member.Value.AsText() ?? ""));
        }

        var person = users.Manager;
        var write = new PreparedWrite(values);
        writer.Edit(type, record, write, new ChangeSource("CRM_UI", $"userId:{person.UserId}", person.UserId));
        return Reply.Ok(json =>
        {
            json.WriteStartObject();
            RecordJson.WriteId(json, "id", record.Id);
            RecordJson.WriteMoment(json, "updatedAt", record.UpdatedAt);
            json.WriteEndObject();
        });
    }
}
