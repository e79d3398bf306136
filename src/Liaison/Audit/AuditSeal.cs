using System.Globalization;
using System.Text.Json.Serialization;

namespace Liaison.Audit;

/// <summary>The signed last line of an export: without it, or with an earlier one, a cut of the export's end would not be seen.</summary>
/// <remarks>A checkpoint cannot stand for it: every checkpoint inside an export would close a shorter one just as well.</remarks>
/// <param name="Header">SHA-256 over the first line without its line feed, in lower-case hex.</param>
/// <param name="Last">The last entry of the export; one before its first where it holds none.</param>
/// <param name="LastHash">The hash of that entry.</param>
internal sealed record AuditSeal(string Header, long Last, string LastHash, string KeyId, string Signature)
{
    /// <summary>Gets the text that is signed: one value a line, without a line feed at the end.</summary>
    [JsonIgnore]
    public string Text => string.Join(
        '\n', "liaison audit export 1", Header, Last.ToString(CultureInfo.InvariantCulture), LastHash, KeyId);

    public static AuditSeal Sign(AuditSigningKey key, string header, AuditWalk walk)
    {
        var unsigned = new AuditSeal(header, walk.Next - 1, walk.Hash, key.Id, "");
        return unsigned with { Signature = key.Sign(unsigned.Text) };
    }

    /// <summary>Holds the seal against the keys and against the export that was walked up to it.</summary>
    public AuditFault? Judge(AuditWalk walk, AuditPublicKeys keys, string header)
    {
        if (!keys.Knows(KeyId))
        {
            return walk.Fault(AuditFaultKind.UnknownKey, Last);
        }

        if (Header != header || !keys.Signed(KeyId, Text, Signature))
        {
            return walk.Fault(AuditFaultKind.SignatureWrong, Last);
        }

        if (Last != walk.Next - 1)
        {
            return Last >= walk.Next ? walk.Fault(AuditFaultKind.Truncated, walk.Next) : walk.Fault(AuditFaultKind.Inserted, Last + 1);
        }

        return LastHash == walk.Hash ? null : walk.Fault(AuditFaultKind.Rewritten, Last);
    }
}
