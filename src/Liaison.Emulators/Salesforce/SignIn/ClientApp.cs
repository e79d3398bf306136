using System.Security.Cryptography;

namespace Liaison.Emulators.Salesforce.SignIn;

/// <summary>The external client app through which clients sign in (contract section 1.2).</summary>
internal sealed class ClientApp : IDisposable
{
    public const string ConsumerKey = "3MVG9liaison.demo.client.app";
    public const string ConsumerSecret = "liaison-demo-secret";

    private readonly RSA _verifier = RSA.Create(2048);

    public ClientApp(string? publicKey)
    {
        if (publicKey is null)
        {
            PrivateKey = _verifier.ExportPkcs8PrivateKeyPem();
        }
        else
        {
            _verifier.ImportFromPem(publicKey);
        }
    }

    /// <summary>Gets the private half of the key pair made at start; <see langword="null"/> where the caller keeps it.</summary>
    public string? PrivateKey { get; }

    /// <summary>Gets or sets the username of whom client credentials act as; <see langword="null"/> for an app without one.</summary>
    public string? RunAs { get; set; }

    /// <summary>Checks an RS256 signature.</summary>
    public bool Verifies(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature) =>
        _verifier.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    public void Dispose() => _verifier.Dispose();
}
