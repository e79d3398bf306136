using System.Security.Cryptography;
using System.Text;

namespace Liaison.Audit;

/// <summary>The public keys that checkpoints are held against: the one in use and those that were used before it.</summary>
/// <remarks>Used by one walk at a time. Whoever makes it disposes it.</remarks>
public sealed class AuditPublicKeys : IDisposable
{
    private const int IdLength = 32;

    private readonly Dictionary<string, ECDsa> keys = new(StringComparer.Ordinal);

    private AuditPublicKeys()
    {
    }

    /// <summary>Gets the fingerprints, in the order in which the keys were given.</summary>
    public IReadOnlyList<string> Ids => [.. keys.Keys];

    /// <summary>Gets all keys as PEM, one behind the other.</summary>
    public string Pem => string.Concat(keys.Values.Select(key => key.ExportSubjectPublicKeyInfoPem() + "\n"));

    /// <summary>Reads any number of PEM blocks that stand one behind the other.</summary>
    /// <exception cref="CryptographicException">A block is no public key on P-256.</exception>
    public static AuditPublicKeys FromPem(string pem)
    {
        ArgumentNullException.ThrowIfNull(pem);
        var read = new AuditPublicKeys();
        try
        {
            var rest = pem.AsSpan();
            while (PemEncoding.TryFind(rest, out var found))
            {
                read.Add(rest[found.Location]);
                rest = rest[found.Location.End..];
            }

            return read;
        }
        catch (Exception wrong) when (wrong is ArgumentException or CryptographicException)
        {
            read.Dispose();
            throw new CryptographicException("A public key of the audit is no ECDSA key on P-256 in PEM.", wrong);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var key in keys.Values)
        {
            key.Dispose();
        }
    }

    /// <summary>The fingerprint of a key: the first half of SHA-256 over its public part (SubjectPublicKeyInfo), in lower-case hex.</summary>
    internal static string IdOf(ECDsa key) =>
        Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..IdLength];

    internal static void RequireP256(ECDsa key)
    {
        if (key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value != ECCurve.NamedCurves.nistP256.Oid.Value)
        {
            throw new CryptographicException("The key is on another curve.");
        }
    }

    internal bool Knows(string keyId) => keys.ContainsKey(keyId);

    /// <summary>Tells whether a text was signed with the key of that fingerprint.</summary>
    internal bool Signed(string keyId, string text, string signature)
    {
        var bytes = new byte[signature.Length];
        return keys.TryGetValue(keyId, out var key)
            && Convert.TryFromBase64String(signature, bytes, out var length)
            && key.VerifyData(
                Encoding.UTF8.GetBytes(text), bytes.AsSpan(0, length), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    private void Add(ReadOnlySpan<char> block)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(block);
            RequireP256(key);
        }
        catch
        {
            key.Dispose();
            throw;
        }

        if (!keys.TryAdd(IdOf(key), key))
        {
            key.Dispose();
        }
    }
}
