using System.Buffers;
using System.Text.Json;
using Liaison.Model;

namespace Liaison.Salesforce.Wire;

/// <summary>Makes request bodies through a writer, so that no value ever becomes part of their structure.</summary>
internal static class JsonBody
{
    internal static ReadOnlyMemory<byte> Object(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

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

        /// <summary>Writes one field of a record; null clears it.</summary>
        internal void WriteField(string name, NativeValue value)
        {
            switch (value.Kind)
            {
                case NativeKind.Text:
                    writer.WriteString(name, value.Raw);
                    break;
                case NativeKind.Number:
                    writer.WritePropertyName(name);
                    writer.WriteRawValue(value.Raw!);
                    break;
                case NativeKind.Flag:
                    writer.WriteBoolean(name, value.Raw == "true");
                    break;
                case NativeKind.Null:
                    writer.WriteNull(name);
                    break;
                case NativeKind.Json:
                    throw new ArgumentException("Structures are read-only in Salesforce; their parts are written.", nameof(value));
                case NativeKind.Missing:
                    break;
            }
        }
    }
}
