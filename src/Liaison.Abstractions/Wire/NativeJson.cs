using System.Text;
using System.Text.Json;
using Liaison.Model;

namespace Liaison.Wire;

/// <summary>Reads JSON values as they stand, and walks through large answers without making a tree of them.</summary>
public static class NativeJson
{
    /// <summary>Reads the value at which the reader stands; objects and arrays are kept as their text.</summary>
    public static NativeValue Read(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return new(NativeKind.Text, Text(ref reader));
            case JsonTokenType.Null:
                return NativeValue.Null;
            case JsonTokenType.Number:
                return new(NativeKind.Number, Encoding.UTF8.GetString(reader.ValueSpan));
            case JsonTokenType.True:
                return new(NativeKind.Flag, "true");
            case JsonTokenType.False:
                return new(NativeKind.Flag, "false");
            default:
                return Read(JsonElement.ParseValue(ref reader));
        }
    }

    /// <summary>Reads a value of a tree; what is not there is null.</summary>
    public static NativeValue Read(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => NativeValue.OfText(value.GetString()),
        JsonValueKind.Number => new(NativeKind.Number, value.GetRawText()),
        JsonValueKind.True => new(NativeKind.Flag, "true"),
        JsonValueKind.False => new(NativeKind.Flag, "false"),
        JsonValueKind.Object or JsonValueKind.Array => new(NativeKind.Json, value.GetRawText()),
        _ => NativeValue.Null,
    };

    /// <summary>Enters the outermost object or array.</summary>
    /// <exception cref="JsonException">The answer begins otherwise.</exception>
    public static void Enter(ref Utf8JsonReader reader, JsonTokenType start)
    {
        if (!reader.Read() || reader.TokenType != start)
        {
            throw new JsonException("The answer is not of the documented form.");
        }
    }

    /// <summary>Goes to the value of the next property of the object in which the reader stands.</summary>
    /// <returns>Whether there is one; after the last the reader stands at the end of the object.</returns>
    public static bool NextProperty(ref Utf8JsonReader reader, out string name)
    {
        name = "";
        if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName)
        {
            return false;
        }

        name = reader.GetString()!;
        return reader.Read();
    }

    // CRMs cut long values, also through the middle of an emoji: one such value must not cost a page of records.
    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }
}
