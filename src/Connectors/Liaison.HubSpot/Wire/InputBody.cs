using System.Text.Json;

namespace Liaison.HubSpot.Wire;

/// <summary>The part of a body that every batch of HubSpot has.</summary>
internal static class InputBody
{
    extension(Utf8JsonWriter writer)
    {
        /// <summary>Writes the <c>inputs</c> of a batch.</summary>
        internal void WriteInputs<T>(IEnumerable<T> inputs, Action<Utf8JsonWriter, T> write)
        {
            writer.WriteStartArray("inputs");
            foreach (var input in inputs)
            {
                writer.WriteStartObject();
                write(writer, input);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }
    }
}
