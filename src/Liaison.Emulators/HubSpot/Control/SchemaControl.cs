using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Endpoints;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Control;

/// <summary>Changes definitions as an administrator does in the settings, so that drift can be rehearsed.</summary>
/// <remarks>
/// {"type":"contacts","action":"add","property":{"name":…,"label":…,"type":…,"fieldType":…,"options":[…]}}; "change" replaces what is given of
/// an existing one, its type too; "remove" archives; "restore" brings back.
/// </remarks>
internal sealed class SchemaControl(Account account, EmulatorClock clock)
{
    public Reply Change(JsonElement body)
    {
        if (!account.TryGetType(body.TextOf("type") ?? "contacts", out var type))
        {
            return ControlRoutes.Problem(404, "There is no such object type.");
        }

        var given = body.MemberOf("property");
        var name = given.TextOf("name") ?? body.TextOf("name") ?? "";
        var known = type.TryGetAnyProperty(name, out var property);
        var now = Instants.ToMilliseconds(clock.Now);
        switch (body.TextOf("action"))
        {
            case "add" when name.Length > 0 && (property is null || property.ArchivedAt is not null):
                property = type.Add(PropertyInputs.Make(type, given, now, null));
                break;
            case "change" when known:
                PropertyInputs.Apply(property!, given, now);
                property!.Type = given.TextOf("type") ?? property.Type;
                break;
            case "remove" when known:
                property!.ArchivedAt = property.UpdatedAt = now;
                break;
            case "restore" when known:
                property!.ArchivedAt = null;
                property.UpdatedAt = now;
                break;
            default:
                return ControlRoutes.Problem(400, $"Nothing to do for \"{name}\": the action is add (a new name), change, remove or restore (a known one).");
        }

        return Reply.Ok(json => PropertyJson.Write(json, property!));
    }
}
