using System.Buffers;
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

    private const int HashLength = SHA256.HashSizeInBytes * 2;

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
        if (row.Sequence != sequence || row.PreviousHash != previousHash)
        {
            return false;
        }

        Span<char> hash = stackalloc char[HashLength];
        Hash(sequence, previousHash, row.Canonical, hash);
        return hash.SequenceEqual(row.Hash);
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
        Span<char> hash = stackalloc char[HashLength];
        Hash(sequence, previousHash, canonical, hash);
        return new string(hash);
    }

    // A walk along the chain does this for every row that there is: it makes no text and no array on the way.
    private static void Hash(long sequence, string previousHash, string canonical, Span<char> hash)
    {
        var most = Encoding.UTF8.GetMaxByteCount(previousHash.Length + canonical.Length + 24);
        var bytes = ArrayPool<byte>.Shared.Rent(most);
        var length = Encoding.UTF8.GetBytes(previousHash, bytes);
        bytes[length++] = (byte)'\n';
        sequence.TryFormat(bytes.AsSpan(length), out var digits, default, CultureInfo.InvariantCulture);
        length += digits;
        bytes[length++] = (byte)'\n';
        length += Encoding.UTF8.GetBytes(canonical, bytes.AsSpan(length));

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes.AsSpan(0, length), digest);
        ArrayPool<byte>.Shared.Return(bytes);
        Convert.TryToHexStringLower(digest, hash, out _);
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AuditEntry))]
internal sealed partial class AuditJson : JsonSerializerContext;
