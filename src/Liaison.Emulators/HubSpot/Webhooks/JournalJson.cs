using System.Buffers;
using System.Text.Json;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Webhooks;

/// <summary>The file of one entry of a journal.</summary>
internal static class JournalJson
{
    public static ReadOnlyMemory<byte> Of(Account account, JournalEntry entry)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("offset", entry.Offset);
            json.WriteString("publishedAt", Instants.Format(entry.At));
            json.WriteStartArray("journalEvents");
            entry.Events.ForEach(told => Write(json, account, told));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, Account account, JournalEvent told)
    {
        json.WriteStartObject();
        json.WriteString("type", told.Kind);
        json.WriteString("action", told.Action);
        json.WriteNumber("portalId", account.PortalId);
        json.WriteString("occurredAt", Instants.Format(told.At));
        if (told.Type is { } type)
        {
            json.WriteString("objectTypeId", type.Id);
            json.WriteNumber("objectId", told.ObjectId);
        }
        else
        {
            json.WriteNumber("appId", told.ObjectId);
        }

        if (told.ListId is { } list)
        {
            json.WriteNumber("listId", list);
        }

        if (told.Link is { } link)
        {
            json.WriteString("toObjectTypeId", link.Type.Id);
            json.WriteNumber("toObjectId", link.Id);
        }

        if (told.Merge is { } merge)
        {
            json.WriteNumber("primaryObjectId", merge.Primary);
            json.WriteStartArray("mergedObjectIds");
            json.WriteNumberValue(merge.Merged);
            json.WriteEndArray();
        }

        if (told.Action is "CREATE" or "UPDATE" or "SNAPSHOT")
        {
            json.WriteStartObject("properties");
            foreach (var (name, value) in told.Properties)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
