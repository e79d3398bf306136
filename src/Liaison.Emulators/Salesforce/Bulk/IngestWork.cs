using System.Text.Json.Nodes;
using CsvHelper;
using Liaison.Emulators.Salesforce.Composite;

namespace Liaison.Emulators.Salesforce.Bulk;

/// <summary>Writes the rows of an upload, two hundred at a time, and keeps what became of each.</summary>
internal sealed class IngestWork(BulkJob job, SpillFile upload) : IBulkWork
{
    /// <summary>The platform takes rows in chunks of 200 (contract section 8), which is what a collection holds.</summary>
    private const int RowsOfChunk = 200;

    private readonly SpillFile _successful = new();
    private readonly SpillFile _failed = new();
    private CsvReader? _reader;
    private IngestRows? _rows;

    public int Processed { get; private set; }

    public int Failed { get; private set; }

    public bool IsDone { get; private set; }

    public string? Advance(long rows)
    {
        try
        {
            return _rows is null && Begin() is { } unreadable ? unreadable : Continue(rows);
        }
        catch (CsvFormatException malformed)
        {
            return $"InvalidBatch : The data is no CSV behind row {Processed}: {malformed.Message}";
        }
    }

    /// <summary>Opens the file of written rows; the caller disposes it.</summary>
    public Stream OpenSuccessful() => _successful.Read();

    public Stream OpenFailed() => _failed.Read();

    /// <summary>Opens the rows that were not taken before the job failed or was aborted.</summary>
    public Stream OpenUnprocessed()
    {
        using var rest = new SpillFile();
        using (var reader = job.Dialect.Reader(upload.Read()))
        using (var writer = job.Dialect.Writer(rest.End))
        {
            for (var row = -1; reader.Read(); row++)
            {
                if (row < 0 || row >= Processed)
                {
                    writer.WriteRow(reader.Cells());
                }
            }
        }

        return rest.Read();
    }

    public void Dispose()
    {
        _reader?.Dispose();
        upload.Dispose();
        _successful.Dispose();
        _failed.Dispose();
    }

    private string? Begin()
    {
        if (HasOtherLineEnding())
        {
            return $"ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is {job.Dialect.LineEndingName}";
        }

        _reader = job.Dialect.Reader(upload.Read());
        if (!_reader.Read())
        {
            return "InvalidBatch : The data has no header line.";
        }

        var header = _reader.Cells();

        if (job.Caller.Look(() => IngestRows.Bind(job, header, out _rows)) is { } fault)
        {
            return fault;
        }

        using var successful = job.Dialect.Writer(_successful.End);
        successful.WriteRow(["sf__Id", "sf__Created", .. _rows!.Header]);
        using var failed = job.Dialect.Writer(_failed.End);
        failed.WriteRow(["sf__Id", "sf__Error", .. _rows.Header]);
        return null;
    }

    /// <summary>Looks at the end of the header line: the declared ending must be the one that is there.</summary>
    private bool HasOtherLineEnding()
    {
        using var stream = upload.Read();
        for (int last = -1, next = stream.ReadByte(); next >= 0; last = next, next = stream.ReadByte())
        {
            if (next == '\n')
            {
                return (last == '\r') != (job.Dialect.LineEndingName == "CRLF");
            }
        }

        return false;
    }

    private string? Continue(long rows)
    {
        while (!IsDone && Processed < rows)
        {
            if (Chunk(out var chunk) is { } fault)
            {
                return fault;
            }

            if (chunk.Count > 0)
            {
                Write(chunk);
            }

            IsDone = chunk.Count < RowsOfChunk;
        }

        return null;
    }

    private string? Chunk(out List<string[]> chunk)
    {
        chunk = [];
        while (chunk.Count < RowsOfChunk && _reader!.Read())
        {
            var cells = _reader.Cells();
            if (cells.Length != _rows!.Header.Length)
            {
                return $"InvalidBatch : Row {Processed + chunk.Count + 1} has {cells.Length} columns, the header has {_rows.Header.Length}.";
            }

            chunk.Add(cells);
        }

        return null;
    }

    private void Write(List<string[]> chunk)
    {
        var refusals = chunk.ConvertAll(_rows!.Refuse);
        var sent = chunk.Where((_, row) => refusals[row] is null).ToList();
        var answer = sent.Count > 0 ? job.Caller.Routes.Send(_rows.Request(sent)) : null;
        var results = answer is { IsError: false, Body: JsonArray list } ? list : [];
        using var successful = job.Dialect.Writer(_successful.End);
        using var failed = job.Dialect.Writer(_failed.End);
        for (var (row, at) = (0, 0); row < chunk.Count; row++)
        {
            var result = refusals[row] is null && at < results.Count ? results[at] : null;
            at += refusals[row] is null ? 1 : 0;
            if (result?["success"] is JsonValue success && success.GetValue<bool>())
            {
                var isCreated = result["created"] is JsonValue created ? created.GetValue<bool>() : job.Operation == JobOperation.Insert;
                successful.WriteRow([result["id"]?.ToString() ?? "", isCreated ? "true" : "false", .. chunk[row]]);
            }
            else
            {
                Failed++;
                failed.WriteRow([_rows.IdOf(chunk[row]), refusals[row] ?? Error(result, answer!), .. chunk[row]]);
            }
        }

        Processed += chunk.Count;
    }

    /// <summary>Spells an error as result files have it: CODE:message:fields --.</summary>
    private static string Error(JsonNode? result, SubReply answer)
    {
        var error = result?["errors"]?[0] ?? (answer.IsError ? answer.Body?[0] : null);
        var code = (error?["statusCode"] ?? error?["errorCode"])?.ToString() ?? "UNKNOWN_EXCEPTION";
        var fields = string.Join(',', (error?["fields"] as JsonArray ?? []).Select(field => field?.ToString()));
        return $"{code}:{error?["message"]}:{(fields.Length > 0 ? fields + " " : "")}--";
    }
}
