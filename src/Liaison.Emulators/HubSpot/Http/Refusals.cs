using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Limits;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Http;

/// <summary>The error bodies of the API (contract section 4).</summary>
internal sealed class Refusals(IdSource ids)
{
    public Reply Validation(string message) => Error(400, message, "VALIDATION_ERROR");

    /// <summary>A refusal that names what it is about.</summary>
    public Reply Validation(string message, string contextName, IReadOnlyList<string> context) =>
        Error(400, message, "VALIDATION_ERROR", json => WriteContext(json, contextName, context));

    /// <summary>A body that is no JSON, or not the shape asked for: recorded without a category.</summary>
    public Reply InvalidJson(string detail) => Error(400, $"Invalid input JSON on line 1, column 1: {detail}", null);

    public Reply UnknownType(string name) => Error(400, $"Unable to infer object type from: {name}", null);

    public Reply NotFound(string what) => Error(404, what, "OBJECT_NOT_FOUND");

    /// <summary>A record that is not there, or not for this user: the two read the same.</summary>
    public Reply RecordNotFound(ObjectType type, string id) =>
        Error(404, $"Object not found. No {type.Singular} with id {id} exists or can be seen.", "OBJECT_NOT_FOUND", json => WriteContext(json, "id", [id]));

    public Reply NoRoute() => Error(404, "The requested resource could not be found.", null);

    public Reply MethodNotAllowed() => Error(405, "HTTP 405 Method Not Allowed", null);

    public Reply WrongContentType(string? given) => Error(415, $"Content type {given ?? "(none)"} is not supported; send application/json.", null);

    /// <param name="existing">The record that stands; 0 where there is none yet, as of two that one batch names alike (contract section 4: the id is sometimes missing).</param>
    public Reply Conflict(ObjectType type, long existing) =>
        Error(409, existing == 0 ? $"{type.Title} already exists." : $"{type.Title} already exists. Existing ID: {existing}", "CONFLICT");

    public Reply Conflict(string message) => Error(409, message, "CONFLICT");

    public Reply NoCredential() => Error(
        401, "Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview", "INVALID_AUTHENTICATION");

    public Reply WrongCredential() => Error(401, "The access token is invalid; it was never issued, or it was revoked.", "INVALID_AUTHENTICATION");

    public Reply ExpiredCredential(DateTimeOffset expired, DateTimeOffset now) => Error(
        401,
        $"The OAuth token used to make this call expired {(int)(now - expired).TotalMinutes} minute(s) ago.",
        "EXPIRED_AUTHENTICATION",
        json => WriteContext(json, "expire time", [Instants.Format(expired)]));

    /// <summary>Recorded in two shapes: the scopes inside an error entry, or at the top (contract section 4).</summary>
    public Reply MissingScopes(IReadOnlyList<string> anyOf, bool atTop) => atTop
        ? Error(403, $"This app does not have proper permissions! (requires any of [{string.Join(", ", anyOf)}])", "MISSING_SCOPES", json => WriteContext(json, "requiredGranularScopes", anyOf))
        : Error(403, "This app hasn't been granted all required scopes to make this call. Read more about required scopes here: https://developers.hubspot.com/scopes.", "MISSING_SCOPES", json =>
        {
            json.WriteStartArray("errors");
            json.WriteStartObject();
            json.WriteString("message", "One or more of the following scopes are required.");
            WriteContext(json, "requiredGranularScopes", anyOf);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteStartObject("links");
            json.WriteString("scopes", "https://developers.hubspot.com/scopes");
            json.WriteEndObject();
        });

    public Reply NotPermitted(string message) => Error(403, message, "USER_DOES_NOT_HAVE_PERMISSIONS");

    /// <summary>The three 429 bodies (contract section 3); none comes with Retry-After.</summary>
    public Reply Throttled(Policy policy) => policy switch
    {
        Policy.TenSecondly => RateLimit("You have reached your ten_secondly_rolling limit.", "TEN_SECONDLY_ROLLING"),
        Policy.Daily => RateLimit("You have reached your daily limit.", "DAILY"),
        Policy.Secondly => Error(429, "You have reached your secondly limit.", "RATE_LIMITS"),
        Policy.Passed => throw new ArgumentOutOfRangeException(nameof(policy), "Nothing was refused."),
    };

    /// <summary>Any other error body.</summary>
    public Reply Error(int status, string message, string? category, Action<Utf8JsonWriter>? more = null) => new(status, json =>
    {
        json.WriteStartObject();
        json.WriteString("status", "error");
        json.WriteString("message", message);
        json.WriteString("correlationId", ids.Correlation());
        if (category is not null)
        {
            json.WriteString("category", category);
        }

        more?.Invoke(json);
        json.WriteEndObject();
    });

    public static void WriteContext(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartObject("context");
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private Reply RateLimit(string message, string policyName) => new(429, json =>
    {
        json.WriteStartObject();
        json.WriteString("status", "error");
        json.WriteString("message", message);
        json.WriteString("errorType", "RATE_LIMIT");
        json.WriteString("correlationId", ids.Correlation());
        json.WriteString("policyName", policyName);
        json.WriteEndObject();
    });
}
