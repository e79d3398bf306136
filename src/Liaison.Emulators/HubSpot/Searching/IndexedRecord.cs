using System.Globalization;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Searching;

/// <summary>A record as the search index knows it: for a while after a write, as it was before (contract section 7).</summary>
internal readonly struct IndexedRecord(CrmRecord record, StaleIndexEntry? stale)
{
    /// <summary>The property that holds a record's own id.</summary>
    public const string Id = "hs_object_id";

    public CrmRecord Record => record;

    /// <summary>Reads a value as indexed.</summary>
    public string? Value(PropertyDefinition property) =>
        property.Computed is null && stale?.Values is { } values
            ? property.Slot < values.Length ? values[property.Slot] : null
            : ObjectType.Value(property, record);

    /// <summary>Reads a value as a number to compare by: moments as milliseconds.</summary>
    public double? Number(PropertyDefinition property)
    {
        if (property.Name == Id)
        {
            return record.Id;
        }

        if (property.Moment is { } moment)
        {
            var isModified = property.Name is "lastmodifieddate" or "hs_lastmodifieddate";
            return (isModified && stale is not null ? stale.UpdatedAt : moment(record)).ToUnixTimeMilliseconds();
        }

        return NumberOf(property, Value(property));
    }

    public static double? NumberOf(PropertyDefinition property, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        return property.Type is "date" or "datetime"
            ? Instants.TryParse(value, out var moment) ? moment.ToUnixTimeMilliseconds() : null
            : double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
