using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Liaison.Audit;

/// <summary>The first line of an export.</summary>
/// <param name="LiaisonAudit">The version of the format.</param>
/// <param name="Installation">A name for people; nothing depends on it.</param>
/// <param name="From">The sequence of the first entry.</param>
/// <param name="PreviousHash">The hash before the first entry.</param>
/// <param name="PublicKeys">The keys as PEM. Who can forge the file can put others here: an auditor compares them with those kept apart.</param>
internal sealed record AuditExportHeader(
    int LiaisonAudit, string Installation, DateTimeOffset ExportedAt, long From, string PreviousHash, string PublicKeys)
{
    public const int Version = 1;
}

/// <summary>A line of an export behind the first; exactly one is there, except in a line that cannot be read.</summary>
internal sealed record AuditExportLine(AuditRow? Row = null, AuditCheckpoint? Checkpoint = null, AuditSeal? Seal = null);

/// <summary>How the lines of an export are written and read.</summary>
internal static class AuditExportFormat
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static Utf8JsonWriter Writer(IBufferWriter<byte> buffer) => new(buffer, Writing);

    public static string HashOf(ReadOnlySpan<byte> header) => Convert.ToHexStringLower(SHA256.HashData(header));

    /// <summary>Writes an entry's line without its end; the entry stands in it in the bytes that were hashed.</summary>
    public static void Write(Utf8JsonWriter writer, AuditRow row)
    {
        writer.WriteStartObject();
        writer.WriteNumber("sequence"u8, row.Sequence);
        writer.WriteString("previousHash"u8, row.PreviousHash);
        writer.WriteString("hash"u8, row.Hash);
        writer.WritePropertyName("entry"u8);

        // Only an emptied row has none; what is written for it fits no hash either.
        writer.WriteRawValue(row.Canonical.Length == 0 ? "null"u8 : row.Canonical.Span, skipInputValidation: true);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, AuditCheckpoint checkpoint) =>
        JsonSerializer.Serialize(writer, new CheckpointLine(checkpoint), AuditExportJson.Default.CheckpointLine);

    public static void Write(Utf8JsonWriter writer, AuditSeal seal) =>
        JsonSerializer.Serialize(writer, new SealLine(seal), AuditExportJson.Default.SealLine);

    /// <summary>Reads the first line; <see langword="null"/> for anything else.</summary>
    public static AuditExportHeader? ReadHeader(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, AuditExportJson.Default.AuditExportHeader);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Reads a line behind the first.</summary>
    public static AuditExportLine Read(ReadOnlySpan<byte> line)
    {
        try
        {
            if (line.StartsWith("{\"checkpoint\""u8))
            {
                return new AuditExportLine(Checkpoint: JsonSerializer.Deserialize(line, AuditExportJson.Default.CheckpointLine)!.Checkpoint);
            }

            return line.StartsWith("{\"seal\""u8)
                ? new AuditExportLine(Seal: JsonSerializer.Deserialize(line, AuditExportJson.Default.SealLine)!.Seal)
                : new AuditExportLine(ReadRow(line));
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or FormatException)
        {
            return new AuditExportLine();
        }
    }

    private static AuditRow? ReadRow(ReadOnlySpan<byte> line)
    {
        long? sequence = null;
        string? previousHash = null;
        string? hash = null;
        byte[]? canonical = null;
        var reader = new Utf8JsonReader(line);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("sequence"u8) && reader.Read())
            {
                sequence = reader.GetInt64();
            }
            else if (reader.ValueTextEquals("previousHash"u8) && reader.Read())
            {
                previousHash = reader.GetString();
            }
            else if (reader.ValueTextEquals("hash"u8) && reader.Read())
            {
                hash = reader.GetString();
            }
            else if (reader.ValueTextEquals("entry"u8) && reader.Read())
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                canonical = line[start..(int)reader.BytesConsumed].ToArray();
            }
            else
            {
                return null;
            }
        }

        return sequence is { } place && previousHash is not null && hash is not null && canonical is not null
            ? new AuditRow(place, canonical, previousHash, hash)
            : null;
    }

    internal sealed record CheckpointLine(AuditCheckpoint Checkpoint);

    internal sealed record SealLine(AuditSeal Seal);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, IgnoreReadOnlyProperties = true, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(AuditExportHeader))]
[JsonSerializable(typeof(AuditExportFormat.CheckpointLine))]
[JsonSerializable(typeof(AuditExportFormat.SealLine))]
internal sealed partial class AuditExportJson : JsonSerializerContext;
