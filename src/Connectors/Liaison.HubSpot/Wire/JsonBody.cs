using System.Buffers;
using System.Text.Json;

namespace Liaison.HubSpot.Wire;

/// <summary>Makes request bodies through a writer, so that no value ever becomes part of their structure.</summary>
internal static class JsonBody
{
    internal static ReadOnlyMemory<byte> Object(Action<Utf8JsonWriter> write) => Whole(writer =>
    {
        writer.WriteStartObject();
        write(writer);
        writer.WriteEndObject();
    });

    internal static ReadOnlyMemory<byte> Array(Action<Utf8JsonWriter> write) => Whole(writer =>
    {
        writer.WriteStartArray();
        write(writer);
        writer.WriteEndArray();
    });

    extension(Utf8JsonWriter writer)
    {
        /// <summary>Writes an array of texts.</summary>
        internal void WriteTexts(string name, IEnumerable<string> texts)
        {
            writer.WriteStartArray(name);
            foreach (var text in texts)
            {
                writer.WriteStringValue(text);
            }

            writer.WriteEndArray();
        }

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

    private static ReadOnlyMemory<byte> Whole(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        return buffer.WrittenMemory;
    }
}
