using CsvHelper;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Salesforce.Declaration;
using Liaison.Salesforce.Wire;

namespace Liaison.Salesforce.Bulk;

/// <summary>Reconciles the three files in which a job tells of its rows, so that each has one outcome.</summary>
/// <remarks>The files keep no order; a row is known by the record's id, which is echoed, and is in a job once.</remarks>
internal sealed class IngestResults(JobCalls calls)
{
    private const string RecordId = "sf__Id";
    private const string Error = "sf__Error";

    private static readonly Failure NotReached = new(
        FailureKind.Unavailable, "The job ended before it came to this record; nothing was written to it.");

    private static readonly Failure Unreadable = new(
        FailureKind.Unavailable, "Salesforce's answer about the job's rows cannot be read; try again.");

    internal async Task<Result<IReadOnlyList<WriteOutcome>>> ReadAsync(
        string job, JobProgress ended, IReadOnlyList<JobRow> rows, CancellationToken cancellationToken)
    {
        // All that were sent were taken: the file would only repeat what was sent.
        if (ended is { Stage: JobStage.Complete, Failed: 0 } && ended.Processed == rows.Count)
        {
            return Result<IReadOnlyList<WriteOutcome>>.Of([.. rows.Select(row => new WriteOutcome(row.Key, row.RecordId, null))]);
        }

        var told = new Dictionary<string, Failure?>(rows.Count, StringComparer.Ordinal);
        (string Name, Func<CsvCells, Failure?> Judge)[] files =
        [
            ("failedResults", cells => OfError(cells[Error])), ("successfulResults", _ => null), ("unprocessedrecords", _ => NotReached),
        ];
        foreach (var (name, judge) in files)
        {
            if (rows.All(row => told.ContainsKey(Known(row))))
            {
                break;
            }

            var whole = true;
            var read = await calls.FileAsync(
                JobKind.Write, job, name, [], async (stream, stop) => whole = await CsvForm.ReadAsync(stream, cells => Gather(cells, judge, told), stop), cancellationToken);
            if (!read.TryGet(out var answer, out var failure))
            {
                return failure;
            }

            if (!whole)
            {
                return Unreadable with { CorrelationId = answer.CorrelationId };
            }
        }

        return Result<IReadOnlyList<WriteOutcome>>.Of(
            [.. rows.Where(row => told.ContainsKey(Known(row))).Select(row => new WriteOutcome(row.Key, row.RecordId, told[Known(row)]))]);
    }

    // A file that was cut off and asked for again tells of its rows once more what it told.
    private static void Gather(CsvCells cells, Func<CsvCells, Failure?> judge, Dictionary<string, Failure?> told)
    {
        if (SalesforceId.Normalize(cells[SystemFields.Id] is { Length: > 0 } own ? own : cells[RecordId]) is { } id)
        {
            told.TryAdd(id, judge(cells));
        }
    }

    private static string Known(JobRow row) => SalesforceId.Normalize(row.RecordId) ?? row.RecordId;

    // CODE:message:fields --, as in UNABLE_TO_LOCK_ROW:unable to obtain exclusive access to this record:--
    private static Failure OfError(string text)
    {
        var parts = text.Split(':');
        var fields = parts.Length > 2 ? parts[^1].Replace("--", "", StringComparison.Ordinal).Split([',', ' '], StringSplitOptions.RemoveEmptyEntries) : [];
        return SalesforceErrors.OfItem(ErrorReader.Of(parts[0], text, fields));
    }
}

/// <summary>The cells of the row that a reader stands at, by the names in the first line.</summary>
internal sealed class CsvCells
{
    private readonly CsvReader reader;
    private readonly Dictionary<string, int> places = new(StringComparer.OrdinalIgnoreCase);

    private CsvCells(CsvReader reader) => this.reader = reader;

    /// <summary>Reads the first line; a body without any has no cells.</summary>
    internal static async ValueTask<CsvCells> OfAsync(CsvReader reader, CancellationToken cancellationToken)
    {
        var cells = new CsvCells(reader);
        var columns = await reader.ReadAsync(cancellationToken) ? reader.FieldCount : 0;
        for (var place = 0; place < columns; place++)
        {
            cells.places.TryAdd(reader.GetString(place), place);
        }

        return cells;
    }

    internal string this[string name] => Find(name) ?? "";

    /// <summary>Gets a cell; <see langword="null"/> where there is no such column.</summary>
    internal string? Find(string name) => places.TryGetValue(name, out var place) && place < reader.FieldCount ? reader.GetString(place) : null;
}
