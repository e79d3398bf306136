namespace Liaison.Emulators.World.Loading;

/// <summary>A row of as many cells as the header has.</summary>
internal readonly record struct CsvRow(int Line, IReadOnlyList<string> Cells, string Text);

/// <summary>A file's rows under its header, those of another width mended or set aside.</summary>
internal sealed class CsvTable
{
    // A quoted cell of more lines is likelier a quote that somebody forgot to close.
    private const int LongestCell = 60;

    private const int Widest = int.MaxValue;

    private readonly IReadOnlyList<string> _lines;
    private readonly RowSplitter _splitter;
    private readonly bool _padShortRows;
    private int _next;

    public CsvTable(CsvText text, CsvMap map)
    {
        _lines = text.Lines;
        _padShortRows = map.PadShortRows;

        while (string.IsNullOrWhiteSpace(_lines[_next]))
        {
            _next++;
        }

        var delimiter = map.Delimiter ?? RowSplitter.Sniff(_lines[_next]);
        _splitter = new RowSplitter(delimiter);
        ReadHeader();

        if (delimiter != ',' && map.Delimiter is null)
        {
            Notes.Add($"The delimiter was taken to be {(delimiter == '\t' ? "a tab" : $"'{delimiter}'")}.");
        }

        ReadRows();
    }

    public List<string> Header { get; } = [];

    public List<CsvRow> Rows { get; } = [];

    public List<RowRepair> Repaired { get; } = [];

    public List<RowQuarantine> Quarantined { get; } = [];

    public List<string> Notes { get; } = [];

    public int BlankLines { get; private set; }

    private void ReadHeader()
    {
        var split = Join(Widest).Split;
        var names = split.Fields is [var wrapped] ? _splitter.Split(wrapped).Fields : split.Fields;
        var seen = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);

        foreach (var raw in names)
        {
            var name = raw.Replace("\0", "", StringComparison.Ordinal).Trim();
            name = name.Length == 0 ? $"Column {Header.Count + 1}" : name;
            seen[name] = seen.GetValueOrDefault(name) + 1;
            Header.Add(seen[name] == 1 ? name : $"{name} ({seen[name]})");
        }

        Notes.AddRange(seen.Where(pair => pair.Value > 1).Select(
            pair => $"{pair.Value} columns are named '{pair.Key}'; the later ones are '{pair.Key} (2)' and so on."));
    }

    private void ReadRows()
    {
        while (_next < _lines.Count)
        {
            if (string.IsNullOrWhiteSpace(_lines[_next]))
            {
                // The split leaves one empty piece behind the last line ending, which is no line of the file.
                BlankLines += _next == _lines.Count - 1 ? 0 : 1;
                _next++;
                continue;
            }

            var line = _next + 1;
            Judge(line, Join(Header.Count));
        }
    }

    // Takes further lines while a quote is open; if no such row has the right width, the first line is a row by itself.
    private Joined Join(int width)
    {
        var first = _lines[_next];
        var text = first;
        var split = _splitter.Split(first);
        var used = 1;

        while (split.OpenQuote && used < LongestCell && _next + used < _lines.Count)
        {
            text += "\n" + _lines[_next + used++];
            split = _splitter.Split(text);
        }

        if (split.OpenQuote || (used > 1 && !Fits(split, width)))
        {
            _next++;
            return new Joined(first, _splitter.SplitPlain(first), Unclosed: true);
        }

        _next += used;
        return new Joined(text, split, Unclosed: false);
    }

    private bool Fits(SplitRow split, int width) =>
        width == Widest || split.Fields.Count == width || (split.Fields is [var wrapped] && _splitter.Split(wrapped).Fields.Count == width);

    private void Judge(int line, Joined joined)
    {
        var text = joined.Text;
        var fields = joined.Split.Fields;
        var width = Header.Count;

        if (joined.Unclosed && fields.Count == width)
        {
            Accept(line, fields, text, "took the quotes as characters", "a quote was never closed");
        }
        else if (fields.Count == width)
        {
            Accept(line, fields, text, joined.Split.StrayQuote ? "took the quote as a character" : null, "a quote stood inside a value");
        }
        else if (fields is [var wrapped] && _splitter.Split(wrapped) is { OpenQuote: false } inner && inner.Fields.Count == width)
        {
            Accept(line, inner.Fields, text, $"read the field again as a row of {width}", "the whole row was wrapped in quotes");
        }
        else if (fields.Count > width && fields.Skip(width).All(string.IsNullOrWhiteSpace))
        {
            Accept(line, [.. fields.Take(width)], text, "left out the empty cells at the end", $"it had {fields.Count} cells for {width} columns");
        }
        else if (fields.Count < width && _padShortRows)
        {
            var missing = Enumerable.Repeat("", width - fields.Count);
            Accept(line, [.. fields, .. missing], text, "took the missing cells at the end as empty", $"it had {fields.Count} cells for {width} columns");
        }
        else
        {
            var quote = joined.Unclosed ? " and a quote in it is never closed" : "";
            Quarantined.Add(new(line, $"a row of {fields.Count} cells", $"the header has {width} columns{quote}", text));
        }
    }

    private void Accept(int line, IReadOnlyList<string> cells, string text, string? what, string why)
    {
        if (cells.All(string.IsNullOrWhiteSpace))
        {
            Quarantined.Add(new(line, "a row of empty cells", "it holds no value", text));
            return;
        }

        if (what is not null)
        {
            Repaired.Add(new(line, what, why));
        }

        if (cells.Any(cell => cell.Contains('\0', StringComparison.Ordinal)))
        {
            Repaired.Add(new(line, "removed the NUL characters", "a value held NUL characters"));
            cells = [.. cells.Select(cell => cell.Replace("\0", "", StringComparison.Ordinal))];
        }

        Rows.Add(new CsvRow(line, cells, text));
    }

    private sealed record Joined(string Text, SplitRow Split, bool Unclosed);
}
