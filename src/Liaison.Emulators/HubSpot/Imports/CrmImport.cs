using System.Text.Json;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Imports;

/// <summary>Where the values of one column go.</summary>
/// <param name="At">The place of the column in the file.</param>
/// <param name="IsRecordId">Whether the column holds ids of records.</param>
/// <param name="IsKey">Whether the column holds a unique value by which records are found.</param>
internal sealed record ImportColumn(int At, string Name, ObjectType Type, PropertyDefinition? Property, bool IsRecordId, bool IsKey);

/// <summary>A file of an import: its rows under its header, and where the columns go.</summary>
internal sealed record ImportFile(long Id, int Width, IReadOnlyList<ImportColumn> Columns, IReadOnlyList<CsvLine> Rows);

/// <summary>What one row, or one value of it, came to nothing for.</summary>
internal sealed record ImportFault(long Id, string Kind, string Message, ImportFile File, CsvLine Line, ImportColumn? Column, DateTimeOffset At);

/// <summary>An import that was asked for, and what came of it.</summary>
internal sealed class CrmImport(long id, string name, JsonElement request, IReadOnlyList<ImportFile> files, DateTimeOffset createdAt)
{
    public long Id => id;

    public string Name => name;

    /// <summary>Gets the request as it was given.</summary>
    public JsonElement Request => request;

    public IReadOnlyList<ImportFile> Files => files;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset UpdatedAt { get; set; } = createdAt;

    /// <summary>Gets or sets STARTED, DONE or CANCELED.</summary>
    public string State { get; set; } = "STARTED";

    public SortedDictionary<string, int> Counters { get; } = new(StringComparer.Ordinal);

    public List<ImportFault> Faults { get; } = [];

    /// <summary>Gets or sets the list of the contacts that the import touched, where one was asked for.</summary>
    public long? ListId { get; set; }

    public IReadOnlyList<ObjectType> Types => [.. files.SelectMany(file => file.Columns).Select(column => column.Type).Distinct()];

    public void Count(string what, int more = 1) => Counters[what] = Counters.GetValueOrDefault(what) + more;
}
