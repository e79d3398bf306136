using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Webhooks;

/// <summary>The events of one delivery as the receiver gets them (contract section 11).</summary>
internal static class EventJson
{
    public static ReadOnlyMemory<byte> Of(Account account, IReadOnlyList<PendingEvent> events)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var pending in events)
            {
                Write(json, account, pending);
            }

            json.WriteEndArray();
        }

        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, Account account, PendingEvent pending)
    {
        var happening = pending.Happening;
        json.WriteStartObject();
        json.WriteNumber("eventId", pending.EventId);
        json.WriteNumber("subscriptionId", pending.Subscription.Id);
        json.WriteNumber("portalId", account.PortalId);
        json.WriteNumber("appId", pending.App.AppId);
        json.WriteNumber("occurredAt", happening.At.ToUnixTimeMilliseconds());
        json.WriteString("subscriptionType", pending.Subscription.EventType);
        json.WriteNumber("attemptNumber", pending.Attempt);
        json.WriteString("changeSource", happening.Source.Type);
        if (happening.Source.Id is { } source)
        {
            json.WriteString("sourceId", source);
        }

        if (happening.Link is null)
        {
            json.WriteNumber("objectId", happening.ObjectId);
        }

        if (pending.Subscription.IsGeneric)
        {
            json.WriteString("objectTypeId", happening.Type.Id);
        }

        WriteParticulars(json, happening);
        json.WriteEndObject();
    }

    private static void WriteParticulars(Utf8JsonWriter json, Happening happening)
    {
        if (happening.Property is { } property)
        {
            json.WriteString("propertyName", property.Name);
            json.WriteString("propertyValue", Stored(property, happening.Value ?? ""));
            json.WriteBoolean("isSensitive", property.IsSensitive);
        }
        else if (happening.Merge is { } merge)
        {
            json.WriteNumber("primaryObjectId", merge.Primary);
            json.WriteStartArray("mergedObjectIds");
            json.WriteNumberValue(merge.Merged);
            json.WriteEndArray();
            json.WriteNumber("newObjectId", merge.Left);
            json.WriteNumber("numberOfPropertiesMoved", merge.Moved);
        }
        else if (happening.Link is { } link)
        {
            json.WriteString("associationType", $"{happening.Type.Singular}_to_{link.Type.Singular}".ToUpperInvariant());
            json.WriteNumber("fromObjectId", happening.ObjectId);
            json.WriteNumber("toObjectId", link.Id);
            json.WriteBoolean("associationRemoved", link.Removed);
            json.WriteBoolean("isPrimaryAssociation", link.Primary);
        }
        else if (happening.Kind is "creation" or "deletion")
        {
            json.WriteString("changeFlag", happening.Kind == "creation" ? "CREATED" : "DELETED");
        }
    }

    // Values come in storage form: days and moments as milliseconds.
    private static string Stored(PropertyDefinition property, string value) =>
        property.Type is "date" or "datetime" && Instants.TryParse(value, out var moment)
            ? moment.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)
            : value;
}
