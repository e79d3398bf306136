namespace Liaison.Emulators.World.Loading;

/// <summary>Loads a file of contacts into a world: broken rows are repaired or quarantined, none is dropped in silence.</summary>
public static class CsvContacts
{
    /// <summary>Loads the file by the map.</summary>
    /// <param name="mapPath">A YAML file with <c>person</c>, <c>properties</c>, <c>constants</c> and the like.</param>
    /// <param name="now">The instant that the loaded world counts as the present; the rows are created up to it, a millisecond apart.</param>
    /// <exception cref="WorldLoadException">A file is missing, empty, or does not fit the other.</exception>
    public static CsvLoad Load(string csvPath, string mapPath, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(csvPath);
        ArgumentNullException.ThrowIfNull(mapPath);

        var map = CsvMapReader.Read(mapPath);
        var text = CsvText.Read(csvPath);
        var table = new CsvTable(text, map);
        var rows = table.Rows.Count + table.Quarantined.Count;
        var mapper = new RowMapper(map, table, csvPath, mapPath);
        var people = new List<WorldPerson>(table.Rows.Count);

        for (var index = 0; index < table.Rows.Count; index++)
        {
            // One instant for all would leave a reader that pages by time no place to continue from.
            var created = now.AddMilliseconds(index + 1 - table.Rows.Count);

            if (mapper.Map(table.Rows[index], people.Count + 1, created) is { } person)
            {
                people.Add(person);
            }
        }

        var quarantined = table.Quarantined.Select(row => row.Line).ToHashSet();

        return new CsvLoad(
            new CrmWorld(Seed: 0, now, Seats.Teams, Seats.Owners, [], people, [], []),
            mapper.Properties,
            rows,
            [.. table.Repaired.Where(repair => !quarantined.Contains(repair.Line)).OrderBy(repair => repair.Line)],
            [.. table.Quarantined.OrderBy(row => row.Line)],
            table.BlankLines,
            Notes(text, table));
    }

    private static string[] Notes(CsvText text, CsvTable table) =>
    [
        .. text.Note is { } note ? [note] : Array.Empty<string>(),
        .. table.Notes,
        .. table.Rows.Count + table.Quarantined.Count == 0 ? ["The file holds a header and no rows."] : Array.Empty<string>(),
    ];
}
