using System.Globalization;
using System.Text.Json;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>Writes records as the API shows them (contract section 6.1).</summary>
internal static class RecordJson
{
    /// <summary>Writes a record inside its own braces.</summary>
    /// <param name="written">What a write just gave; such answers echo "" and show some datetimes as epoch milliseconds.</param>
    public static void Write(
        Utf8JsonWriter json, Call call, ObjectType type, CrmRecord record, Selection selection,
        IReadOnlyList<ObjectType>? associations = null, Writing.PreparedWrite? written = null, string? traceId = null, bool? isNew = null)
    {
        json.WriteStartObject();
        WriteId(json, "id", record.Id);
        json.WriteStartObject("properties");
        foreach (var property in selection.Properties)
        {
            json.WriteString(property.Name, written is null ? ObjectType.Value(property, record) : AfterWrite(property, record, written));
        }

        json.WriteEndObject();
        WriteMoment(json, "createdAt", record.CreatedAt);
        WriteMoment(json, "updatedAt", record.UpdatedAt);
        json.WriteBoolean("archived", record.ArchivedAt is not null);
        if (record.ArchivedAt is { } archivedAt)
        {
            WriteMoment(json, "archivedAt", archivedAt);
        }

        if (isNew is { } made)
        {
            json.WriteBoolean("new", made);
        }

        if (traceId is not null)
        {
            json.WriteString("objectWriteTraceId", traceId);
        }

        json.WriteString("url", string.Create(CultureInfo.InvariantCulture, $"https://app-eu1.hubspot.com/contacts/{call.Account.PortalId}/record/{type.Id}/{record.Id}"));
        WriteHistory(json, record, selection);
        if (associations is { Count: > 0 })
        {
            InlineAssociations.Write(json, call, type, record, associations);
        }

        json.WriteEndObject();
    }

    public static void WriteId(Utf8JsonWriter json, string name, long id)
    {
        Span<char> text = stackalloc char[20];
        id.TryFormat(text, out var length, provider: CultureInfo.InvariantCulture);
        json.WriteString(name, text[..length]);
    }

    public static void WriteMoment(Utf8JsonWriter json, string name, DateTimeOffset moment) => json.WriteString(name, Instants.Format(moment));

    /// <remarks>A cleared property echoes "" and some calculated moments come as milliseconds, in write answers only (contract section 5.1).</remarks>
    private static string? AfterWrite(PropertyDefinition property, CrmRecord record, Writing.PreparedWrite written)
    {
        var value = ObjectType.Value(property, record);
        if (value is null)
        {
            return written.TryGet(property.Name, out var given) && given.Length == 0 ? "" : null;
        }

        return property.EpochInWriteAnswers && Instants.TryParse(value, out var moment)
            ? moment.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)
            : value;
    }

    private static void WriteHistory(Utf8JsonWriter json, CrmRecord record, Selection selection)
    {
        if (selection.History.Count == 0)
        {
            return;
        }

        json.WriteStartObject("propertiesWithHistory");
        foreach (var property in selection.History)
        {
            json.WriteStartArray(property.Name);
            foreach (var change in Changes(property, record))
            {
                json.WriteStartObject();
                json.WriteString("value", change.Value ?? "");
                WriteMoment(json, "timestamp", change.At);
                json.WriteString("sourceType", change.Source.Type);
                if (change.Source.Id is not null)
                {
                    json.WriteString("sourceId", change.Source.Id);
                }

                if (change.Source.UserId is { } user)
                {
                    json.WriteNumber("updatedByUserId", user);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>Gives the newest twenty, newest first.</summary>
    private static List<ValueChange> Changes(PropertyDefinition property, CrmRecord record)
    {
        var recorded = record.History?.Where(change => change.Slot == property.Slot).Reverse().Take(20).ToList() ?? [];
        return recorded.Count > 0 || ObjectType.Value(property, record) is not { } value
            ? recorded
            : [new ValueChange(property.Slot, value, record.CreatedAt, property.Computed is null ? ChangeSource.Import : ChangeSource.Calculated)];
    }
}
