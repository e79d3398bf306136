namespace Liaison.Emulators.World.Loading;

/// <summary>Makes people of rows by the map, and keeps account of what did not fit.</summary>
internal sealed class RowMapper
{
    private readonly CsvMap _map;
    private readonly CsvTable _table;
    private readonly int[] _personColumns;
    private readonly int[] _propertyColumns;
    private readonly List<string>[] _options;
    private readonly HashSet<string>[] _seenOptions;
    private readonly HashSet<string> _emails = new(StringComparer.OrdinalIgnoreCase);

    public RowMapper(CsvMap map, CsvTable table, string csvPath, string mapPath)
    {
        _map = map;
        _table = table;
        _personColumns = [.. map.Person.Select(field => Column(field.Column, field.Line))];
        _propertyColumns = [.. map.Properties.Select(property => Column(property.Column, property.Line))];
        _options = [.. map.Properties.Select(property => property.Options.ToList())];
        _seenOptions = [.. map.Properties.Select(property => property.Options.ToHashSet(StringComparer.Ordinal))];

        int Column(string name, int line)
        {
            var at = table.Header.FindIndex(column => column.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase));

            return at >= 0
                ? at
                : throw new WorldLoadException(
                    $"{mapPath}, line {line}: {csvPath} has no column '{name}'; expected one of {string.Join(", ", table.Header)}.");
        }
    }

    public IReadOnlyList<LoadedProperty> Properties =>
    [
        .. _map.Properties.Select((property, index) => new LoadedProperty(
            property.Name, property.Label, property.Kind, property.Kind == LoadedKind.Option ? _options[index] : [])),
    ];

    /// <summary>The row's person, or <see langword="null"/> if the row went into quarantine.</summary>
    public WorldPerson? Map(CsvRow row, int key, DateTimeOffset created)
    {
        var person = PersonFields.Blank(key, created);

        foreach (var constant in _map.Constants)
        {
            person = PersonFields.Set(person, constant.Field, constant.Value) ?? person;
        }

        for (var index = 0; index < _personColumns.Length; index++)
        {
            person = Fill(person, row, _map.Person[index], _personColumns[index]);
        }

        if (person.Email is { } email && !_emails.Add(email))
        {
            if (!_map.KeepRowOfTakenEmail)
            {
                _table.Quarantined.Add(new(row.Line, "a row with an e-mail that an earlier row has", "a CRM holds an e-mail once", row.Text));
                return null;
            }

            _table.Repaired.Add(new(row.Line, "loaded the person without the e-mail", "an earlier row has the same e-mail"));
            person = person with { Email = null };
        }

        return person with { Extra = Extra(row) };
    }

    private WorldPerson Fill(WorldPerson person, CsvRow row, MappedField field, int column)
    {
        if (Value(row, column) is not { } text)
        {
            return person;
        }

        if (PersonFields.Set(person, field.Field, text) is { } filled)
        {
            return filled;
        }

        LeaveEmpty(row, field.Column, PersonFields.Expected(field.Field));
        return person;
    }

    private Dictionary<string, string?> Extra(CsvRow row)
    {
        var extra = new Dictionary<string, string?>(_propertyColumns.Length, StringComparer.Ordinal);

        for (var index = 0; index < _propertyColumns.Length; index++)
        {
            var property = _map.Properties[index];

            if (Value(row, _propertyColumns[index]) is not { } text)
            {
                continue;
            }

            if (Typed(property.Kind, index, text) is { } value)
            {
                extra[property.Name] = value;
            }
            else
            {
                LeaveEmpty(row, property.Column, Expected(property));
            }
        }

        return extra;
    }

    private string? Typed(LoadedKind kind, int index, string text) => kind switch
    {
        LoadedKind.Text => text,
        LoadedKind.Number => Cell.Number(text) is null ? null : text,
        LoadedKind.Flag => Cell.Flag(text) switch { true => "true", false => "false", null => null },
        LoadedKind.Option => Option(index, text) ? text : null,
    };

    private bool Option(int index, string text)
    {
        if (_map.Properties[index].Options.Count > 0)
        {
            return _seenOptions[index].Contains(text);
        }

        if (_seenOptions[index].Add(text))
        {
            _options[index].Add(text);
        }

        return true;
    }

    private string? Value(CsvRow row, int column)
    {
        var text = row.Cells[column].Trim();

        return text.Length == 0 || _map.NoValue.Contains(text) ? null : text;
    }

    private void LeaveEmpty(CsvRow row, string column, string expected) =>
        _table.Repaired.Add(new(row.Line, $"left '{column}' empty", $"its value does not fit; expected {expected}"));

    private static string Expected(MappedProperty property) => property.Kind switch
    {
        LoadedKind.Text => "text",
        LoadedKind.Number => "a number",
        LoadedKind.Flag => "yes or no",
        LoadedKind.Option => string.Join(", ", property.Options),
    };
}
