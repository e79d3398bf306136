using Liaison.Identity;
using Liaison.Identity.Keys;

namespace Liaison.Server.Rest.Views;

/// <summary>Asks for a new API key.</summary>
/// <param name="Subject">Whose rights it carries.</param>
/// <param name="Actor">The agent or tool that will hold it.</param>
/// <param name="Purposes">What it may be used for; the first is meant where a request states none.</param>
/// <param name="Connections">The connections that it reaches; left out for all that grants open.</param>
/// <param name="Days">How many days it is valid, up to 366; left out for 90.</param>
internal sealed record KeyBody(
    string Name, string Subject, string Actor, IReadOnlyList<string>? Purposes = null, IReadOnlyList<string>? Connections = null, int? Days = null);

/// <summary>An API key without its text.</summary>
internal sealed record KeyView(
    string Id,
    string Name,
    SubjectKind SubjectKind,
    string Subject,
    string Actor,
    IReadOnlyList<string> Purposes,
    IReadOnlyList<string>? Connections,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? RevokedAt,
    DateTimeOffset? LastUsedAt)
{
    public static KeyView Of(ApiKey key) => new(
        key.Id, key.Name, key.Subject.Kind, key.Subject.Id, key.Actor.Id, [.. key.Purposes.Select(purpose => purpose.Name)],
        key.Connections?.Select(connection => connection.Value).ToList(), key.CreatedAt, key.ExpiresAt, key.RevokedAt, key.LastUsedAt);
}

/// <summary>API keys, newest first.</summary>
internal sealed record KeyListView(IReadOnlyList<KeyView> Keys);

/// <summary>A new API key with its text, which nothing shows a second time.</summary>
internal sealed record IssuedKeyView(string Key, KeyView Details)
{
    // Records print their members; this one's text is a secret.
    public override string ToString() => Details.Id;
}
