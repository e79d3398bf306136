namespace Liaison.Identity.Tokens;

/// <summary>What a sign-in gave: the access token and all that goes with it. It holds secrets and is never written anywhere unprotected.</summary>
/// <param name="ObtainedAt">When the answer came.</param>
/// <param name="ExpiresAt">When the access token ends, by the answer or by what the connector assumes.</param>
internal sealed record TokenSet(string AccessToken, DateTimeOffset ObtainedAt, DateTimeOffset ExpiresAt)
{
    // Before the end is where a token that still travels would meet it: clocks differ and calls take time.
    private const double RenewAfter = 0.8;
    private static readonly TimeSpan MostSkew = TimeSpan.FromSeconds(30);

    public string? RefreshToken { get; init; }

    public Uri? InstanceUrl { get; init; }

    public string? AccountId { get; init; }

    public string? UserId { get; init; }

    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>Gets whose eyes the CRM proved the token to give; <see langword="null"/> where it did not say.</summary>
    public CredentialReach? Reach { get; init; }

    private TimeSpan Lifetime => ExpiresAt - ObtainedAt;

    /// <summary>Tells whether it is time to renew.</summary>
    public bool IsDue(DateTimeOffset now) => now >= ObtainedAt + (Lifetime * RenewAfter);

    /// <summary>Tells whether a call may still set out with it.</summary>
    public bool IsUsable(DateTimeOffset now)
    {
        var skew = Lifetime * 0.05;
        return now < ExpiresAt - (skew < MostSkew ? skew : MostSkew);
    }

    /// <summary>Tells only whose it is.</summary>
    public override string ToString() => $"tokens of {AccountId ?? "an account"}";
}
