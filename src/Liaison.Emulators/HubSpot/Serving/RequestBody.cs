using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Liaison.Emulators.HubSpot.Serving;

/// <summary>A request's JSON, read before the account is locked.</summary>
internal sealed class RequestBody : IDisposable
{
    private readonly JsonDocument? _document;

    private RequestBody(JsonDocument? document, string? fault) => (_document, Fault) = (document, fault);

    /// <summary>Gets what is wrong with the body: "" for a wrong content type.</summary>
    public string? Fault { get; }

    /// <summary>Gets a value indicating whether there is no body.</summary>
    public bool IsEmpty { get; private init; }

    /// <summary>Gets a value indicating whether the body is a form, which OAuth and imports take.</summary>
    public bool IsForm { get; private init; }

    /// <summary>Gets the JSON; undefined for requests without a body and for forms.</summary>
    public JsonElement Json => _document?.RootElement ?? default;

    public static async Task<RequestBody> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength is 0 || (request.ContentLength is null && !request.Headers.ContainsKey("Transfer-Encoding")))
        {
            return new RequestBody(null, null) { IsEmpty = true };
        }

        var contentType = request.ContentType ?? "";
        if (request.HasFormContentType)
        {
            return await ReadFormAsync(request, cancellationToken);
        }

        if (!contentType.Contains("json", StringComparison.OrdinalIgnoreCase))
        {
            return new RequestBody(null, "");
        }

        try
        {
            return new RequestBody(await JsonDocument.ParseAsync(request.Body, cancellationToken: cancellationToken), null);
        }
        catch (JsonException malformed)
        {
            return new RequestBody(null, malformed.Message);
        }
    }

    private static async Task<RequestBody> ReadFormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await request.ReadFormAsync(cancellationToken);
            return new RequestBody(null, null) { IsForm = true };
        }
        catch (InvalidDataException malformed)
        {
            return new RequestBody(null, malformed.Message);
        }
    }

    public void Dispose() => _document?.Dispose();
}
