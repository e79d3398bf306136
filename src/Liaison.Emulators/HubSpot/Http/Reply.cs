using System.Text.Json;

namespace Liaison.Emulators.HubSpot.Http;

/// <summary>An answer before it is put on the wire.</summary>
/// <param name="Body">Writes the JSON; <see langword="null"/> for an answer without a body.</param>
internal sealed record Reply(int Status, Action<Utf8JsonWriter>? Body = null)
{
    /// <summary>Gets where a redirect leads.</summary>
    public string? Location { get; init; }

    /// <summary>Gets the file to send in place of JSON.</summary>
    public Model.Download? File { get; init; }

    public static Reply NoContent { get; } = new(204);

    public static Reply Ok(Action<Utf8JsonWriter> body) => new(200, body);
}
