using System.Text.Json;
using Liaison.Emulators.Salesforce.Http;
using Liaison.Emulators.Salesforce.Model;
using Liaison.Emulators.Salesforce.Rights;
using Liaison.Emulators.Salesforce.Rows;
using Liaison.Emulators.Salesforce.Soql.Schema;

namespace Liaison.Emulators.Salesforce.Describing;

/// <summary>The picklist values of a record type, by the User Interface API (contract section 4); the shapes are those of its guide.</summary>
internal static class PicklistRoutes
{
    private const string Template = "ui-api/object-info/{type}/picklist-values/{recordType}";

    public static IEnumerable<Route> All => [new("GET", Template, OfObject), new("GET", $"{Template}/{{field}}", OfField)];

    private static Reply OfObject(Call call) => Find(call, out var seen, out var kind) ?? Reply.Ok(json =>
    {
        json.WriteStartObject();
        json.WriteStartObject("picklistFieldValues");
        foreach (var field in seen.Visible.Where(IsPicklist))
        {
            json.WritePropertyName(field.Name);
            Write(json, call, seen, kind, field);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static Reply OfField(Call call) => Find(call, out var seen, out var kind)
        ?? (seen.TryGetField(call["field"], out var field) && IsPicklist(field) ? Reply.Ok(json => Write(json, call, seen, kind, field)) : Reply.NotFound());

    /// <summary>Finds the object and its record type; no record type of its own stands for the one that every object has.</summary>
    private static Reply? Find(Call call, out UserObject seen, out RecordKind? kind)
    {
        kind = null;
        if (!Locator.TryObject(call, out seen!, out var refused))
        {
            return refused;
        }

        if (!SalesforceId.TryParse(call["recordType"], out var id))
        {
            return Reply.NotFound();
        }

        kind = seen.Type.RecordKinds.Find(each => each.Id == id);
        return kind is null && id != RecordKind.MasterId ? Reply.NotFound() : null;
    }

    private static void Write(Utf8JsonWriter json, Call call, UserObject seen, RecordKind? kind, SObjectField field)
    {
        var controlling = field.ControllerName is { } name && seen.TryGetField(name, out var controller) ? controller.Picklist : [];
        PicklistValue[] offered = [.. field.Picklist.Where(value => value.IsActive && kind?.Offers(field, value) != false)];
        json.WriteStartObject();
        json.WriteStartObject("controllerValues");
        foreach (var (at, value) in controlling.Index())
        {
            json.WriteNumber(value.Value, at);
        }

        json.WriteEndObject();
        json.WritePropertyName("defaultValue");
        if (Array.Find(offered, value => value.IsDefault) is { } chosen)
        {
            Write(json, chosen);
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteString("url", $"{call.Request.Root}/ui-api/object-info/{seen.Name}/picklist-values/{kind?.Id ?? RecordKind.MasterId}/{field.Name}");
        json.WriteStartArray("values");
        foreach (var value in offered)
        {
            Write(json, value);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, PicklistValue value)
    {
        json.WriteStartObject();
        json.WriteNull("attributes");
        json.WriteString("label", value.Label);
        json.WriteStartArray("validFor");
        foreach (var position in value.ValidFor ?? [])
        {
            json.WriteNumberValue(position);
        }

        json.WriteEndArray();
        json.WriteString("value", value.Value);
        json.WriteEndObject();
    }

    private static bool IsPicklist(SObjectField field) => field.Type is SoqlType.Picklist or SoqlType.MultiPicklist;
}
