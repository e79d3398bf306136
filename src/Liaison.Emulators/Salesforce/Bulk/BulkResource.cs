using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Liaison.Emulators.Salesforce.Bulk;

/// <summary>Bulk API 2.0 (contract section 8); uploads and results are streamed.</summary>
/// <remarks>The host has authorized and counted the call, and does not hold its org while it asks.</remarks>
internal sealed class BulkResource(BulkJobs jobs)
{
    private const long LargestUpload = 100 * 1024 * 1024;
    private const int RowsOfPage = 50_000;
    private const int RowsOfWrite = 2_000;

    /// <summary>Answers a call.</summary>
    public async Task<BulkReply> AnswerAsync(BulkCall call, CancellationToken cancellationToken) => (call.Method, call.Path) switch
    {
        ("POST", ["jobs", "ingest"]) => CreateIngest(call),
        ("POST", ["jobs", "query"]) => CreateQuery(call),
        ("GET", ["jobs", "ingest" or "query"]) => new BulkReply(200, json => WriteList(json, call, call.Path[1] == "query")),
        (_, ["jobs", "ingest" or "query", var id, .. var rest]) => jobs.TryFind(id, call.Path[1] == "query", call.Caller, call.Now, out var job)
            ? await WithJobAsync(call, job, rest, cancellationToken)
            : BulkReply.Refuse(BulkFault.NotFound(id)),
        _ => BulkReply.Refuse(BulkFault.NotFound(string.Join('/', call.Path))),
    };

    private BulkReply CreateIngest(BulkCall call)
    {
        (BulkJob? job, IngestRequest request) = (null, null!);
        var fault = call.Caller.Look(() => IngestRequest.Read(call.Body, call.Caller, out request)) ?? jobs.CreateIngest(request, call.Caller, call.Version, call.Now, out job);
        return fault is null ? BulkReply.Of(job!, detailed: false) : BulkReply.Refuse(fault);
    }

    private BulkReply CreateQuery(BulkCall call)
    {
        if (!JobOperations.TryFind(call.Body.TextOf("operation"), out var operation) || !operation.IsQuery() || call.Body.TextOf("query") is not { } text)
        {
            return BulkReply.Refuse(BulkFault.InvalidJob("InvalidJob : A query job needs the operation query or queryAll, and a query."));
        }

        if (CsvDialect.Of(call.Body.TextOf("columnDelimiter"), call.Body.TextOf("lineEnding")) is not { } dialect)
        {
            return BulkReply.Refuse(BulkFault.InvalidJob("InvalidJob : columnDelimiter must be BACKQUOTE, CARET, COMMA, PIPE, SEMICOLON or TAB; lineEnding must be LF or CRLF."));
        }

        return jobs.CreateQuery(text, operation, dialect, call.Caller, call.Version, call.Now, out var job) is { } fault
            ? BulkReply.Refuse(fault)
            : BulkReply.Of(job, detailed: false);
    }

    /// <remarks>Names are compared in any case, as in all paths: the guide spells unprocessedrecords in lower case, clients ask for unprocessedRecords.</remarks>
    private async Task<BulkReply> WithJobAsync(BulkCall call, BulkJob job, string[] rest, CancellationToken cancellationToken) => (call.Method, rest.Length == 1 ? rest[0].ToLowerInvariant() : "") switch
    {
        _ when rest.Length > 1 => BulkReply.Refuse(BulkFault.NotFound(string.Join('/', rest))),
        ("GET", "") => BulkReply.Of(job, detailed: true),
        ("PATCH", "") => jobs.Change(job, call.Body.TextOf("state"), call.Now) is { } fault ? BulkReply.Refuse(fault) : BulkReply.Of(job, detailed: false),
        ("DELETE", "") => jobs.Delete(job) is { } fault ? BulkReply.Refuse(fault) : new BulkReply(204),
        ("PUT", "batches") when !job.Operation.IsQuery() => await UploadAsync(call, job, cancellationToken),
        ("GET", "successfulresults") => ResultFile(job, work => work.OpenSuccessful()),
        ("GET", "failedresults") => ResultFile(job, work => work.OpenFailed()),
        ("GET", "unprocessedrecords") => ResultFile(job, work => work.OpenUnprocessed()),
        ("GET", "results") when job.Work is QueryWork work => Results(call, job, work),
        _ => BulkReply.Refuse(BulkFault.NotFound(string.Join('/', rest))),
    };

    private async Task<BulkReply> UploadAsync(BulkCall call, BulkJob job, CancellationToken cancellationToken)
    {
        var upload = new SpillFile();
        await call.Upload.CopyToAsync(upload.End, cancellationToken);
        var fault = upload.Length > LargestUpload
            ? new BulkFault(413, "EXCEEDED_MAX_SIZE_REQUEST", "The data of a job may have up to 100 MB: 150 MB once it is base64.")
            : jobs.Attach(job, upload);
        if (fault is null)
        {
            return new BulkReply(201);
        }

        upload.Dispose();
        return BulkReply.Refuse(fault);
    }

    private static BulkReply ResultFile(BulkJob job, Func<IngestWork, Stream> open)
    {
        if (!job.IsOver || job.Operation.IsQuery())
        {
            return BulkReply.Refuse(BulkFault.InvalidState($"The job is {job.State}; results are there when it is over."));
        }

        return new BulkReply(200)
        {
            Content = async (into, cancellationToken) =>
            {
                if (job.Work is IngestWork work)
                {
                    await using var file = open(work);
                    await file.CopyToAsync(into, cancellationToken);
                }
            },
        };
    }

    private static BulkReply Results(BulkCall call, BulkJob job, QueryWork work)
    {
        if (job.Version != call.Version)
        {
            return BulkReply.Refuse(new BulkFault(409, "API_VERSION_MISMATCH", $"The job was made with {job.Version}; its results are read with the same version."));
        }

        if (job.State != JobState.JobComplete)
        {
            return BulkReply.Refuse(BulkFault.InvalidState($"The job is {job.State}; results are there when it is complete."));
        }

        if (Offset(call.Query("locator")) is not { } from || from > work.Processed
            || !int.TryParse(call.Query("maxRecords") ?? $"{RowsOfPage}", NumberStyles.None, CultureInfo.InvariantCulture, out var most) || most == 0)
        {
            return BulkReply.Refuse(new BulkFault(400, "INVALID_QUERY_LOCATOR", "The locator must be the one that the last page gave, and maxRecords a number above 0."));
        }

        var until = (int)Math.Min(work.Processed, (long)from + most);
        return new BulkReply(200)
        {
            Headers =
            [
                KeyValuePair.Create("Sforce-NumberOfRecords", (until - from).ToString(CultureInfo.InvariantCulture)),
                KeyValuePair.Create("Sforce-Locator", until < work.Processed ? Locator(until) : "null"),
            ],
            Content = (into, cancellationToken) => WriteAsync(work, job.Dialect, from, until, into, cancellationToken),
        };
    }

    private static async Task WriteAsync(QueryWork work, CsvDialect dialect, int from, int until, Stream into, CancellationToken cancellationToken)
    {
        using var piece = new MemoryStream();
        for (var at = from; at == from || at < until; at += RowsOfWrite)
        {
            piece.SetLength(0);
            work.Write(piece, dialect, at, Math.Min(RowsOfWrite, until - at), header: at == from);
            await into.WriteAsync(piece.GetBuffer().AsMemory(0, (int)piece.Length), cancellationToken);
        }
    }

    private void WriteList(Utf8JsonWriter json, BulkCall call, bool isQuery)
    {
        json.WriteStartObject();
        json.WriteBoolean("done", true);
        json.WriteStartArray("records");
        foreach (var job in jobs.List(isQuery, call.Caller, call.Now))
        {
            JobJson.Write(json, job, detailed: false);
        }

        json.WriteEndArray();
        json.WriteNull("nextRecordsUrl");
        json.WriteEndObject();
    }

    private static string Locator(int offset) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(offset.ToString(CultureInfo.InvariantCulture)));

    private static int? Offset(string? locator) =>
        locator is null ? 0
        : Base64Url.IsValid(locator) && int.TryParse(Encoding.ASCII.GetString(Base64Url.DecodeFromChars(locator)), NumberStyles.None, CultureInfo.InvariantCulture, out var offset) ? offset
        : null;
}
