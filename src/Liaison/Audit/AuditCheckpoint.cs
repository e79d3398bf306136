using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Liaison.Audit;

/// <summary>A signed statement that the chain, up to an entry, is the one that this installation wrote.</summary>
/// <remarks>
/// The chain alone shows a change by someone who does not recompute it. Whoever recomputes it would have to sign anew, and the
/// key lies outside the database.
/// </remarks>
/// <param name="Sequence">The entry up to which the statement reaches; checkpoints have rising sequences.</param>
/// <param name="EntryHash">The hash of that entry, and with it of all before.</param>
/// <param name="At">When it was signed, to the millisecond.</param>
/// <param name="KeyId">The fingerprint of the key that signed, see <see cref="AuditPublicKeys.IdOf"/>.</param>
/// <param name="PreviousHash">The <see cref="Hash"/> of the checkpoint before; <see cref="AuditChain.Genesis"/> for the first.</param>
/// <param name="Signature">ECDSA P-256 with SHA-256 over <see cref="Text"/>, DER-encoded, in Base64.</param>
public sealed record AuditCheckpoint(
    long Sequence, string EntryHash, DateTimeOffset At, string KeyId, string PreviousHash, string Signature)
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>Gets the text that is signed: one value a line, without a line feed at the end.</summary>
    public string Text => string.Join(
        '\n',
        "liaison audit checkpoint 1",
        Sequence.ToString(CultureInfo.InvariantCulture),
        EntryHash,
        At.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture),
        KeyId,
        PreviousHash);

    /// <summary>Gets SHA-256 over text and signature, in lower-case hex: what the next checkpoint names as the one before.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Text}\n{Signature}")));

    /// <summary>Signs the chain up to an entry.</summary>
    internal static AuditCheckpoint Sign(AuditSigningKey key, AuditRow newest, AuditCheckpoint? last, DateTimeOffset now)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());
        var unsigned = new AuditCheckpoint(newest.Sequence, newest.Hash, at, key.Id, last?.Hash ?? AuditChain.Genesis, "");
        return unsigned with { Signature = key.Sign(unsigned.Text) };
    }
}
