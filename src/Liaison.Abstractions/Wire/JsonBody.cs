using System.Buffers;
using System.Text.Json;

namespace Liaison.Wire;

/// <summary>Makes request bodies through a writer, so that no value ever becomes part of their structure.</summary>
public static class JsonBody
{
    /// <summary>Makes a body that is one object.</summary>
    public static ReadOnlyMemory<byte> OfObject(Action<Utf8JsonWriter> write)
    {
        ArgumentNullException.ThrowIfNull(write);

        return Whole(writer =>
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        });
    }

    /// <summary>Makes a body that is one array.</summary>
    public static ReadOnlyMemory<byte> OfArray(Action<Utf8JsonWriter> write)
    {
        ArgumentNullException.ThrowIfNull(write);

        return Whole(writer =>
        {
            writer.WriteStartArray();
            write(writer);
            writer.WriteEndArray();
        });
    }

    extension(Utf8JsonWriter writer)
    {
        /// <summary>Writes an array of texts.</summary>
        public void WriteTexts(string name, IEnumerable<string> texts)
        {
            ArgumentNullException.ThrowIfNull(writer);
            ArgumentNullException.ThrowIfNull(texts);

            writer.WriteStartArray(name);
            foreach (var text in texts)
            {
                writer.WriteStringValue(text);
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
