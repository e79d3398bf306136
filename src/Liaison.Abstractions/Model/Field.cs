namespace Liaison.Model;

/// <summary>The four things that the lack or presence of a value can mean; an AI must not read "not allowed" as "no data".</summary>
public enum FieldState
{
    /// <summary>The CRM answered with a value.</summary>
    Present,

    /// <summary>The CRM answered that the field holds nothing.</summary>
    Empty,

    /// <summary>The field was asked for and the CRM left it out: it does not exist, or not for this user.</summary>
    Absent,

    /// <summary>The field was not asked for because the permit does not cover it.</summary>
    NotPermitted,
}

/// <summary>One field of a record: the typed value beside the raw text that the CRM sent.</summary>
/// <param name="Name">The canonical name where there is one, else the CRM's own.</param>
/// <param name="Value">The typed value; <see langword="null"/> unless the state is present or empty.</param>
/// <param name="Raw">What the CRM sent, untouched, so that an unchanged field is written back byte-equal.</param>
public readonly record struct Field(string Name, FieldState State, FieldValue? Value, NativeValue Raw);

/// <summary>Where and when the values of a record were read.</summary>
/// <param name="NativeType">The CRM's own name of the record type.</param>
public sealed record Provenance(RecordRef Record, string NativeType, DateTimeOffset ReadAt);

/// <summary>A record in the typed model: the same person in three CRMs differs in ids and provenance only.</summary>
/// <param name="Fields">The fields by name.</param>
/// <param name="Version">What the CRM offers to tell that a record has changed (HubSpot: the update time; Dataverse: the ETag).</param>
/// <param name="Url">Where a person opens the record; <see langword="null"/> where the CRM does not say.</param>
public sealed record Record(
    RecordRef Ref,
    IReadOnlyDictionary<string, Field> Fields,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? UpdatedAt,
    string? Version,
    Uri? Url,
    Provenance Provenance)
{
    /// <summary>Gets the typed value of a field; <see langword="null"/> where it was not read, absent or not permitted.</summary>
    public FieldValue? this[string name] => Fields.TryGetValue(name, out var field) ? field.Value : null;
}
