using System.Globalization;
using System.Text.Json;
using Liaison.Failures;
using Liaison.Server.Rest.Views;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Liaison.Server.Rest.Problems;

/// <summary>A refusal as RFC 9457 tells it.</summary>
/// <param name="Type">A URN that stands for the kind of failure and never changes.</param>
/// <param name="Detail">What was refused and what would mend it.</param>
/// <param name="Field">The field that the refusal is about, in the caller's own spelling.</param>
/// <param name="DeniedBy">Which of the four sides of the effective right refused.</param>
/// <param name="MissingScopes">The CRM's scopes of which any one would do.</param>
/// <param name="CorrelationId">The CRM's own correlation id, for a support case with the vendor.</param>
/// <param name="RetryAfter">After how many seconds trying again can help; in the header too.</param>
/// <param name="TraceId">What to give an operator who looks into an error of Liaison's own.</param>
internal sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Detail,
    string? Field = null,
    DeniedBy? DeniedBy = null,
    IReadOnlyList<string>? MissingScopes = null,
    string? CorrelationId = null,
    int? RetryAfter = null,
    string? ExistingId = null,
    string? TraceId = null) : IResult
{
    public const string MediaType = "application/problem+json";

    public static Problem Of(Failure failure)
    {
        var kind = ProblemKind.Of(failure.Kind);
        return new Problem(
            ProblemKind.TypeOf(failure.Kind),
            kind.Title,
            kind.Status,
            failure.Message,
            failure.Field,
            failure.DeniedBy,
            failure.MissingScopes is { Count: > 0 } scopes ? scopes : null,
            failure.CorrelationId,
            failure.RetryAfter is { } wait ? Seconds(wait) : null,
            failure.ExistingId);
    }

    /// <summary>Tells that the caller is not proven: the one refusal that is answered by 401.</summary>
    /// <remarks>A CRM that refuses the connection's credential has the same kind and is no matter of the caller's credential.</remarks>
    public static Problem Unproven(string detail) => new("urn:liaison:failure:caller-unauthenticated", "The caller is not proven", 401, detail);

    public static Problem TooMany(string detail, TimeSpan? wait) =>
        Of(new Failure(FailureKind.RateLimited, detail, wait ?? TimeSpan.FromSeconds(1)));

    /// <summary>Tells what the server itself refused before any route was reached.</summary>
    public static Problem OfStatus(int status) => status switch
    {
        StatusCodes.Status404NotFound => new("urn:liaison:failure:not-found", "There is no such thing for this caller", status, "There is no such address; /openapi/v1.json lists them."),
        StatusCodes.Status405MethodNotAllowed => Bare(status, "Another method is wanted", "The address does not take this method; /openapi/v1.json tells which."),
        StatusCodes.Status413PayloadTooLarge => Bare(status, "The body is too large", "A request's body has at most 1 MiB."),
        StatusCodes.Status415UnsupportedMediaType => Bare(status, "Another media type is wanted", "A request's body is application/json."),
        _ => Bare(status, "The request is wrong in itself", "The request cannot be read; /openapi/v1.json tells what is expected."),
    };

    public static Problem Unexpected(string traceId) => new(
        "urn:liaison:failure:internal",
        "Liaison met an error of its own",
        StatusCodes.Status500InternalServerError,
        "Liaison met an error of its own; give the trace id to its operator.",
        TraceId: traceId);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        if (RetryAfter is { } seconds)
        {
            response.Headers[HeaderNames.RetryAfter] = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers[HeaderNames.WWWAuthenticate] = "Bearer realm=\"liaison\"";
        }

        response.ContentType = MediaType;
        await JsonSerializer.SerializeAsync(response.Body, this, RestJson.Default.Problem, httpContext.RequestAborted);
    }

    private static Problem Bare(int status, string title, string detail) => new("urn:liaison:failure:invalid", title, status, detail);

    private static int Seconds(TimeSpan wait) => (int)Math.Ceiling(Math.Clamp(wait.TotalSeconds, 1, int.MaxValue));
}
