using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Liaison.Audit;

/// <summary>A piece of the chain that was walked by itself; pieces are walked side by side and joined after.</summary>
/// <param name="First">The first sequence that was found; 0 where nothing was.</param>
/// <param name="PreviousHash">The hash that the first row names as the one before.</param>
/// <param name="Last">The last row of those that follow from each other.</param>
/// <param name="LastHash">The hash of that row.</param>
/// <param name="Whole">Whether every row that was found follows from the one before it.</param>
public sealed record AuditSegment(long First, string PreviousHash, long Last, string LastHash, bool Whole)
{
    /// <summary>What a walk behind the end of the chain gives.</summary>
    public static AuditSegment Nothing { get; } = new(0, "", 0, "", Whole: true);

    /// <summary>Walks rows that were read one by one.</summary>
    public static async Task<AuditSegment> WalkAsync(IAsyncEnumerable<AuditRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var walk = new AuditSegmentWalk();
        await foreach (var row in rows)
        {
            walk.Step(row.Sequence, row.Canonical.Span, Encoding.UTF8.GetBytes(row.PreviousHash), Encoding.UTF8.GetBytes(row.Hash));
        }

        return walk.Segment;
    }
}

/// <summary>Walks one piece of the chain over the bytes as they lie in a store, without making a text or an array a row.</summary>
public sealed class AuditSegmentWalk
{
    private const int HashLength = SHA256.HashSizeInBytes * 2;
    private const int LongestPlace = 22;

    private readonly byte[] hash = new byte[HashLength];
    private byte[] bytes = new byte[2048];
    private long first;
    private long last;
    private string previous = "";
    private bool broken;

    /// <summary>Gets what was walked so far.</summary>
    public AuditSegment Segment => first == 0 ? AuditSegment.Nothing : new(first, previous, last, Encoding.ASCII.GetString(hash), !broken);

    /// <summary>Steps onto the next row; behind one that does not follow nothing is looked at any more.</summary>
    /// <returns>Whether the row follows from the one before; the first always follows and needs only its own hash.</returns>
    public bool Step(long sequence, ReadOnlySpan<byte> canonical, ReadOnlySpan<byte> previousHash, ReadOnlySpan<byte> rowHash)
    {
        if (first == 0)
        {
            first = sequence;
            previous = Encoding.UTF8.GetString(previousHash);
        }
        else if (broken || sequence != last + 1 || !previousHash.SequenceEqual(hash))
        {
            broken = true;
            return false;
        }

        broken = !IsHash(sequence, canonical, previousHash, rowHash);
        if (!broken)
        {
            last = sequence;
            rowHash.CopyTo(hash);
        }

        return !broken;
    }

    private bool IsHash(long sequence, ReadOnlySpan<byte> canonical, ReadOnlySpan<byte> previousHash, ReadOnlySpan<byte> rowHash)
    {
        var most = previousHash.Length + canonical.Length + LongestPlace;
        if (bytes.Length < most)
        {
            bytes = new byte[most * 2];
        }

        // As AuditChain hashes; tests hold the two against each other.
        previousHash.CopyTo(bytes);
        var length = previousHash.Length;
        bytes[length++] = (byte)'\n';
        sequence.TryFormat(bytes.AsSpan(length), out var digits, default, CultureInfo.InvariantCulture);
        length += digits;
        bytes[length++] = (byte)'\n';
        canonical.CopyTo(bytes.AsSpan(length));
        length += canonical.Length;

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes.AsSpan(0, length), digest);
        Span<byte> hex = stackalloc byte[HashLength];
        return Convert.TryToHexStringLower(digest, hex, out _) && hex.SequenceEqual(rowHash);
    }
}
