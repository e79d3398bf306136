using System.Text.Json;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Salesforce.Declaration;
using Liaison.Salesforce.Wire;
using Liaison.Wire;

namespace Liaison.Salesforce.Records;

/// <summary>One record of a collection that is to be written.</summary>
/// <param name="Id">The record to update; <see langword="null"/> makes one.</param>
internal sealed record CollectionItem(string Sobject, string? Id, IReadOnlyDictionary<string, NativeValue> Values)
{
    internal void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();

        // The first of all members, or Salesforce does not read the rest (contracts/salesforce.md 7).
        writer.WriteStartObject("attributes");
        writer.WriteString("type", Sobject);
        writer.WriteEndObject();
        if (Id is not null)
        {
            writer.WriteString("id", Id);
        }

        foreach (var (name, value) in Values)
        {
            writer.WriteField(name, value);
        }

        writer.WriteEndObject();
    }
}

/// <summary>What became of one record of a collection.</summary>
/// <param name="Id">The record's id, where the answer tells it.</param>
/// <param name="Failure">Why it was refused; <see langword="null"/> where it was taken.</param>
internal sealed record CollectionOutcome(string? Id, Failure? Failure)
{
    /// <summary>Gets whether an upsert made the record; <see langword="null"/> where the answer does not say.</summary>
    internal bool? Created { get; init; }

    /// <summary>Reads the outcomes of a collection, which come in the order of its records.</summary>
    /// <exception cref="JsonException">The answer is not a list of so many outcomes.</exception>
    internal static IReadOnlyList<CollectionOutcome> ReadAll(JsonElement body, int count) =>
        body.ValueKind == JsonValueKind.Array && body.GetArrayLength() == count
            ? [.. body.EnumerateArray().Select(Read)]
            : throw new JsonException("The answer does not tell of each record.");

    private static CollectionOutcome Read(JsonElement item) => new(
        item.Text("id") is { } id ? SalesforceId.Normalize(id) ?? id : null,
        item.Member("success").ValueKind == JsonValueKind.True ? null : SalesforceErrors.OfItem(ErrorReader.Read(item.Member("errors"))))
    {
        Created = item.Member("created").ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null },
    };
}
