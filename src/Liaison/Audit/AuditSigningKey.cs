using System.Security.Cryptography;
using System.Text;

namespace Liaison.Audit;

/// <summary>The private key that checkpoints are signed with: ECDSA on P-256, as PEM.</summary>
/// <remarks>Safe for concurrent use. Whoever makes it disposes it.</remarks>
public sealed class AuditSigningKey : IDisposable
{
    private readonly Lock gate = new();
    private readonly ECDsa key;

    private AuditSigningKey(ECDsa key)
    {
        this.key = key;
        PublicPem = key.ExportSubjectPublicKeyInfoPem() + "\n";
        Id = AuditPublicKeys.IdOf(key);
    }

    /// <summary>Gets the fingerprint that checkpoints name.</summary>
    public string Id { get; }

    /// <summary>Gets the public half, for whoever verifies.</summary>
    public string PublicPem { get; }

    /// <summary>Makes a new key.</summary>
    public static AuditSigningKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Reads a key.</summary>
    /// <exception cref="CryptographicException">The text is no private key on P-256; it is not repeated.</exception>
    public static AuditSigningKey FromPem(string pem)
    {
        ArgumentNullException.ThrowIfNull(pem);
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            AuditPublicKeys.RequireP256(key);

            // A public key imports as well and would fail only at the first checkpoint.
            _ = key.SignData([], HashAlgorithmName.SHA256);
            return new AuditSigningKey(key);
        }
        catch (Exception wrong) when (wrong is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new CryptographicException("The audit's signing key is no private ECDSA key on P-256 in PEM.", wrong);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();

    /// <summary>Gives the private half, for the file that keeps it.</summary>
    internal string PrivatePem() => key.ExportPkcs8PrivateKeyPem() + "\n";

    internal string Sign(string text)
    {
        lock (gate)
        {
            // DER, so that anybody's openssl can verify it.
            return Convert.ToBase64String(
                key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        }
    }
}
