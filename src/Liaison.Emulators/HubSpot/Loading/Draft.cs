using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Loading;

/// <summary>A record while it is loaded.</summary>
internal sealed class Draft(ObjectType type, long id, DateTimeOffset createdAt, DateTimeOffset updatedAt)
{
    private readonly CrmRecord _record = new(id, Instants.ToMilliseconds(createdAt), Instants.ToMilliseconds(updatedAt), type.Properties.Count);

    /// <summary>Sets a value; without one the property stays unset.</summary>
    public void Set(string property, string? value)
    {
        if (!string.IsNullOrEmpty(value) && type.TryGetProperty(property, out var definition))
        {
            // Owners, countries, stages repeat by the thousand: one string of each is enough.
            _record.Load(definition.Slot, value.Length <= 24 ? string.Intern(value) : value);
        }
    }

    /// <summary>Sets a field that a file or a test brought along, making a text property where the type has none.</summary>
    public void Extra(string property, string? value)
    {
        var name = property.ToLowerInvariant();
        if (!type.TryGetAnyProperty(name, out _))
        {
            type.Add(new PropertyDefinition
            {
                Name = name,
                Label = property,
                Type = "string",
                FieldType = "text",
                GroupName = type.Groups.Count > 0 ? type.Groups[0].Name : "contactinformation",
                CreatedAt = createdAt,
                UpdatedAt = createdAt,
            });
        }

        Set(name, value);
    }

    /// <summary>Puts the record into the account.</summary>
    public CrmRecord Keep()
    {
        type.Records.Add(_record);
        type.ReindexAll(_record, present: true);
        return _record;
    }
}
