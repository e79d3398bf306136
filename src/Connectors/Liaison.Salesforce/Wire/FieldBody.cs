using System.Text.Json;
using Liaison.Model;

namespace Liaison.Salesforce.Wire;

/// <summary>The part of a body that every record of Salesforce has.</summary>
internal static class FieldBody
{
    extension(Utf8JsonWriter writer)
    {
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
