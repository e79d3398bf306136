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
    private const int ShortEntry = 2048;
    private const int LongestNumber = 20;

    /// <summary>Writes an entry in the bytes that are hashed; they need no place in the chain, so many callers may write at once.</summary>
    public static byte[] Write(AuditEntry entry) => JsonSerializer.SerializeToUtf8Bytes(entry, AuditJson.Default.AuditEntry);

    /// <summary>Puts an entry into its place.</summary>
    public static AuditRow Seal(AuditEntry entry, long sequence, string previousHash) => Seal(Write(entry), sequence, previousHash);

    /// <summary>Puts a written entry into its place.</summary>
    public static AuditRow Seal(ReadOnlyMemory<byte> canonical, long sequence, string previousHash)
    {
        ArgumentNullException.ThrowIfNull(previousHash);
        Span<char> hash = stackalloc char[HashLength];
        Hash(sequence, previousHash, canonical.Span, hash);
        return new AuditRow(sequence, canonical, previousHash, new string(hash));
    }

    /// <summary>Tells whether a row follows from the one before it.</summary>
    /// <param name="sequence">The place that the row must have.</param>
    public static bool Follows(AuditRow row, long sequence, string previousHash)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.Sequence == sequence && row.PreviousHash == previousHash && Fits(row, sequence);
    }

    /// <summary>Reads the entry out of a row.</summary>
    public static AuditEntry Open(AuditRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return JsonSerializer.Deserialize(row.Canonical.Span, AuditJson.Default.AuditEntry)
            ?? throw new JsonException($"Audit row {row.Sequence} holds no entry.");
    }

    /// <summary>Tells whether a row's hash is that of its content at a place, whatever stands before it.</summary>
    internal static bool Fits(AuditRow row, long sequence)
    {
        Span<char> hash = stackalloc char[HashLength];
        Hash(sequence, row.PreviousHash, row.Canonical.Span, hash);
        return hash.SequenceEqual(row.Hash);
    }

    // A walk along the chain does this for every row that there is: it makes no text and no array on the way.
    private static void Hash(long sequence, string previousHash, ReadOnlySpan<byte> canonical, Span<char> hash)
    {
        var most = Encoding.UTF8.GetMaxByteCount(previousHash.Length) + canonical.Length + LongestNumber + 2;
        byte[]? rented = null;
        var bytes = most <= ShortEntry ? stackalloc byte[ShortEntry] : (rented = ArrayPool<byte>.Shared.Rent(most));
        var length = Encoding.UTF8.GetBytes(previousHash, bytes);
        bytes[length++] = (byte)'\n';
        sequence.TryFormat(bytes[length..], out var digits, default, CultureInfo.InvariantCulture);
        length += digits;
        bytes[length++] = (byte)'\n';
        canonical.CopyTo(bytes[length..]);
        length += canonical.Length;

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..length], digest);
        Convert.TryToHexStringLower(digest, hash, out _);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AuditEntry))]
internal sealed partial class AuditJson : JsonSerializerContext;
