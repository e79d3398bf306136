using System.Runtime.InteropServices;
using CsvHelper;
using Liaison.Connectors;
using Liaison.Model;
using Liaison.Salesforce.Wire;

namespace Liaison.Salesforce.Bulk;

/// <summary>Rows of jobs as CSV: commas, LF, quotes as RFC 4180 has them (contracts/salesforce.md 8).</summary>
/// <remarks>Rows are written and read one at a time, straight into and out of the bytes that travel.</remarks>
internal static class CsvForm
{
    internal const string ContentType = "text/csv";

    // A cell that says so clears its field; an empty one leaves it as it is.
    private const string Clears = "#N/A";

    private const int LongestCell = 131_072;
    private const int LongestRow = 400_000;

    private static readonly CsvWriterOptions Writing = new() { Quoting = CsvQuoting.Always, NewLine = "\n" };

    private static readonly CsvReaderOptions Reading = new()
    {
        HasHeader = false, MalformedData = CsvMalformedDataHandling.Throw, IncludeValuesInExceptions = false, MaxRecordSize = 4 * LongestRow,
    };

    /// <summary>Tells whether a row can hold an update as it is: a text that reads like the clearing one would clear.</summary>
    internal static bool Carries(RecordWrite write) =>
        write.Values.Values.All(value => value.Kind != NativeKind.Json && value.Raw?.Trim() != Clears && (value.Raw?.Length ?? 0) <= LongestCell)
        && write.Values.Values.Sum(value => value.Raw?.Length ?? 0) <= LongestRow;

    /// <summary>Writes updates, one row each, with a column for every field that any of them names.</summary>
    internal static ReadOnlyMemory<byte> Write(IReadOnlyList<RecordWrite> writes)
    {
        var columns = writes.SelectMany(write => write.Values.Keys).Distinct(StringComparer.Ordinal).ToList();
        using var bytes = new MemoryStream();
        using (var writer = CsvWriter.Create(bytes, Writing, leaveOpen: true))
        {
            WriteRow(writer, columns.Prepend(SystemFields.Id));
            foreach (var write in writes)
            {
                WriteRow(writer, columns.Select(column => CellOf(write.Values.GetValueOrDefault(column, NativeValue.Missing))).Prepend(write.Id!));
            }
        }

        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }

    /// <summary>Reads rows, the header first; a body without any gives none.</summary>
    /// <exception cref="CsvFormatException">The body is no CSV.</exception>
    internal static CsvReader Read(ReadOnlyMemory<byte> body) => CsvReader.Create(StreamOf(body), Reading, leaveOpen: false);

    private static void WriteRow(CsvWriter writer, IEnumerable<string> cells)
    {
        foreach (var cell in cells)
        {
            writer.WriteField(cell);
        }

        writer.EndRecord();
    }

    // An empty text is nothing to Salesforce too, and an empty cell would say nothing.
    private static string CellOf(NativeValue value) => value.Kind switch
    {
        NativeKind.Missing => "",
        _ => value.Raw is { Length: > 0 } raw ? raw : Clears,
    };

    private static MemoryStream StreamOf(ReadOnlyMemory<byte> body) =>
        MemoryMarshal.TryGetArray(body, out var part) ? new MemoryStream(part.Array!, part.Offset, part.Count, writable: false) : new MemoryStream(body.ToArray(), writable: false);
}
