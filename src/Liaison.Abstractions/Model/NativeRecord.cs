namespace Liaison.Model;

/// <summary>In which JSON form a CRM sent a value.</summary>
public enum NativeKind
{
    /// <summary>The field was asked for and is not in the answer.</summary>
    Missing,

    /// <summary>JSON null.</summary>
    Null,

    /// <summary>A JSON string; HubSpot sends every value so.</summary>
    Text,

    /// <summary>A JSON number, kept as its digits.</summary>
    Number,

    /// <summary>JSON true or false.</summary>
    Flag,

    /// <summary>An object or array, kept as its JSON text.</summary>
    Json,
}

/// <summary>A value as it stood on the wire.</summary>
/// <param name="Raw">The string's content, the number's digits, <c>true</c>/<c>false</c> or the JSON text; <see langword="null"/> for null and missing.</param>
public readonly record struct NativeValue(NativeKind Kind, string? Raw)
{
    /// <summary>Gets the value of a field that the answer left out.</summary>
    public static NativeValue Missing { get; } = new(NativeKind.Missing, null);

    /// <summary>Gets JSON null.</summary>
    public static NativeValue Null { get; } = new(NativeKind.Null, null);

    /// <summary>Makes a string value.</summary>
    public static NativeValue OfText(string? text) => text is null ? Null : new(NativeKind.Text, text);
}

/// <summary>A record as the CRM sent it: native names, raw values, no judgement.</summary>
/// <param name="Values">The raw values by native field name.</param>
public sealed record NativeRecord(
    RecordType Type,
    string Id,
    IReadOnlyDictionary<string, NativeValue> Values,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? UpdatedAt,
    string? Version,
    Uri? Url,
    bool Archived = false)
{
    /// <summary>Gets what the record was asked for by: its id before a merge, where the CRM answered with the survivor, or the value of a unique field.</summary>
    public string? RequestedId { get; init; }
}
