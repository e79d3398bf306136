using CsvHelper;

namespace Liaison.Emulators.Salesforce.Bulk;

/// <summary>How a job's CSV is written: its delimiter and line ending, quotes as RFC 4180 has them.</summary>
internal sealed record CsvDialect(string DelimiterName, string LineEndingName)
{
    /// <summary>A record has up to 400,000 characters (contract section 8), of up to four bytes.</summary>
    private const int LargestRecord = 1_600_000;

    private static readonly Dictionary<string, char> Delimiters = new(StringComparer.Ordinal)
    {
        ["COMMA"] = ',',
        ["TAB"] = '\t',
        ["PIPE"] = '|',
        ["SEMICOLON"] = ';',
        ["CARET"] = '^',
        ["BACKQUOTE"] = '`',
    };

    /// <summary>Reads the options of a job; <see langword="null"/> where one is unknown.</summary>
    public static CsvDialect? Of(string? delimiter, string? lineEnding)
    {
        var dialect = new CsvDialect(delimiter ?? "COMMA", lineEnding ?? "LF");
        return Delimiters.ContainsKey(dialect.DelimiterName) && dialect.LineEndingName is "LF" or "CRLF" ? dialect : null;
    }

    /// <summary>Reads rows, the header as the first; wrong quotes and endless records throw <see cref="CsvFormatException"/>.</summary>
    public CsvReader Reader(Stream from) => CsvReader.Create(
        from,
        new CsvReaderOptions { Separator = Delimiters[DelimiterName], HasHeader = false, MalformedData = CsvMalformedDataHandling.Throw, MaxRecordSize = LargestRecord },
        leaveOpen: false);

    /// <summary>Writes rows, every cell quoted as the platform's results are; the stream stays open.</summary>
    /// <remarks>Rows that were refused for their width are given back as they came.</remarks>
    public CsvWriter Writer(Stream into) => CsvWriter.Create(
        into,
        new CsvWriterOptions { Separator = Delimiters[DelimiterName], Quoting = CsvQuoting.Always, ValidateFieldCount = false, NewLine = LineEndingName == "CRLF" ? "\r\n" : "\n" },
        leaveOpen: true);
}

/// <summary>Rows as cells.</summary>
internal static class CsvRows
{
    public static string[] Cells(this CsvReader reader)
    {
        var cells = new string[reader.FieldCount];
        for (var at = 0; at < cells.Length; at++)
        {
            cells[at] = reader.GetString(at);
        }

        return cells;
    }

    public static void WriteRow(this CsvWriter writer, IEnumerable<string> cells)
    {
        foreach (var cell in cells)
        {
            writer.WriteField(cell);
        }

        writer.EndRecord();
    }
}
