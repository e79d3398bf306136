using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Liaison.Emulators.Salesforce.Bulk;

/// <summary>Bulk API 2.0 over HTTP (contract section 8); uploads and results are streamed.</summary>
/// <remarks>The host has authorized and counted the call, and set what headers every answer has, before it comes here.</remarks>
internal sealed class BulkRoutes(BulkJobs jobs)
{
    private const long LargestUpload = 100 * 1024 * 1024;
    private const int RowsOfPage = 50_000;
    private const int RowsOfWrite = 2_000;

    /// <summary>Answers a call.</summary>
    /// <param name="path">The segments behind the version, unescaped: jobs, ingest, 750….</param>
    public async Task HandleAsync(HttpContext context, BulkCaller caller, string version, string[] path, DateTimeOffset now)
    {
        var call = new BulkCall(context, caller, version, now);
        var answer = (context.Request.Method, path) switch
        {
            ("POST", ["jobs", "ingest"]) => CreateIngestAsync(call),
            ("POST", ["jobs", "query"]) => CreateQueryAsync(call),
            ("GET", ["jobs", "ingest" or "query"]) => call.WriteAsync(200, json => WriteList(json, call, path[1] == "query")),
            (_, ["jobs", "ingest" or "query", var id, .. var rest]) => jobs.TryFind(id, path[1] == "query", caller, now, out var job)
                ? WithJobAsync(call, job, rest)
                : call.RefuseAsync(BulkFault.NotFound(id)),
            _ => call.RefuseAsync(BulkFault.NotFound(string.Join('/', path))),
        };
        await answer;
    }

    private async Task CreateIngestAsync(BulkCall call)
    {
        var body = await call.ReadJsonAsync();
        BulkJob? job = null;
        var fault = IngestRequest.Read(body, call.Caller, out var request) ?? jobs.CreateIngest(request, call.Caller, call.Version, call.Now, out job);
        await (fault is null ? call.WriteAsync(200, json => JobJson.Write(json, job!, detailed: false)) : call.RefuseAsync(fault));
    }

    private async Task CreateQueryAsync(BulkCall call)
    {
        var body = await call.ReadJsonAsync();
        if (!JobOperations.TryFind(body.TextOf("operation"), out var operation) || !operation.IsQuery() || body.TextOf("query") is not { } text)
        {
            await call.RefuseAsync(BulkFault.InvalidJob("InvalidJob : A query job needs the operation query or queryAll, and a query."));
            return;
        }

        if (CsvDialect.Of(body.TextOf("columnDelimiter"), body.TextOf("lineEnding")) is not { } dialect)
        {
            await call.RefuseAsync(BulkFault.InvalidJob("InvalidJob : columnDelimiter must be BACKQUOTE, CARET, COMMA, PIPE, SEMICOLON or TAB; lineEnding must be LF or CRLF."));
            return;
        }

        var fault = jobs.CreateQuery(text, operation, dialect, call.Caller, call.Version, call.Now, out var job);
        await (fault is null ? call.WriteAsync(200, json => JobJson.Write(json, job, detailed: false)) : call.RefuseAsync(fault));
    }

    private Task WithJobAsync(BulkCall call, BulkJob job, string[] rest) => (call.Context.Request.Method, rest) switch
    {
        ("GET", []) => call.WriteAsync(200, json => JobJson.Write(json, job, detailed: true)),
        ("PATCH", []) => ChangeAsync(call, job),
        ("DELETE", []) => jobs.Delete(job) is { } fault ? call.RefuseAsync(fault) : call.EmptyAsync(204),
        ("PUT", ["batches"]) when !job.Operation.IsQuery() => UploadAsync(call, job),
        ("GET", ["successfulResults"]) => FileAsync(call, job, work => work.OpenSuccessful()),
        ("GET", ["failedResults"]) => FileAsync(call, job, work => work.OpenFailed()),
        ("GET", ["unprocessedrecords"]) => FileAsync(call, job, work => work.OpenUnprocessed()),
        ("GET", ["results"]) when job.Work is QueryWork work => ResultsAsync(call, job, work),
        _ => call.RefuseAsync(BulkFault.NotFound(string.Join('/', rest))),
    };

    private async Task ChangeAsync(BulkCall call, BulkJob job)
    {
        var body = await call.ReadJsonAsync();
        await (jobs.Change(job, body.TextOf("state"), call.Now) is { } fault ? call.RefuseAsync(fault) : call.WriteAsync(200, json => JobJson.Write(json, job, detailed: false)));
    }

    private async Task UploadAsync(BulkCall call, BulkJob job)
    {
        if (call.Context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        var upload = new SpillFile();
        await call.Context.Request.Body.CopyToAsync(upload.End, call.Context.RequestAborted);
        var fault = upload.Length > LargestUpload
            ? new BulkFault(413, "EXCEEDED_MAX_SIZE_REQUEST", "The data of a job may have up to 100 MB: 150 MB once it is base64.")
            : jobs.Attach(job, upload);
        if (fault is null)
        {
            await call.EmptyAsync(201);
            return;
        }

        upload.Dispose();
        await call.RefuseAsync(fault);
    }

    private static async Task FileAsync(BulkCall call, BulkJob job, Func<IngestWork, Stream> open)
    {
        if (!job.IsOver || job.Operation.IsQuery())
        {
            await call.RefuseAsync(BulkFault.InvalidState($"The job is {job.State}; results are there when it is over."));
            return;
        }

        call.Context.Response.ContentType = "text/csv";
        if (job.Work is IngestWork work)
        {
            await using var file = open(work);
            await file.CopyToAsync(call.Context.Response.Body, call.Context.RequestAborted);
        }
    }

    private static async Task ResultsAsync(BulkCall call, BulkJob job, QueryWork work)
    {
        if (job.Version != call.Version)
        {
            await call.RefuseAsync(new BulkFault(409, "API_VERSION_MISMATCH", $"The job was made with {job.Version}; its results are read with the same version."));
            return;
        }

        if (job.State != JobState.JobComplete)
        {
            await call.RefuseAsync(BulkFault.InvalidState($"The job is {job.State}; results are there when it is complete."));
            return;
        }

        if (Offset(call.Query("locator")) is not { } from || from > work.Processed
            || !int.TryParse(call.Query("maxRecords") ?? $"{RowsOfPage}", NumberStyles.None, CultureInfo.InvariantCulture, out var most) || most == 0)
        {
            await call.RefuseAsync(new BulkFault(400, "INVALID_QUERY_LOCATOR", "The locator must be the one that the last page gave, and maxRecords a number above 0."));
            return;
        }

        var until = (int)Math.Min(work.Processed, (long)from + most);
        var response = call.Context.Response;
        response.ContentType = "text/csv";
        response.Headers["Sforce-NumberOfRecords"] = (until - from).ToString(CultureInfo.InvariantCulture);
        response.Headers["Sforce-Locator"] = until < work.Processed ? Locator(until) : "null";
        using var piece = new MemoryStream();
        for (var at = from; at == from || at < until; at += RowsOfWrite)
        {
            piece.SetLength(0);
            work.Write(piece, job.Dialect, at, Math.Min(RowsOfWrite, until - at), header: at == from);
            await response.Body.WriteAsync(piece.GetBuffer().AsMemory(0, (int)piece.Length), call.Context.RequestAborted);
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
