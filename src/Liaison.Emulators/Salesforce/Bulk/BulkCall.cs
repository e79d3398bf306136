using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Liaison.Emulators.Salesforce.Bulk;

/// <summary>One call about jobs on its way.</summary>
internal sealed record BulkCall(HttpContext Context, BulkCaller Caller, string Version, DateTimeOffset Now)
{
    public string? Query(string name) => Context.Request.Query.TryGetValue(name, out var value) && value.Count > 0 ? value[^1] : null;

    /// <summary>Reads the body; undefined where it is no JSON.</summary>
    public async Task<JsonElement> ReadJsonAsync()
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(Context.Request.Body, cancellationToken: Context.RequestAborted);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }

    public async Task WriteAsync(int status, Action<Utf8JsonWriter> body)
    {
        Context.Response.StatusCode = status;
        Context.Response.ContentType = "application/json;charset=UTF-8";
        await using var json = new Utf8JsonWriter(Context.Response.BodyWriter);
        body(json);
        await json.FlushAsync(Context.RequestAborted);
    }

    public Task RefuseAsync(BulkFault fault) => WriteAsync(fault.Status, json =>
    {
        json.WriteStartArray();
        json.WriteStartObject();
        json.WriteString("errorCode", fault.ErrorCode);
        json.WriteString("message", fault.Message);
        json.WriteEndObject();
        json.WriteEndArray();
    });

    public Task EmptyAsync(int status)
    {
        Context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
