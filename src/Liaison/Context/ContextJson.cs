using System.Buffers;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Liaison.Model;
using Liaison.Normalization;

namespace Liaison.Context;

/// <summary>The JSON of a packet: equal packets give equal bytes, and the hash of these is what the audit keeps.</summary>
/// <remarks>Words that people outside may have written are marked <c>untrusted</c>: they are data and never instructions.</remarks>
public static class ContextJson
{
    // Letters of every script stay readable; markup, control and invisible characters are escaped.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>Renders the packet as UTF-8.</summary>
    public static ReadOnlyMemory<byte> Render(ContextPacket packet)
    {
        ArgumentNullException.ThrowIfNull(packet);
        var bytes = new ArrayBufferWriter<byte>(2048);
        using var json = new Utf8JsonWriter(bytes, Options);
        json.WriteStartObject();
        json.WriteString("profile", packet.Profile);
        json.WriteStartObject("subject");
        WriteReference(json, packet.Subject);
        json.WriteEndObject();
        json.WriteStartArray("sections");
        foreach (var section in packet.Sections)
        {
            WriteSection(json, section);
        }

        json.WriteEndArray();
        json.WriteStartArray("unavailable");
        foreach (var section in packet.Unavailable)
        {
            json.WriteStartObject();
            json.WriteString("name", section.Name);
            json.WriteString("reason", section.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenMemory;
    }

    /// <summary>Gives the SHA-256 of the rendering as 64 hexadecimal digits.</summary>
    public static string Hash(ContextPacket packet) => Convert.ToHexStringLower(SHA256.HashData(Render(packet).Span));

    private static void WriteReference(Utf8JsonWriter json, RecordRef reference)
    {
        json.WriteString("connection", reference.Connection.Value);
        json.WriteString("type", reference.Type.Name);
        json.WriteString("id", reference.Id);
    }

    private static void WriteSection(Utf8JsonWriter json, ContextSection section)
    {
        json.WriteStartObject();
        json.WriteString("name", section.Name);
        json.WriteStartObject("source");
        WriteReference(json, section.Provenance.Record);
        json.WriteString("nativeType", section.Provenance.NativeType);
        json.WriteString("readAt", TemporalText.Print(section.Provenance.ReadAt));
        json.WriteEndObject();
        if (section.UpdatedAt is { } updated)
        {
            json.WriteString("updatedAt", TemporalText.Print(updated));
        }

        json.WriteBoolean("stale", section.Stale);
        json.WriteStartArray("fields");
        foreach (var field in section.Fields)
        {
            json.WriteStartObject();
            json.WriteString("name", field.Name);
            json.WriteString("state", NameOf(field.State));
            if (field is { State: FieldState.Present, Value: { } value })
            {
                ContextValueJson.Write(json, value);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string NameOf(FieldState state) => state switch
    {
        FieldState.Present => "present",
        FieldState.Empty => "empty",
        FieldState.Absent => "absent",
        FieldState.NotPermitted => "not_permitted",
        _ => throw new UnreachableException(),
    };
}
