using System.Security.Cryptography;

namespace Liaison.Emulators.Salesforce.SignIn;

/// <summary>The external client app through which clients sign in (contract section 1.2).</summary>
internal sealed class ClientApp : IDisposable
{
    public const string ConsumerKey = "3MVG9liaison.demo.client.app";
    public const string ConsumerSecret = "liaison-demo-secret";

    // Made when it is first asked for: it takes longer than all the rest of a start.
    private readonly Lazy<RSA> _verifier;
    private readonly bool _ours;

    public ClientApp(string? publicKey)
    {
        _ours = publicKey is null;
        _verifier = new(() =>
        {
            var key = RSA.Create(2048);
            if (publicKey is not null)
            {
                key.ImportFromPem(publicKey);
            }

            return key;
        });
        if (publicKey is not null)
        {
            // A key that is none is told at the start.
            _ = _verifier.Value;
        }
    }

    /// <summary>Gets the private half of the key pair made here; <see langword="null"/> where the caller keeps it.</summary>
    public string? PrivateKey => _ours ? _verifier.Value.ExportPkcs8PrivateKeyPem() : null;

    /// <summary>Gets or sets the username of whom client credentials act as; <see langword="null"/> for an app without one.</summary>
    public string? RunAs { get; set; }

    /// <summary>Checks an RS256 signature.</summary>
    public bool Verifies(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature) =>
        _verifier.Value.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    public void Dispose()
    {
        if (_verifier.IsValueCreated)
        {
            _verifier.Value.Dispose();
        }
    }
}
