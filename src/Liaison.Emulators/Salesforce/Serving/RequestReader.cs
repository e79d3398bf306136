using System.IO.Compression;
using System.Text.Json;
using Liaison.Emulators.Salesforce.Http;
using Microsoft.AspNetCore.Http;

namespace Liaison.Emulators.Salesforce.Serving;

/// <summary>Reads a request before the org is held: headers, query, and the body where it is JSON.</summary>
internal static class RequestReader
{
    /// <summary>The platform's bound on a body of rows; uploads have their own.</summary>
    private const int LargestBody = 50 * 1024 * 1024;

    public static async Task<(ApiRequest Request, JsonDocument? Document)> ReadAsync(HttpContext context, VersionedPath path, CancellationToken cancellationToken)
    {
        var request = context.Request;
        var headers = request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var (document, fault) = IsJson(request) ? await ParseAsync(request, cancellationToken) : (null, null);
        return (
            new ApiRequest(request.Method, path.Version, path.Segments, VersionedPath.ParseQuery(request.QueryString.Value ?? ""), headers, document?.RootElement ?? default)
            {
                Origin = $"{request.Scheme}://{request.Host.Value}",
                RawQuery = request.QueryString.Value ?? "",
                BodyFault = fault,
                Upload = request.Body,
            },
            document);
    }

    private static bool IsJson(HttpRequest request) =>
        request.Method != "PUT" && (request.ContentLength > 0 || request.Headers.ContainsKey("Transfer-Encoding"))
        && (request.ContentType is null || request.ContentType.Contains("json", StringComparison.OrdinalIgnoreCase));

    private static async Task<(JsonDocument? Document, string? Fault)> ParseAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > LargestBody)
        {
            return (null, "The request body is too large.");
        }

        var body = request.Body;
        if (request.Headers.ContentEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            body = new GZipStream(body, CompressionMode.Decompress);
        }

        try
        {
            return (await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken), null);
        }
        catch (JsonException malformed)
        {
            return (null, $"Unexpected character at [line:{malformed.LineNumber + 1 ?? 1}, column:{malformed.BytePositionInLine + 1 ?? 1}]");
        }
    }
}
