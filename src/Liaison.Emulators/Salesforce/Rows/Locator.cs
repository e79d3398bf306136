using System.Diagnostics.CodeAnalysis;
using Liaison.Emulators.Salesforce.Http;
using Liaison.Emulators.Salesforce.Model;
using Liaison.Emulators.Salesforce.Rights;

namespace Liaison.Emulators.Salesforce.Rows;

/// <summary>Finds objects and records that paths name, or says what is wrong with the name (contract section 3.1).</summary>
internal static class Locator
{
    public static bool TryObject(Call call, [NotNullWhen(true)] out UserObject? seen, [NotNullWhen(false)] out Reply? refused)
    {
        seen = call.Schema.Find(call["type"]);
        refused = seen is null ? Reply.NotFound() : null;
        return seen is not null;
    }

    /// <summary>Reads an id of the object; what is no id is taken for an external id field.</summary>
    public static Reply? Id(UserObject seen, string given, out string id)
    {
        if (!SalesforceId.TryParse(given, out var parsed))
        {
            id = "";
            return Reply.NotFound($"Provided external ID field does not exist or is not accessible: {given}");
        }

        id = parsed;
        return seen.Type.KeyPrefix is { } prefix && !id.StartsWith(prefix, StringComparison.Ordinal)
            ? Reply.Refuse(400, "MALFORMED_ID", $"malformed id {given}") : null;
    }

    public static Reply? Row(UserObject seen, string given, out SObjectRow row)
    {
        row = null!;
        if (Id(seen, given, out var id) is { } wrong)
        {
            return wrong;
        }

        row = seen.Find(id)!;
        return row switch
        {
            null => Reply.NotFound(),
            { IsDeleted: true } => Reply.Refuse(404, "ENTITY_IS_DELETED", "entity is deleted"),
            _ => null,
        };
    }

    /// <summary>Finds a field by which records can be named: an external id, or one marked for lookups.</summary>
    public static Reply? Key(UserObject seen, string name, out SObjectField key) =>
        seen.TryGetField(name, out key!) && (key.ExternalId || key.IdLookup) && (key.Computed is null || key.Name == "Id") ? null
            : Reply.NotFound($"Provided external ID field does not exist or is not accessible: {name}");

    /// <summary>Finds the records that an external id names; several are told by their addresses with 300.</summary>
    public static Reply? RowByKey(Call call, UserObject seen, out SObjectRow row)
    {
        row = null!;
        if (Key(seen, call["key"], out var key) is { } unknown)
        {
            return unknown;
        }

        if (key.Name == "Id")
        {
            return Row(seen, call["value"], out row);
        }

        var found = seen.Type.Rows.With(key, call["value"]).Where(each => !each.IsDeleted && call.Schema.Sharing.Sees(each)).ToList();
        row = found.Count == 1 ? found[0] : null!;
        return found.Count switch
        {
            0 => Reply.NotFound(),
            1 => null,
            _ => Several(call, found),
        };
    }

    public static Reply Several(Call call, IReadOnlyList<SObjectRow> rows) => new(300, json =>
    {
        json.WriteStartArray();
        foreach (var row in rows)
        {
            json.WriteStringValue(call.UrlOf(row));
        }

        json.WriteEndArray();
    });

    /// <summary>Reads the fields parameter; all readable fields where it is missing.</summary>
    /// <remarks>Paths to parents are refused: the guide promises fields of the object alone (contract section 3.1).</remarks>
    public static Reply? Fields(UserObject seen, IEnumerable<string>? names, out IReadOnlyList<SObjectField> fields)
    {
        fields = seen.Visible;
        if (names is null)
        {
            return null;
        }

        var asked = new List<SObjectField>();
        foreach (var name in names)
        {
            if (!seen.TryGetField(name, out var field))
            {
                return Reply.Refuse(400, "INVALID_FIELD", $"No such column '{name}' on entity '{seen.Name}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.");
            }

            asked.Add(field);
        }

        // The id always comes, and last where it was not asked for.
        if (!asked.Any(field => field.Name == "Id"))
        {
            asked.Add(seen.Type.Field("Id"));
        }

        fields = [.. asked.Distinct()];
        return null;
    }

    public static IEnumerable<string>? Names(string? list) =>
        string.IsNullOrWhiteSpace(list) ? null : list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
