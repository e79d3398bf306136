using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Liaison.Model;

namespace Liaison.Writeback;

/// <summary>What a change set does at the CRM in the end.</summary>
public enum WriteOperation
{
    /// <summary>Sets fields of a record that stands.</summary>
    Update,

    /// <summary>Makes a record, with its links.</summary>
    Create,

    /// <summary>Makes or takes away a link.</summary>
    Link,

    /// <summary>Deletes a record that an earlier change set made.</summary>
    Delete,
}

/// <summary>The content of a change set in the form that is stored, hashed, shown and applied.</summary>
/// <param name="Action">The kind of change, as in <c>update-fields</c>.</param>
/// <param name="Type">The record type that is written: for a task on a contact, <c>task</c>.</param>
/// <param name="Reason">Why, as the proposer says it.</param>
/// <param name="Source">Which workflow asks.</param>
/// <param name="Fields">The fields with what stood and what is to stand there; the stamps of source and time among them.</param>
public sealed record ChangeContent(
    string Action, WriteOperation Operation, string Type, string Reason, string Source, IReadOnlyList<FieldDelta> Fields)
{
    private const string Dropped = "(dropped)";

    /// <summary>Gets the links that are made or taken away.</summary>
    public IReadOnlyList<LinkDelta> Links { get; init; } = [];

    /// <summary>Gets what the proposer cites.</summary>
    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    /// <summary>Gets what an approver should know before saying yes, a sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Gets the change set that this one undoes.</summary>
    public string? Undoes { get; init; }

    /// <summary>Gives what stays when values have been kept long enough: the kind, the fields' names and the links; no value and no word that may repeat one.</summary>
    public ChangeContent WithoutValues() => this with
    {
        Reason = Dropped,
        Fields = [.. Fields.Select(delta => delta with { Before = NativeValue.Missing, After = NativeValue.Missing, BeforeText = Dropped, AfterText = Dropped })],
        Evidence = [],
        Warnings = [],
    };

    /// <summary>Tells whether another asks for the same on the same ground, whatever the stamps and the reason say.</summary>
    internal bool AsksForTheSameAs(ChangeContent other) =>
        (Action, Operation, Type) == (other.Action, other.Operation, other.Type)
        && Unstamped(this).SequenceEqual(Unstamped(other))
        && Links.SequenceEqual(other.Links);

    /// <summary>Gives the stored form.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ChangeJson.Default.ChangeContent);

    /// <summary>Reads the stored form.</summary>
    public static ChangeContent FromJson(string json) =>
        JsonSerializer.Deserialize(json, ChangeJson.Default.ChangeContent)
        ?? throw new JsonException("A change set without content.");

    /// <summary>Hashes content and target together, so that an approval fits no other record.</summary>
    public static string HashOf(RecordRef target, string json) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{target}\n{json}")));

    private static IEnumerable<FieldDelta> Unstamped(ChangeContent content) => content.Fields.Where(delta => !Schema.AiFields.Stamps.Contains(delta.Field));
}

/// <summary>One field of a change set: what stood there, what is to stand there, in the CRM's form and in people's.</summary>
/// <param name="Field">The canonical name.</param>
/// <param name="NativeName">The CRM's name.</param>
/// <param name="Before">The raw value at the time of the proposal.</param>
/// <param name="After">The raw value to be written.</param>
public sealed record FieldDelta(
    string Field, string NativeName, NativeValue Before, NativeValue After, string BeforeText, string AfterText);

/// <summary>One link of a change set.</summary>
/// <param name="Label">What it is called; <see langword="null"/> for a plain link.</param>
public sealed record LinkDelta(string ToType, string ToId, string? Label, bool Remove);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ChangeContent))]
[JsonSerializable(typeof(Approval))]
internal sealed partial class ChangeJson : JsonSerializerContext;
