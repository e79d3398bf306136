using System.Text.Json.Nodes;

namespace Liaison.Emulators.Tests.HubSpot;

/// <summary>An operation as the published description has it.</summary>
/// <param name="Body">The schema of its JSON body.</param>
/// <param name="Responses">The schema of each status; nothing for an answer without a body.</param>
internal sealed record PublishedOperation(string Name, string? Body, IReadOnlyDictionary<string, string?> Responses)
{
    public string Method => Name[..Name.IndexOf(' ', StringComparison.Ordinal)];

    public string Path => Name[(Name.IndexOf(' ', StringComparison.Ordinal) + 1)..];

    public static PublishedOperation Of(JsonNode operation) => new(
        (string)operation["op"]!,
        (string?)operation["body"]?["application/json"],
        operation["responses"]!.AsObject().ToDictionary(response => response.Key, response => (string?)response.Value));
}
