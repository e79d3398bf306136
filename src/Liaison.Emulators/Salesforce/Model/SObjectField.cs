using System.Collections.Frozen;
using Liaison.Emulators.Salesforce.Soql.Schema;

namespace Liaison.Emulators.Salesforce.Model;

/// <summary>One value of a picklist.</summary>
/// <param name="ValidFor">For which values of the controlling field it is offered, by their position; <see langword="null"/> where nothing controls it.</param>
internal sealed record PicklistValue(string Value, string Label, bool IsDefault = false, bool IsActive = true, IReadOnlyList<int>? ValidFor = null);

/// <summary>One field of an object, as an administrator defined it; what a user sees of it is said elsewhere.</summary>
internal sealed class SObjectField
{
    private SoqlField? _soql;

    public required string Name { get; init; }

    public required string Label { get; set; }

    public required SoqlType Type { get; set; }

    /// <summary>Gets or sets the most characters of a text; 0 where there is no such bound.</summary>
    public int Length { get; set; }

    public int Precision { get; set; }

    public int Scale { get; set; }

    /// <summary>Gets or sets the most digits of an integer.</summary>
    public int Digits { get; set; }

    public bool Createable { get; set; }

    public bool Updateable { get; set; }

    public bool Nillable { get; set; }

    public bool DefaultedOnCreate { get; set; }

    public bool Filterable { get; set; }

    public bool Sortable { get; set; }

    public bool Groupable { get; set; }

    public bool Aggregatable { get; set; }

    /// <summary>Gets or sets whether records can be upserted by it (contract section 3.2).</summary>
    public bool IdLookup { get; set; }

    public bool ExternalId { get; set; }

    public bool Unique { get; set; }

    public bool RestrictedPicklist { get; set; }

    /// <summary>Gets or sets whether field-level security can hide it; system and required fields cannot be hidden.</summary>
    public bool Permissionable { get; set; }

    public bool NameField { get; init; }

    /// <summary>Gets whether it may point to several types and is seen through the generic Name object.</summary>
    public bool Polymorphic { get; init; }

    public bool SearchPrefilterable { get; init; }

    public bool Html { get; init; }

    public bool AutoNumber { get; init; }

    public string? CompoundFieldName { get; init; }

    public string? ExtraTypeInfo { get; init; }

    public IReadOnlyList<string> ReferenceTo { get; init; } = [];

    public string? RelationshipName { get; init; }

    public string? ControllerName { get; set; }

    public IReadOnlyList<PicklistValue> Picklist { get; set; } = [];

    /// <summary>Gets or sets the text that a new record gets where nothing was given.</summary>
    public string? DefaultValue { get; set; }

    public bool IsCustom => Name.EndsWith("__c", StringComparison.Ordinal);

    /// <summary>Gets whether the value is worked out and never stored.</summary>
    public Func<SObjectRow, object?>? Computed { get; set; }

    /// <summary>Gets or sets whether computed values are a formula of the customer's and not the platform's.</summary>
    public bool Formula { get; init; }

    /// <summary>Gets or sets where records keep it; given at its first value, so that records grow only by what is used.</summary>
    public int Slot { get; set; } = -1;

    public bool IsText => Type is SoqlType.String or SoqlType.TextArea or SoqlType.Email or SoqlType.Phone or SoqlType.Url
        or SoqlType.Picklist or SoqlType.MultiPicklist or SoqlType.ComboBox or SoqlType.EncryptedString or SoqlType.AnyType;

    public bool IsNumber => Type is SoqlType.Int or SoqlType.Double or SoqlType.Currency or SoqlType.Percent;

    public bool IsCompound => Type is SoqlType.Address or SoqlType.Location;

    /// <summary>Gets whether a new record must come with it.</summary>
    public bool Required => Createable && !Nillable && !DefaultedOnCreate && Type != SoqlType.Boolean;

    /// <summary>Gives the field as queries know it: the same instance until the definition changes.</summary>
    public SoqlField ToSoql() => _soql ??= new SoqlField(Name, Type)
    {
        Length = Length,
        IsCustom = IsCustom,
        Filterable = Filterable,
        Sortable = Sortable,
        Groupable = Groupable,
        Relationship = RelationshipName,
        ReferenceTo = ReferenceTo,
        NamePointing = Polymorphic,
        Labels = Picklist.Where(value => value.Label != value.Value).DistinctBy(value => value.Value).ToFrozenDictionary(value => value.Value, value => value.Label),
    };

    /// <summary>Forgets what was made of the definition; to be called after it was changed.</summary>
    public void Changed() => _soql = null;
}
