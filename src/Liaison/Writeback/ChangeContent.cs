using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Liaison.Model;

namespace Liaison.Writeback;

/// <summary>The content of a change set in the form that is stored, hashed, shown and applied.</summary>
public sealed record ChangeContent(string Action, string Reason, string Source, IReadOnlyList<FieldDelta> Fields)
{
    /// <summary>Gives the stored form.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ChangeJson.Default.ChangeContent);

    /// <summary>Reads the stored form.</summary>
    public static ChangeContent FromJson(string json) =>
        JsonSerializer.Deserialize(json, ChangeJson.Default.ChangeContent)
        ?? throw new JsonException("A change set without content.");

    /// <summary>Hashes content and target together, so that an approval fits no other record.</summary>
    public static string HashOf(RecordRef target, string json) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{target}\n{json}")));
}

/// <summary>One field of a change set: what stood there, what is to stand there, in the CRM's form and in people's.</summary>
/// <param name="Field">The canonical name.</param>
/// <param name="NativeName">The CRM's name.</param>
/// <param name="Before">The raw value at the time of the proposal.</param>
/// <param name="After">The raw value to be written.</param>
public sealed record FieldDelta(
    string Field, string NativeName, NativeValue Before, NativeValue After, string BeforeText, string AfterText);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ChangeContent))]
internal sealed partial class ChangeJson : JsonSerializerContext;
