using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;
using Liaison.Emulators.HubSpot.Rights;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>Reading property definitions and their groups (contract section 5).</summary>
internal sealed class PropertyReads(Refusals refusals, BatchAnswer answer)
{
    public Reply List(Call call)
    {
        if (!call.Account.TryGetType(call["type"], out var type))
        {
            return refusals.UnknownType(call["type"]);
        }

        var (archived, sensitivity) = (call.QueryFlag("archived"), call.Query("dataSensitivity") ?? "non_sensitive");
        var shown = type.Properties.Where(property => Shown(call, type, property, archived, sensitivity)).ToList();
        return Reply.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("results");
            foreach (var property in shown)
            {
                PropertyJson.Write(json, property);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    public Reply Get(Call call)
    {
        if (!call.Account.TryGetType(call["type"], out var type))
        {
            return refusals.UnknownType(call["type"]);
        }

        return type.TryGetAnyProperty(call["name"], out var property)
            && Shown(call, type, property, call.QueryFlag("archived"), call.Query("dataSensitivity") ?? "non_sensitive")
            ? Reply.Ok(json => PropertyJson.Write(json, property))
            : NotFound(refusals, call["name"]);
    }

    public Reply Batch(Call call)
    {
        if (!call.Account.TryGetType(call["type"], out var type))
        {
            return refusals.UnknownType(call["type"]);
        }

        if (BatchReads.RefuseSize(refusals, call, BatchReads.Largest) is { } tooMany)
        {
            return tooMany;
        }

        var (archived, sensitivity) = (call.Body.FlagOf("archived", false), call.Text("dataSensitivity") ?? "non_sensitive");
        var results = new List<Action<Utf8JsonWriter>>();
        var missing = new List<string>();
        foreach (var name in call.Items("inputs").Select(input => input.TextOf("name") ?? ""))
        {
            if (type.TryGetAnyProperty(name, out var property) && Shown(call, type, property, archived, sensitivity))
            {
                results.Add(json => PropertyJson.Write(json, property));
            }
            else
            {
                missing.Add(name);
            }
        }

        return answer.Of(call, 200, results, missing.Count == 0 ? [] : [new BatchFault("OBJECT_NOT_FOUND", "Some properties do not exist.", null, [("name", missing)])]);
    }

    public Reply ListGroups(Call call)
    {
        if (!call.Account.TryGetType(call["type"], out var type))
        {
            return refusals.UnknownType(call["type"]);
        }

        var groups = type.Groups.ToList();
        return Reply.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("results");
            groups.ForEach(group => WriteGroup(json, group));
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    public Reply GetGroup(Call call)
    {
        if (!call.Account.TryGetType(call["type"], out var type))
        {
            return refusals.UnknownType(call["type"]);
        }

        return type.Groups.Find(group => group.Name == call["group"]) is { } found
            ? Reply.Ok(json => WriteGroup(json, found))
            : refusals.NotFound($"No property group named {call["group"]} exists.");
    }

    public static Reply NotFound(Refusals refusals, string name) => refusals.NotFound($"No property named {name} exists.");

    public static void WriteGroup(Utf8JsonWriter json, PropertyGroup group)
    {
        json.WriteStartObject();
        json.WriteString("name", group.Name);
        json.WriteString("label", group.Label);
        json.WriteNumber("displayOrder", group.DisplayOrder);
        json.WriteBoolean("archived", false);
        json.WriteEndObject();
    }

    /// <summary>Archived and sensitive definitions come only when asked for (contract sections 2.2 and 5).</summary>
    private static bool Shown(Call call, ObjectType type, PropertyDefinition property, bool archived, string sensitivity) =>
        (property.ArchivedAt is not null) == archived && property.DataSensitivity == sensitivity && FieldRights.CanSee(call.User, type, property);
}
