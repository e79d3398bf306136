namespace Liaison.Emulators.Salesforce.Soql.Schema;

/// <summary>A field's type, as describe names it (contract section 4).</summary>
internal enum SoqlType
{
    Id,
    Reference,
    String,
    TextArea,
    Email,
    Phone,
    Url,
    Picklist,
    MultiPicklist,
    ComboBox,
    EncryptedString,
    Boolean,
    Int,
    Double,
    Currency,
    Percent,
    Date,
    DateTime,
    Time,
    Address,
    Location,
    Base64,
    AnyType,
}

/// <summary>One field as the running user's describe shows it.</summary>
/// <remarks>Instances are compared by reference in hot paths: give the same one for the same field while a query runs.</remarks>
internal sealed record SoqlField(string Name, SoqlType Type)
{
    /// <summary>Gets the most characters that a text may have; 0 where it has no such bound.</summary>
    public int Length { get; init; }

    public bool IsCustom { get; init; }

    /// <summary>Gets whether WHERE may name it (long text areas may not be filtered on).</summary>
    public bool Filterable { get; init; } = true;

    public bool Sortable { get; init; } = true;

    public bool Groupable { get; init; } = true;

    /// <summary>Gets the name that paths walk a reference by; <see langword="null"/> where it cannot be walked.</summary>
    public string? Relationship { get; init; }

    /// <summary>Gets the objects that a reference may point to.</summary>
    public IReadOnlyList<string> ReferenceTo { get; init; } = [];

    /// <summary>Gets whether a reference is seen through the generic Name object (Who, What, an owner that may be a queue).</summary>
    public bool NamePointing { get; init; }

    /// <summary>Gets the labels of picklist values by value, for toLabel().</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = System.Collections.Frozen.FrozenDictionary<string, string>.Empty;

    /// <summary>Gets whether this is a text area long enough to shrink a page (contract section 6.1).</summary>
    public bool IsLongText => Type == SoqlType.TextArea && Length > 255;

    public bool IsCompound => Type is SoqlType.Address or SoqlType.Location;

    public bool IsNumber => Type is SoqlType.Int or SoqlType.Double or SoqlType.Currency or SoqlType.Percent;
}
