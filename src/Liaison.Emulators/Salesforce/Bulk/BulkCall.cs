using System.Text.Json;

namespace Liaison.Emulators.Salesforce.Bulk;

/// <summary>One call about jobs, as the host read it.</summary>
/// <param name="Path">The segments behind the version, unescaped: jobs, ingest, 750….</param>
/// <param name="Query">Gives the value of a parameter; <see langword="null"/> where it is missing.</param>
/// <param name="Body">The JSON body; undefined where there was none.</param>
/// <param name="Upload">The body as it comes, for uploads.</param>
internal sealed record BulkCall(
    string Method, string[] Path, Func<string, string?> Query, JsonElement Body, Stream Upload, BulkCaller Caller, string Version, DateTimeOffset Now);

/// <summary>The answer to a call about jobs.</summary>
/// <param name="Body">Writes the JSON; <see langword="null"/> for an answer without one.</param>
internal sealed record BulkReply(int Status, Action<Utf8JsonWriter>? Body = null)
{
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Gets what writes CSV, a piece at a time.</summary>
    public Func<Stream, CancellationToken, Task>? Content { get; init; }

    public static BulkReply Refuse(BulkFault fault) => new(fault.Status, json =>
    {
        json.WriteStartArray();
        json.WriteStartObject();
        json.WriteString("errorCode", fault.ErrorCode);
        json.WriteString("message", fault.Message);
        json.WriteEndObject();
        json.WriteEndArray();
    });

    public static BulkReply Of(BulkJob job, bool detailed) => new(200, json => JobJson.Write(json, job, detailed));
}
