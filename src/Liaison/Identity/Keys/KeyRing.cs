using System.Security.Cryptography;
using Liaison.Failures;
using Liaison.Work;

namespace Liaison.Identity.Keys;

/// <summary>What a presented key turned out to be.</summary>
/// <param name="Id">The id, where there is a key of that id, valid or not.</param>
/// <param name="Key">The key, where it is valid; otherwise <see langword="null"/>, and the presenter is not told why.</param>
internal readonly record struct KeyCheck(string? Id, ApiKey? Key);

/// <summary>Makes, lists, revokes and checks API keys (R20).</summary>
/// <remarks>Nothing is cached: what is revoked proves nobody from the next request on (R218).</remarks>
public sealed class KeyRing(IKeyStore store, ConnectionRegistry connections, Principals principals, IdSource ids, TimeProvider time)
{
    private const int LongestText = 200;

    private static readonly TimeSpan TouchEvery = TimeSpan.FromMinutes(1);
    private static readonly byte[] NoHash = new byte[SHA256.HashSizeInBytes];

    /// <summary>Gets how long a key is valid where nothing else is asked for: 90 days.</summary>
    public static TimeSpan DefaultLife { get; } = TimeSpan.FromDays(90);

    /// <summary>Gets how long a key can be valid at the most: 366 days.</summary>
    public static TimeSpan LongestLife { get; } = TimeSpan.FromDays(366);

    /// <summary>Makes a key; its text is in the answer and nowhere else.</summary>
    internal async Task<Result<IssuedKey>> CreateAsync(KeyRequest request, CancellationToken cancellationToken)
    {
        if (Fault(request) is { } fault)
        {
            return new Failure(FailureKind.Invalid, fault);
        }

        var secret = KeyText.NewSecret();
        var now = WholeMilliseconds(time.GetUtcNow());
        var key = new ApiKey(
            ids.Next("key"),
            request.Name,
            new Subject(principals.KindOf(request.Subject), request.Subject),
            new Actor(request.Actor),
            request.Purposes,
            request.Connections,
            now,
            now + (request.Life ?? DefaultLife));
        await store.AddAsync(new StoredKey(key, KeyText.HashOf(secret)), cancellationToken);
        return new IssuedKey(key, KeyText.Of(key.Id, secret));
    }

    /// <summary>Lists the keys of one subject, or of all.</summary>
    internal Task<IReadOnlyList<ApiKey>> ListAsync(string? subject, CancellationToken cancellationToken) =>
        store.ListAsync(subject, cancellationToken);

    /// <summary>Tells whether a key is accepted still, for what its holder asked for by it earlier.</summary>
    internal async Task<bool> IsAcceptedAsync(string id, CancellationToken cancellationToken) =>
        (await store.FindAsync(id, cancellationToken))?.Key.IsValid(time.GetUtcNow()) == true;

    /// <summary>Tells whose a key is; <see langword="null"/> where there is none of that id.</summary>
    internal async Task<Subject?> OwnerOfAsync(string id, CancellationToken cancellationToken) =>
        (await store.FindAsync(id, cancellationToken))?.Key.Subject;

    /// <summary>Revokes a key for good; one that is revoked already stays as it is.</summary>
    internal async Task<Result<ApiKey>> RevokeAsync(string id, CancellationToken cancellationToken) =>
        await store.RevokeAsync(id, WholeMilliseconds(time.GetUtcNow()), cancellationToken) is { } key
            ? key
            : new Failure(FailureKind.NotFound, "There is no key of that id; liaison key list shows them.");

    /// <summary>Checks a presented text.</summary>
    internal async Task<KeyCheck> CheckAsync(string text, CancellationToken cancellationToken)
    {
        if (KeyText.Parse(text) is not { } presented)
        {
            return default;
        }

        var stored = await store.FindAsync(presented.Id, cancellationToken);
        var proven = CryptographicOperations.FixedTimeEquals(presented.SecretHash, [.. stored?.SecretHash ?? NoHash]);
        var now = WholeMilliseconds(time.GetUtcNow());

        // A key keeps to what its subject was when it was made: a name that became a principal's since proves no principal.
        if (stored?.Key is not { } key || !proven || !key.IsValid(now) || principals.KindOf(key.Subject.Id) != key.Subject.Kind)
        {
            return new KeyCheck(stored?.Key.Id, Key: null);
        }

        if (now - (key.LastUsedAt ?? default) >= TouchEvery)
        {
            await store.TouchAsync(key.Id, now, cancellationToken);
        }

        return new KeyCheck(key.Id, key);
    }

    private string? Fault(KeyRequest request)
    {
        if (!IsLine(request.Name) || !IsLine(request.Subject) || !IsLine(request.Actor))
        {
            return $"A key needs a name, a subject and an actor, each of one line and at most {LongestText} letters.";
        }

        // The star stands for any actor in grants; nobody is any.
        if (request.Actor == "*")
        {
            return "\"*\" is no actor; name the agent or tool that will hold the key.";
        }

        if (request.Purposes.Count == 0 || !request.Purposes.All(purpose => IsName(purpose.Name)))
        {
            return "A key names at least one purpose, each of letters, digits, dots, dashes and underscores.";
        }

        if (request.Life is { } life && (life <= TimeSpan.Zero || life > LongestLife))
        {
            return $"A key is valid for at most {LongestLife.Days} days.";
        }

        if (request.Connections is { Count: 0 })
        {
            return "A key that reaches no connection is of no use; name one or leave the list out.";
        }

        return request.Connections?.Select(name => connections.Find(name).Failure?.Message).FirstOrDefault(unknown => unknown is not null);
    }

    private static bool IsLine(string text) => text.Trim().Length > 0 && text.Length <= LongestText && !text.Any(char.IsControl);

    private static bool IsName(string text) =>
        text.Length is > 0 and <= 60 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');

    // What a store keeps of a time.
    private static DateTimeOffset WholeMilliseconds(DateTimeOffset at) => DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());
}
