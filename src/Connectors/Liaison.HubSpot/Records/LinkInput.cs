using System.Text.Json;
using Liaison.Connectors;

namespace Liaison.HubSpot.Records;

/// <summary>One link to be written, with the kind of link that its label stands for.</summary>
/// <param name="Type">The kind of a labelled link; <see langword="null"/> for the link itself, which HubSpot names by none.</param>
internal sealed record LinkInput(LinkWrite Link, AssociationType? Type)
{
    /// <summary>Gets the batch that the link goes with: without labels HubSpot makes the plain link and takes away the whole one.</summary>
    internal string Verb => (Link.Remove, Type) switch
    {
        (false, null) => "associate/default",
        (false, _) => "create",
        (true, null) => "archive",
        (true, _) => "labels/archive",
    };

    internal RecordPair Pair => new(Link.FromId, Link.ToId);

    internal void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("from");
        writer.WriteString("id", Link.FromId);
        writer.WriteEndObject();

        // The one batch that takes a list of far ends.
        var many = Link.Remove && Type is null;
        if (many)
        {
            writer.WriteStartArray("to");
            writer.WriteStartObject();
        }
        else
        {
            writer.WriteStartObject("to");
        }

        writer.WriteString("id", Link.ToId);
        writer.WriteEndObject();
        if (many)
        {
            writer.WriteEndArray();
        }

        if (Type is not null)
        {
            writer.WriteStartArray("types");
            Type.WriteTo(writer);
            writer.WriteEndArray();
        }
    }
}
