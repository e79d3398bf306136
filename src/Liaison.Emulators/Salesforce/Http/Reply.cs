using System.Text.Json;

namespace Liaison.Emulators.Salesforce.Http;

/// <summary>An answer before it is put on the wire.</summary>
/// <param name="Body">Writes the JSON; <see langword="null"/> for an answer without one.</param>
internal sealed record Reply(int Status, Action<Utf8JsonWriter>? Body = null)
{
    public const string Json = "application/json;charset=UTF-8";

    public static Reply NoContent { get; } = new(204);

    /// <summary>Gets headers beyond those that every answer has.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public string ContentType { get; init; } = Json;

    /// <summary>Gets content that is no JSON; written after the org was let go, so that it may take its time.</summary>
    public Func<Stream, CancellationToken, Task>? Content { get; init; }

    public static Reply Ok(Action<Utf8JsonWriter> body) => new(200, body);

    /// <summary>Answers with an array of errors, the shape of everything that is not OAuth (contract section 10).</summary>
    public static Reply Refuse(params IReadOnlyList<SalesforceError> errors) => new(errors[0].Status, json => Write(json, errors));

    public static Reply Refuse(int status, string code, string message, IReadOnlyList<string>? fields = null) =>
        new(status, json => Write(json, [new SalesforceError(code, message, fields)]));

    public static Reply NotFound(string message = "The requested resource does not exist") => Refuse(404, "NOT_FOUND", message);

    public Reply With(string header, string value) => this with { Headers = [.. Headers, KeyValuePair.Create(header, value)] };

    private static void Write(Utf8JsonWriter json, IReadOnlyList<SalesforceError> errors)
    {
        json.WriteStartArray();
        foreach (var error in errors)
        {
            json.WriteStartObject();
            error.Duplicate?.Invoke(json);
            json.WriteString("message", error.Message);
            json.WriteString("errorCode", error.Code);
            if (error.Fields is { } fields)
            {
                json.WriteStartArray("fields");
                foreach (var field in fields)
                {
                    json.WriteStringValue(field);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
