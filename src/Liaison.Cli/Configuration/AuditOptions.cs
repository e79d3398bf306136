using Liaison.Audit;
using Liaison.Identity;

namespace Liaison.Cli.Configuration;

/// <summary>The settings of the audit.</summary>
internal sealed class AuditOptions
{
    /// <summary>Gets or sets the reference to the private key that checkpoints are signed with: <c>file:PATH</c> or <c>env:NAME</c>, ECDSA P-256 as PEM.</summary>
    /// <value>The default is <see langword="null"/>: <c>keys/audit-signing.pem</c> in the state folder, made on first use.</value>
    public string? SigningKey { get; set; }

    /// <summary>Gets or sets how many entries go between two checkpoints, 1 to 100,000.</summary>
    /// <value>The default is 1,000.</value>
    public int CheckpointEvery { get; set; } = AuditSigner.DefaultInterval;

    /// <summary>Gets or sets which record values are kept, encrypted.</summary>
    /// <value>The default is <see cref="AuditValuesMode.None"/>.</value>
    public AuditValuesMode Values { get; set; }

    /// <summary>Finds every fault.</summary>
    public IEnumerable<string> Faults()
    {
        if (CheckpointEvery is < 1 or > 100_000)
        {
            yield return $"audit.checkpointEvery: {CheckpointEvery} is out of range; expected 1 to 100000.";
        }

        if (SigningKey is null)
        {
            yield break;
        }

        if (SecretReference.Parse(SigningKey).TryGet(out var reference, out var wrong) is false)
        {
            yield return $"audit.signingKey: {wrong.Message}";
        }
        else if (reference.Source == SecretSource.Store)
        {
            yield return "audit.signingKey: the key must lie outside the database that it vouches for; expected file:PATH or env:NAME.";
        }
    }
}
