namespace Liaison.Identity.Tokens;

/// <summary>A token set with its number in the store.</summary>
internal sealed record HeldTokens(TokenSet Tokens, long Version);

/// <summary>What this process remembers of one credential.</summary>
internal sealed class HeldCredential : IDisposable
{
    /// <summary>Gets what one caller at a time renews under.</summary>
    public SemaphoreSlim Gate { get; } = new(1, 1);

    /// <summary>Gets or sets the tokens that were seen last.</summary>
    public volatile HeldTokens? Held;

    /// <summary>Gets or sets the failure that was noted last and not taken back since; empty where none is.</summary>
    public volatile string Noted = "";

    /// <summary>Gets or sets a value indicating whether the store was asked how the credential stands since the process began.</summary>
    public volatile bool Asked;

    /// <summary>The moment in UTC ticks until which a login host that was out of order is left alone, while the tokens still do.</summary>
    public long RestUntil;

    public void Dispose() => Gate.Dispose();
}
