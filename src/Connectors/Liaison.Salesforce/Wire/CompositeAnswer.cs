using System.Text.Json;
using System.Text.Json.Serialization;
using Liaison.Wire;

namespace Liaison.Salesforce.Wire;

/// <summary>What became of one part of a composite call; the whole answers 200 also where every part failed (contracts/salesforce.md 7).</summary>
internal sealed record CompositeAnswer(string Reference, int Status, JsonElement Body)
{
    internal bool Succeeded => Status is >= 200 and < 300;

    /// <summary>Reads the parts, in the order of the answer, which need not be that of the call.</summary>
    /// <exception cref="JsonException">The body is not what Salesforce documents.</exception>
    internal static IReadOnlyList<CompositeAnswer> Read(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        return
        [
            .. from part in document.RootElement.Items("compositeResponse")
               let status = part.Member("httpStatusCode")
               select new CompositeAnswer(
                   part.Text("referenceId") ?? "",
                   status.ValueKind == JsonValueKind.Number && status.TryGetInt32(out var code) ? code : throw new JsonException("A part has no status."),
                   part.Member("body") is { ValueKind: not JsonValueKind.Undefined } content ? content.Clone() : default),
        ];
    }
}

/// <summary>Writes a part of an answer out again, for the readers that go through bytes.</summary>
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class CompositeJson : JsonSerializerContext;
