using System.Text.Json;
using Liaison.Connectors;

namespace Liaison.HubSpot.Records;

/// <summary>One input of a batch: a write, or several of one record in their order.</summary>
/// <param name="Keys">The keys of the writes; the first travels as the trace id.</param>
/// <param name="Id">The record to update; <see langword="null"/> creates one.</param>
internal sealed record WriteInput(IReadOnlyList<string> Keys, string? Id, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>Gets the links that travel in a create.</summary>
    internal IReadOnlyList<BirthLink> Links { get; init; } = [];

    /// <summary>Gets the key by which HubSpot changes a record or makes one.</summary>
    internal UniqueKey? Unique { get; init; }

    internal string TraceId => Keys[0];

    // HubSpot refuses a batch that names a record twice (contracts/hubspot.md 6.2), so its patches are laid over each other.
    internal static IReadOnlyList<WriteInput> Updates(IEnumerable<RecordWrite> writes) =>
        [.. writes.Where(write => write.Id is not null).GroupBy(write => write.Id, StringComparer.Ordinal).Select(Of)];

    internal static IReadOnlyList<WriteInput> Upserts(string property, IEnumerable<RecordUpsert> upserts) =>
    [
        .. upserts
            .GroupBy(upsert => upsert.Value.Trim(), StringComparer.OrdinalIgnoreCase)
            .Select(same => Of(same.Select(upsert => new RecordWrite(upsert.Key, null, upsert.Values))) with { Unique = new(property, same.Key) }),
    ];

    internal static WriteInput Create(RecordWrite write, IReadOnlyList<BirthLink> links) => Of([write]) with { Links = links };

    internal void WriteTo(Utf8JsonWriter writer)
    {
        if (Id is not null)
        {
            writer.WriteString("id", Id);
        }
        else if (Unique is not null)
        {
            writer.WriteString("id", Unique.Value);
            writer.WriteString("idProperty", Unique.Property);
        }
        else
        {
            BirthLinks.WriteTo(writer, Links);
        }

        writer.WriteString("objectWriteTraceId", TraceId);
        writer.WriteStartObject("properties");
        foreach (var (name, value) in Values)
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
    }

    private static WriteInput Of(IEnumerable<RecordWrite> writes)
    {
        var all = writes.ToList();
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in all.SelectMany(write => write.Values))
        {
            values[name] = value.Raw ?? throw new ArgumentException("A null is refused before it comes here.", nameof(writes));
        }

        return new([.. all.Select(write => write.Key)], all[0].Id, values);
    }
}
