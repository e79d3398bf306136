namespace Liaison.Emulators.Salesforce.Http;

/// <summary>One error of a record or of a request.</summary>
/// <param name="Fields">The fields that it is about; <see langword="null"/> where the code comes without the member (contract section 10).</param>
internal sealed record SalesforceError(string Code, string Message, IReadOnlyList<string>? Fields = null)
{
    /// <summary>Gets the duplicates that were found, for DUPLICATES_DETECTED (contract section 10.1).</summary>
    public Action<System.Text.Json.Utf8JsonWriter>? Duplicate { get; init; }

    /// <summary>Gets the status that a single request answers with for this code.</summary>
    public int Status => Code switch
    {
        "NOT_FOUND" or "ENTITY_IS_DELETED" => 404,
        "INSUFFICIENT_ACCESS" or "REQUEST_LIMIT_EXCEEDED" or "API_DISABLED_FOR_ORG" or "FUNCTIONALITY_NOT_ENABLED" => 403,
        "INVALID_SESSION_ID" => 401,
        "ENTITY_FAILED_IFLASTMODIFIED_ON_UPDATE" => 412,
        "SERVER_UNAVAILABLE" => 503,
        "METHOD_NOT_ALLOWED" => 405,
        _ => 400,
    };
}
