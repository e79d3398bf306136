using Liaison.Failures;
using Liaison.Identity;
using Liaison.Identity.Keys;
using Liaison.Model;

namespace Liaison.Gateway;

/// <summary>Who comes in from outside: proves keys, and records who was turned away.</summary>
public sealed class Admission(Gate gate, KeyRing keys)
{
    // Who is turned away has proven nothing, so nothing that they claim stands in the audit as who they are.
    private static readonly Caller Unproven = new(
        new Subject(SubjectKind.User, "(unproven)"), new Actor("(unproven)"), new Purpose("authentication"));

    /// <summary>Gives the refusal of a key, the same for unknown, malformed, expired and revoked ones.</summary>
    public static Failure RefusedKey { get; } = new(
        FailureKind.Unauthenticated,
        "The key is not accepted: it is unknown, malformed, expired or revoked; an administrator can make another with liaison key create.");

    /// <summary>Tells whose key a text is.</summary>
    /// <returns>The key, or <see cref="RefusedKey"/>; it is for the entry point to record it by <see cref="TurnAwayAsync"/>.</returns>
    public async Task<KeyProof> ProveAsync(string text, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        var check = await keys.CheckAsync(text, cancellationToken);
        return new KeyProof(check.Id, check.Key is { } key ? key : RefusedKey);
    }

    /// <summary>Makes the caller that a key stands for.</summary>
    /// <param name="stated">The purpose that the request states; <see langword="null"/> for the key's first.</param>
    /// <returns><see cref="FailureKind.Denied"/> by <see cref="DeniedBy.Purpose"/> for one that the key may not state.</returns>
    public static Result<Caller> CallerOf(ApiKey key, Purpose? stated)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (stated is { } purpose && !key.Purposes.Contains(purpose))
        {
            return new Failure(
                FailureKind.Denied,
                $"The key \"{key.Name}\" may not be used for that purpose; it may for {string.Join(", ", key.Purposes)}.")
            {
                DeniedBy = DeniedBy.Purpose,
            };
        }

        return new Caller(key.Subject, key.Actor, stated ?? key.Purposes[0]) { KeyId = key.Id, Connections = key.Connections };
    }

    /// <summary>Records that somebody was turned away.</summary>
    /// <param name="action">What was refused, as the audit names it: <c>key.refused</c> or <c>token.refused</c>.</param>
    /// <param name="id">The id of the key, where it is known.</param>
    public Task TurnAwayAsync(string action, string? id, Failure failure, CancellationToken cancellationToken = default) =>
        gate.RecordAsync(
            new GateRequest(Unproven, AdministrationGateway.Installation, new RecordType("key"), action) { Records = id is null ? [] : [id] },
            () => Task.FromResult<Result<Done>>(failure),
            cancellationToken);
}

/// <summary>What a presented key proved.</summary>
/// <param name="KnownId">The id, where there is a key of that id, valid or not.</param>
/// <param name="Result">The key, or the refusal.</param>
public sealed record KeyProof(string? KnownId, Result<ApiKey> Result);
