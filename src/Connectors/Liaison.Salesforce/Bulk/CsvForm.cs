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

    /// <summary>Gives updates as a body, one row each, with a column for every field that any of them names.</summary>
    /// <remarks>In the order given, which is that of the rows' parents: Salesforce works on the rows in parallel chunks (contracts/salesforce.md 8).</remarks>
    internal static async Task<StreamedBody> BodyOfAsync(IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken)
    {
        var columns = writes.SelectMany(write => write.Values.Keys).Distinct(StringComparer.Ordinal).ToList();
        await using var counted = new CountingStream();
        await WriteAsync(writes, columns, counted, cancellationToken);
        return new StreamedBody(counted.Length, (stream, stop) => WriteAsync(writes, columns, stream, stop));
    }

    /// <summary>Reads rows one after the other.</summary>
    /// <returns>Whether it was CSV to the end.</returns>
    internal static async Task<bool> ReadAsync(Stream body, Action<CsvCells> take, CancellationToken cancellationToken)
    {
        try
        {
            await using var reader = CsvReader.Create(body, Reading, leaveOpen: true);
            var cells = await CsvCells.OfAsync(reader, cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                take(cells);
            }

            return true;
        }
        catch (CsvFormatException)
        {
            return false;
        }
    }

    private static async Task WriteAsync(IReadOnlyList<RecordWrite> writes, List<string> columns, Stream stream, CancellationToken cancellationToken)
    {
        await using var writer = CsvWriter.Create(stream, Writing, leaveOpen: true);
        await WriteRowAsync(writer, columns.Prepend(SystemFields.Id), cancellationToken);
        foreach (var write in writes)
        {
            var cells = columns.Select(column => CellOf(write.Values.GetValueOrDefault(column, NativeValue.Missing))).Prepend(write.Id!);
            await WriteRowAsync(writer, cells, cancellationToken);
        }

        await writer.FlushAsync(cancellationToken);
    }

    private static ValueTask WriteRowAsync(CsvWriter writer, IEnumerable<string> cells, CancellationToken cancellationToken)
    {
        foreach (var cell in cells)
        {
            writer.WriteField(cell);
        }

        return writer.EndRecordAsync(cancellationToken);
    }

    // An empty text is nothing to Salesforce too, and an empty cell would say nothing.
    private static string CellOf(NativeValue value) => value.Kind switch
    {
        NativeKind.Missing => "",
        _ => value.Raw is { Length: > 0 } raw ? raw : Clears,
    };
}
