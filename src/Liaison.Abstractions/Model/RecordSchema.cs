using System.Collections.Frozen;

namespace Liaison.Model;

/// <summary>The types that fields of every CRM are brought to.</summary>
public enum FieldType
{
    /// <summary>Plain text; also what an unknown native type degrades to.</summary>
    Text,

    /// <summary>HTML.</summary>
    RichText,

    /// <summary>A decimal number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>A day.</summary>
    Date,

    /// <summary>A point in time.</summary>
    Instant,

    /// <summary>A time of day.</summary>
    TimeOfDay,

    /// <summary>One of a list.</summary>
    Option,

    /// <summary>Several of a list.</summary>
    OptionList,

    /// <summary>A sum of money.</summary>
    Money,

    /// <summary>The id of another record.</summary>
    Reference,
}

/// <summary>How delicate a field's content is; anything above <see cref="Normal"/> is kept from AI by default.</summary>
public enum Sensitivity
{
    /// <summary>Ordinary business data.</summary>
    Normal,

    /// <summary>Marked sensitive in the CRM or by policy.</summary>
    Sensitive,

    /// <summary>Health, financial and government identifiers.</summary>
    HighlySensitive,
}

/// <summary>What a field stands for that AI does not write unless an administrator opens the field.</summary>
public enum FieldGuard
{
    /// <summary>Nothing of the kind.</summary>
    None,

    /// <summary>Where the record came from: attribution that people's numbers rest on.</summary>
    Origin,

    /// <summary>Who is in charge of the record, and so who sees it.</summary>
    Owner,

    /// <summary>What the person allowed or refused.</summary>
    Consent,

    /// <summary>On which legal ground the person's data are kept.</summary>
    Legal,

    /// <summary>Money.</summary>
    Financial,
}

/// <summary>One choice that a field offers.</summary>
/// <param name="Active">Whether new values may use it.</param>
public sealed record OptionDefinition(string Value, string Label, bool Active = true)
{
    /// <summary>Gets the values of the controlling field for which the choice may be taken.</summary>
    /// <value>The default is <see langword="null"/>: for every one. See <see cref="FieldDefinition.ControlledBy"/>.</value>
    public IReadOnlyList<string>? ValidFor { get; init; }

    /// <inheritdoc/>
    public bool Equals(OptionDefinition? other) =>
        other is not null && Value == other.Value && Label == other.Label && Active == other.Active
        && (ValidFor ?? []).SequenceEqual(other.ValidFor ?? []) && ValidFor is null == other.ValidFor is null;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Value, Label, Active);
}

/// <summary>What a CRM says of one field.</summary>
/// <param name="Name">The canonical name where there is one, else the native name.</param>
/// <param name="NativeName">The CRM's own name.</param>
public sealed record FieldDefinition(string Name, string NativeName, string Label, FieldType Type)
{
    /// <summary>Gets the CRM's own type, as <c>enumeration/checkbox</c>, for people and for drift.</summary>
    public string NativeType { get; init; } = "";

    /// <summary>Gets the choices of an option field, in display order.</summary>
    public IReadOnlyList<OptionDefinition> Options { get; init; } = [];

    /// <summary>Gets a value indicating whether the choices live elsewhere (HubSpot <c>externalOptions</c>), so that the list here says nothing.</summary>
    public bool OptionsElsewhere { get; init; }

    /// <summary>Gets the native name of the field whose value decides which of the choices may be taken (Salesforce's dependent picklists).</summary>
    /// <value>The default is <see langword="null"/>: no field does.</value>
    public string? ControlledBy { get; init; }

    /// <summary>Gets a value indicating whether the field can be written by this credential at all.</summary>
    public bool Writable { get; init; } = true;

    /// <summary>Gets a value indicating whether a create must give the field.</summary>
    public bool Required { get; init; }

    /// <summary>Gets a value indicating whether the CRM keeps the values unique.</summary>
    public bool Unique { get; init; }

    /// <summary>Gets the longest text in UTF-16 units.</summary>
    /// <value>The default is <see langword="null"/>: the CRM names no limit.</value>
    public int? MaxLength { get; init; }

    /// <summary>Gets the record type that a reference points to, where there is one.</summary>
    public RecordType? References { get; init; }

    /// <summary>Gets the native name by which a path goes on from a reference to the record that it points to, as Salesforce's <c>Account</c> beside <c>AccountId</c>.</summary>
    /// <value>The default is <see langword="null"/>: no path goes through the field. See <see cref="Connectors.ConnectorDescriptor.ParentSteps"/>.</value>
    public string? Relationship { get; init; }

    /// <summary>Gets the native field that holds the currency of a money field; <see langword="null"/> means the account's.</summary>
    public string? CurrencyField { get; init; }

    /// <summary>Gets how delicate the content is.</summary>
    public Sensitivity Sensitivity { get; init; }

    /// <summary>Gets why AI does not write the field by default; connectors say it of the CRM's own fields and of custom ones whose names do.</summary>
    public FieldGuard Guard { get; init; }
}

/// <summary>What a CRM says of one record type, as seen by one credential.</summary>
/// <param name="NativeType">The CRM's own name of the type.</param>
public sealed record RecordSchema(RecordType Type, string NativeType, FrozenDictionary<string, FieldDefinition> Fields)
{
    private FrozenDictionary<string, FieldDefinition>? byNativeName;

    // A copy made by "with" may hold fewer fields: it must not inherit the index of all of them, or a forbidden field
    // would still be found by its native name.
    private RecordSchema(RecordSchema original)
    {
        Type = original.Type;
        NativeType = original.NativeType;
        Fields = original.Fields;
        DefaultCurrency = original.DefaultCurrency;
    }

    /// <summary>Gets the account's default currency, for money whose record names none.</summary>
    public string DefaultCurrency { get; init; } = "USD";

    /// <summary>Gets the fields by the CRM's own names.</summary>
    public FrozenDictionary<string, FieldDefinition> ByNativeName =>
        byNativeName ??= Fields.Values.ToFrozenDictionary(definition => definition.NativeName, StringComparer.Ordinal);

    /// <summary>Finds a field by its canonical or else its native name.</summary>
    /// <returns><see langword="null"/> where the schema has no such field.</returns>
    public FieldDefinition? Find(string name) =>
        Fields.GetValueOrDefault(name) ?? ByNativeName.GetValueOrDefault(name);
}
