namespace Liaison.Emulators.HubSpot.Model;

/// <summary>One allowed value of an enumeration.</summary>
internal sealed record PropertyOption(string Label, string Value, int DisplayOrder, bool Hidden, string? Description);

/// <summary>A named list of properties in the settings.</summary>
internal sealed record PropertyGroup(string Name, string Label, int DisplayOrder);

/// <summary>What the account knows of one property of one object type.</summary>
internal sealed class PropertyDefinition
{
    public required string Name { get; init; }

    public required string Label { get; set; }

    public required string Type { get; set; }

    public required string FieldType { get; set; }

    public required string GroupName { get; set; }

    public string Description { get; set; } = "";

    /// <summary>Gets or sets the place of the value in a record's array; given by the object type.</summary>
    public int Slot { get; set; } = -1;

    public IReadOnlyList<PropertyOption> Options { get; set; } = [];

    public bool ReadOnlyValue { get; init; }

    public bool Calculated { get; init; }

    public bool HasUniqueValue { get; init; }

    public bool Hidden { get; set; }

    public bool FormField { get; set; }

    public bool HubSpotDefined { get; init; }

    public bool ExternalOptions { get; init; }

    /// <summary>Gets a value indicating whether create and update answers show this datetime as epoch milliseconds (contract section 5.1).</summary>
    public bool EpochInWriteAnswers { get; init; }

    public bool ShowCurrencySymbol { get; init; }

    public string? CurrencyPropertyName { get; init; }

    public string? NumberDisplayHint { get; set; }

    public string? TextDisplayHint { get; set; }

    public string? ReferencedObjectType { get; init; }

    public string? CalculationFormula { get; set; }

    public string DataSensitivity { get; init; } = "non_sensitive";

    public int DisplayOrder { get; set; } = -1;

    public string? CreatedUserId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    public DateTimeOffset? ArchivedAt { get; set; }

    /// <summary>Gets how the value follows from the record; <see langword="null"/> where it is stored.</summary>
    public Func<CrmRecord, string?>? Computed { get; init; }

    /// <summary>Gets the moment behind a computed datetime, so that searches need not parse its text.</summary>
    public Func<CrmRecord, DateTimeOffset>? Moment { get; init; }

    public bool IsMultiple => FieldType == "checkbox";

    public bool IsReadOnly => ReadOnlyValue || Calculated || FieldType.StartsWith("calculation_", StringComparison.Ordinal);

    public bool IsSensitive => DataSensitivity != "non_sensitive";
}
