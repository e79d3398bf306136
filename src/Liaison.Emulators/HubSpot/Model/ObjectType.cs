using System.Diagnostics.CodeAnalysis;

namespace Liaison.Emulators.HubSpot.Model;

/// <summary>An object type with its properties and records.</summary>
internal sealed class ObjectType
{
    private readonly Dictionary<string, PropertyDefinition> _properties = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<PropertyDefinition> _bySlot = [];
    private readonly Dictionary<string, Dictionary<string, long>> _unique = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets the name in paths: "contacts"; for custom objects the fully qualified name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the type id, such as 0-1.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the singular as in association names: "contact".</summary>
    public required string Singular { get; init; }

    /// <summary>Gets other names that paths may give.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    public required RecordSet Records { get; init; }

    public IReadOnlyList<string> DefaultProperties { get; init; } = [];

    /// <summary>Gets the properties that hold when a record was made and last changed.</summary>
    public string CreatedProperty { get; init; } = "hs_createdate";

    public string ModifiedProperty { get; init; } = "hs_lastmodifieddate";

    /// <summary>Gets the properties that no record may be created without, in every version.</summary>
    public IReadOnlyList<string> RequiredProperties { get; set; } = [];

    /// <summary>Gets the properties that the form to create one requires; the API asks for them from 2026-09 (contract section 1).</summary>
    public IReadOnlyList<string> CreateFormProperties { get; init; } = [];

    public IReadOnlyList<string> SearchableProperties { get; set; } = [];

    /// <summary>Gets the scope family: "contacts" in crm.objects.contacts.read.</summary>
    public required string ScopeFamily { get; init; }

    public CustomSchema? Custom { get; set; }

    public List<PropertyGroup> Groups { get; } = [];

    /// <summary>Gets the definitions in the order they were made, archived ones too.</summary>
    public IReadOnlyList<PropertyDefinition> Properties => _bySlot;

    public string ErrorName => Singular.ToUpperInvariant();

    /// <summary>Gets the name with a capital, as at the start of an error: "Contact already exists".</summary>
    public string Title => char.ToUpperInvariant(Singular[0]) + Singular[1..];

    public PropertyDefinition Add(PropertyDefinition definition)
    {
        if (_properties.TryGetValue(definition.Name, out var archived))
        {
            // A name can come back after archiving; it keeps the place, so old values return with it.
            definition.Slot = archived.Slot;
            _bySlot[archived.Slot] = definition;
        }
        else
        {
            definition.Slot = _bySlot.Count;
            _bySlot.Add(definition);
        }

        _properties[definition.Name] = definition;
        if (definition.HasUniqueValue)
        {
            _unique[definition.Name] = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        }

        return definition;
    }

    /// <summary>Finds a property that is not archived.</summary>
    public bool TryGetProperty(string name, [NotNullWhen(true)] out PropertyDefinition? definition) =>
        _properties.TryGetValue(name, out definition) && definition.ArchivedAt is null;

    /// <summary>Finds a property, archived or not.</summary>
    public bool TryGetAnyProperty(string name, [NotNullWhen(true)] out PropertyDefinition? definition) =>
        _properties.TryGetValue(name, out definition);

    /// <summary>Reads a value, stored or computed.</summary>
    public static string? Value(PropertyDefinition definition, CrmRecord record) =>
        definition.Computed is { } computed ? computed(record) : record[definition.Slot];

    /// <summary>Reads a value by the name of its property.</summary>
    public string? Value(string name, CrmRecord record) =>
        _properties.TryGetValue(name, out var definition) ? Value(definition, record) : null;

    /// <summary>Finds who holds a unique value; case and blanks around it, as imports leave them, do not count.</summary>
    public bool TryFindUnique(string property, string value, out long id)
    {
        id = 0;
        return _unique.TryGetValue(property, out var holders) && holders.TryGetValue(value.Trim(), out id);
    }

    /// <summary>Keeps the index of unique values in step with a change.</summary>
    public void Reindex(PropertyDefinition definition, CrmRecord record, string? before, string? after)
    {
        if (!_unique.TryGetValue(definition.Name, out var holders))
        {
            return;
        }

        (before, after) = (before?.Trim(), after?.Trim());
        if (!string.IsNullOrEmpty(before) && holders.TryGetValue(before, out var holder) && holder == record.Id)
        {
            holders.Remove(before);
        }

        if (!string.IsNullOrEmpty(after))
        {
            holders.TryAdd(after, record.Id);
        }
    }

    /// <summary>Frees or takes the unique values of a record that left or came back.</summary>
    public void ReindexAll(CrmRecord record, bool present)
    {
        foreach (var name in _unique.Keys)
        {
            var definition = _properties[name];
            var value = record[definition.Slot];
            Reindex(definition, record, present ? null : value, present ? value : null);
        }
    }
}

/// <summary>What a customer said of an object type of its own.</summary>
internal sealed record CustomSchema(
    string ShortName, string SingularLabel, string PluralLabel, string PrimaryDisplayProperty, DateTimeOffset CreatedAt)
{
    public string? Description { get; init; }

    public IReadOnlyList<string> SecondaryDisplayProperties { get; init; } = [];

    public bool AllowsSensitiveProperties { get; init; }

    public DateTimeOffset UpdatedAt { get; init; } = CreatedAt;
}
