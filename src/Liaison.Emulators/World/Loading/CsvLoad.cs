namespace Liaison.Emulators.World.Loading;

/// <summary>What came of a file: the people in it, and an account of every row that was not plain.</summary>
/// <remarks><see cref="Rows"/> is always the number of loaded people plus that of the quarantined rows: nothing is dropped in silence.</remarks>
/// <param name="World">The loaded people, under the emulators' usual owners and teams.</param>
/// <param name="Properties">The native fields beyond the canonical ones, for the emulator to define.</param>
/// <param name="Rows">The rows after the header; blank lines are none.</param>
/// <param name="Repaired">What was mended; a row may come more than once.</param>
/// <param name="Quarantined">The rows that were not loaded.</param>
/// <param name="BlankLines">The lines without any character but blanks.</param>
/// <param name="Notes">What concerns the whole file, such as the encoding that was fallen back to.</param>
public sealed record CsvLoad(
    CrmWorld World,
    IReadOnlyList<LoadedProperty> Properties,
    int Rows,
    IReadOnlyList<RowRepair> Repaired,
    IReadOnlyList<RowQuarantine> Quarantined,
    int BlankLines,
    IReadOnlyList<string> Notes)
{
    /// <summary>Gets the number of rows that were loaded after a repair.</summary>
    public int RepairedRows => Repaired.Select(repair => repair.Line).Distinct().Count();
}

/// <summary>A mended row.</summary>
/// <param name="Line">The line of the file where the row begins, from 1.</param>
/// <param name="What">What was done.</param>
/// <param name="Why">What was wrong.</param>
public sealed record RowRepair(int Line, string What, string Why);

/// <summary>A row that was set aside.</summary>
/// <param name="Line">The line of the file where the row begins, from 1.</param>
/// <param name="What">What the row is.</param>
/// <param name="Why">Why it could not be loaded.</param>
/// <param name="Text">The row as it stands in the file.</param>
public sealed record RowQuarantine(int Line, string What, string Why, string Text);

/// <summary>A native field that the map makes of a column.</summary>
/// <param name="Name">The native name, as in <c>total_time_on_website</c>.</param>
/// <param name="Options">The values of an <see cref="LoadedKind.Option"/> field: those of the map, else all in the file; else empty.</param>
public sealed record LoadedProperty(string Name, string Label, LoadedKind Kind, IReadOnlyList<string> Options);

/// <summary>The types that a map can give a native field.</summary>
public enum LoadedKind
{
    /// <summary>Text of one line; <c>text</c> in a map.</summary>
    Text,

    /// <summary>A number with a point for decimals; <c>number</c> in a map.</summary>
    Number,

    /// <summary>Held as <c>true</c> or <c>false</c>; <c>flag</c> in a map.</summary>
    Flag,

    /// <summary>One of a list; <c>enumeration</c> in a map.</summary>
    Option,
}
