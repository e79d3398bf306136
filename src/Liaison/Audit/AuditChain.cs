using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Liaison.Audit;

/// <summary>How audit entries are chained: each hash covers the one before, so that no edit, cut or insertion stays unseen.</summary>
public static class AuditChain
{
    /// <summary>The hash before the first entry.</summary>
    public const string Genesis = "0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>Puts an entry into its place.</summary>
    public static AuditRow Seal(AuditEntry entry, long sequence, string previousHash)
    {
        var canonical = JsonSerializer.Serialize(entry, AuditJson.Default.AuditEntry);
        return new AuditRow(sequence, canonical, previousHash, HashOf(sequence, previousHash, canonical));
    }

    /// <summary>Tells whether a row follows from the one before it.</summary>
    /// <param name="sequence">The place that the row must have.</param>
    public static bool Follows(AuditRow row, long sequence, string previousHash)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.Sequence == sequence
            && row.PreviousHash == previousHash
            && row.Hash == HashOf(sequence, previousHash, row.Canonical);
    }

    /// <summary>Reads the entry out of a row.</summary>
    public static AuditEntry Open(AuditRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return JsonSerializer.Deserialize(row.Canonical, AuditJson.Default.AuditEntry)
            ?? throw new JsonException($"Audit row {row.Sequence} holds no entry.");
    }

    private static string HashOf(long sequence, string previousHash, string canonical)
    {
        var bytes = Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{previousHash}\n{sequence}\n{canonical}"));
        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AuditEntry))]
internal sealed partial class AuditJson : JsonSerializerContext;
