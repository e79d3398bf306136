using System.Text.Json;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Salesforce.Wire;
using Liaison.Wire;

namespace Liaison.Salesforce.Bulk;

/// <summary>The calls that jobs of both kinds have in common.</summary>
internal sealed class JobCalls(SalesforceApi api)
{
    private static readonly Failure NoSuchJob = new(
        FailureKind.NotFound, "Salesforce knows no such job; it keeps jobs for seven days.");

    /// <summary>Makes a job and gives its id; a lost answer leaves one behind that nobody starts.</summary>
    internal async Task<Result<string>> MakeAsync(JobKind kind, string name, Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        var call = new CrmCall(CrmOperation.ReadJob, name, HttpMethod.Post, api.Paths.Jobs(kind)) { Body = JsonBody.OfObject(write) };
        var sent = await api.SendAsync(call, cancellationToken);
        return sent.Then(answer => SalesforceApi.Parse(answer, Read)).Then<string>(document => document.Id is { } id && SalesforceId.Normalize(id) is { } job
            ? job
            : new Failure(FailureKind.Unavailable, "Salesforce's answer does not name the job; try again."));
    }

    /// <summary>Asks how far a job is.</summary>
    internal async Task<Result<JobProgress>> LookAsync(JobKind kind, string job, CancellationToken cancellationToken) =>
        (await WithJobAsync(CrmOperation.ReadJob, kind, "job.look", HttpMethod.Get, job, state: null, cancellationToken)).Then(answer => SalesforceApi.Parse(answer, Read))
            .Then<JobProgress>(document => document.ToProgress(kind));

    /// <summary>Moves a job to a state.</summary>
    internal async Task<Result<Done>> MoveAsync(CrmOperation operation, JobKind kind, string job, string state, CancellationToken cancellationToken) =>
        (await WithJobAsync(operation, kind, $"job.{state}", HttpMethod.Patch, job, state, cancellationToken)).Then<Done>(_ => Done.Value);

    /// <summary>Reads one of the files that a job leaves, as it comes.</summary>
    internal async Task<Result<CrmAnswer>> FileAsync(
        JobKind kind, string job, string file, IReadOnlyList<string> headers, Func<Stream, CancellationToken, Task> read, CancellationToken cancellationToken)
    {
        if (PathOf(kind, job) is not { } path)
        {
            return NoSuchJob;
        }

        return await api.SendAsync(
            new(CrmOperation.ReadJob, $"job.{file.Split('?')[0]}", HttpMethod.Get, $"{path}/{file}") { AnswerHeaders = headers, ReadAnswer = read }, cancellationToken);
    }

    /// <summary>Hands a job its rows.</summary>
    internal async Task<Result<Done>> UploadAsync(string job, StreamedBody rows, int count, CancellationToken cancellationToken)
    {
        var call = new CrmCall(CrmOperation.WriteJob, "job.upload", HttpMethod.Put, $"{PathOf(JobKind.Write, job)}/batches")
        {
            Streamed = rows,
            ContentType = CsvForm.ContentType,
            RecordCount = count,
        };
        return (await api.SendAsync(call, cancellationToken)).Then<Done>(_ => Done.Value);
    }

    private async Task<Result<CrmAnswer>> WithJobAsync(
        CrmOperation operation, JobKind kind, string name, HttpMethod method, string job, string? state, CancellationToken cancellationToken)
    {
        if (PathOf(kind, job) is not { } path)
        {
            return NoSuchJob;
        }

        var call = new CrmCall(operation, name, method, path) { Body = state is null ? default : JsonBody.OfObject(writer => writer.WriteString("state", state)) };
        return await api.SendAsync(call, cancellationToken);
    }

    // An id comes back from a store or a cursor: only what can be one becomes part of a path.
    private string? PathOf(JobKind kind, string job) => SalesforceId.Normalize(job) is { } id ? $"{api.Paths.Jobs(kind)}/{id}" : null;

    private static JobDocument? Read(ReadOnlyMemory<byte> body) => JsonSerializer.Deserialize(body.Span, JobJson.Default.JobDocument);
}
