using System.Text.Json;
using System.Text.Json.Serialization;
using Liaison.Context;
using Liaison.Model;

namespace Liaison.Server.Rest.Views;

/// <summary>One field: how it stands, and its value where it has one.</summary>
/// <remarks>
/// Empty, absent and not permitted are three states and never one null. A value is typed JSON as in context packets: a number is a
/// number, a choice is <c>{value, label}</c>, a sum is <c>{amount, currency}</c>; texts by outsiders are marked untrusted.
/// </remarks>
[JsonConverter(typeof(FieldViewConverter))]
internal sealed record FieldView(Field Field);

/// <summary>Writes fields; they are never read.</summary>
internal sealed class FieldViewConverter : JsonConverter<FieldView>
{
    /// <inheritdoc/>
    public override FieldView Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Fields are only shown.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, FieldView value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("state", NameOf(value.Field.State));
        if (value.Field is { State: FieldState.Present, Value: { } present })
        {
            ContextValueJson.Write(writer, present);
        }

        writer.WriteEndObject();
    }

    private static string NameOf(FieldState state) => state switch
    {
        FieldState.Present => nameof(FieldState.Present),
        FieldState.Empty => nameof(FieldState.Empty),
        FieldState.Absent => nameof(FieldState.Absent),
        FieldState.NotPermitted => nameof(FieldState.NotPermitted),
    };
}
