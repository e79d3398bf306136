using Liaison.Model;

namespace Liaison.Identity.Keys;

/// <summary>What is known of an API key; its secret is not among it.</summary>
/// <param name="Name">What people call it, as in <c>Anna's assistant</c>.</param>
/// <param name="Purposes">What the key may be used for; the first is meant where a request states none.</param>
/// <param name="Connections">The only connections that the key reaches; <see langword="null"/> for all that grants open.</param>
/// <param name="LastUsedAt">When it last proved somebody, to the minute; <see langword="null"/> for never.</param>
public sealed record ApiKey(
    string Id,
    string Name,
    Subject Subject,
    Actor Actor,
    IReadOnlyList<Purpose> Purposes,
    IReadOnlyList<ConnectionName>? Connections,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? RevokedAt = null,
    DateTimeOffset? LastUsedAt = null)
{
    /// <summary>Tells whether the key proves anything at a time.</summary>
    public bool IsValid(DateTimeOffset at) => RevokedAt is null && at < ExpiresAt;
}

/// <summary>A key as it is stored.</summary>
/// <param name="SecretHash">SHA-256 over the secret's text. It has 256 random bits, so that no slower hash would add anything.</param>
public sealed record StoredKey(ApiKey Key, IReadOnlyList<byte> SecretHash);

/// <summary>What a new key is to be.</summary>
/// <param name="Life">How long it is valid; <see langword="null"/> for <see cref="KeyRing.DefaultLife"/>.</param>
public sealed record KeyRequest(
    string Name,
    string Subject,
    string Actor,
    IReadOnlyList<Purpose> Purposes,
    IReadOnlyList<ConnectionName>? Connections = null,
    TimeSpan? Life = null);

/// <summary>A key at the one moment at which its text is known.</summary>
/// <remarks>No record, so that nothing prints the text by itself.</remarks>
public sealed class IssuedKey
{
    private readonly string text;

    internal IssuedKey(ApiKey key, string text)
    {
        Key = key;
        this.text = text;
    }

    /// <summary>Gets what will be known of the key.</summary>
    public ApiKey Key { get; }

    /// <summary>Gives the text that its holder presents; nothing keeps it.</summary>
    public string Reveal() => text;

    /// <inheritdoc/>
    public override string ToString() => Key.Id;
}
