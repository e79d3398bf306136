namespace Liaison.Emulators.World.Loading;

/// <summary>Which column feeds which field, as a map file says it.</summary>
/// <param name="Delimiter">The character between cells; <see langword="null"/> to find it in the header.</param>
/// <param name="NoValue">What stands for "no value", compared without case.</param>
/// <param name="KeepRowOfTakenEmail">Whether a row whose e-mail is taken is loaded without it instead of being quarantined.</param>
/// <param name="PadShortRows">Whether cells missing at the end of a row count as empty.</param>
internal sealed record CsvMap(
    char? Delimiter,
    IReadOnlySet<string> NoValue,
    bool KeepRowOfTakenEmail,
    bool PadShortRows,
    IReadOnlyList<MappedField> Person,
    IReadOnlyList<MappedProperty> Properties,
    IReadOnlyList<MappedConstant> Constants)
{
    /// <summary>What people and forms leave in a cell that they do not fill.</summary>
    public static IReadOnlyList<string> UsualNoValue { get; } =
        ["Select", "N/A", "NA", "n.a.", "-", "--", ".", "?", "none", "null", "unknown", "TBD", "#N/A"];
}

/// <summary>A canonical person field and its column.</summary>
/// <param name="Line">The line of the map, for errors.</param>
internal sealed record MappedField(string Field, string Column, int Line);

/// <summary>A native field and its column.</summary>
internal sealed record MappedProperty(
    string Name, string Column, string Label, LoadedKind Kind, IReadOnlyList<string> Options, int Line);

/// <summary>A canonical person field with the same value for everybody.</summary>
internal sealed record MappedConstant(string Field, string Value);
