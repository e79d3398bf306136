using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Liaison.Failures;
using Liaison.Identity.Tokens;
using Liaison.Policy;

namespace Liaison.Identity;

/// <summary>Gives each permit the live credential of its own subject: the only maker of credentials.</summary>
/// <remarks>
/// There is no fallback to a stronger identity: a user without a credential of their own is refused (R21), unless an administrator has
/// mapped them; then the account's is given, whose sessions the opener narrows (R214). Safe for concurrent use.
/// </remarks>
public sealed class CredentialBroker
{
    private readonly ConnectionRegistry connections;
    private readonly SecretResolver secrets;
    private readonly TokenKeeper keeper;

    internal CredentialBroker(ConnectionRegistry connections, SecretResolver secrets, TokenKeeper keeper) =>
        (this.connections, this.secrets, this.keeper) = (connections, secrets, keeper);

    /// <summary>Gets the credential that a permit is used with.</summary>
    /// <returns>
    /// <see cref="FailureKind.Denied"/> by <see cref="DeniedBy.CrmUser"/> where the user has no credential of their own and is not mapped;
    /// <see cref="FailureKind.Unauthenticated"/> where one is configured and no token is to be had for it.
    /// </returns>
    public async Task<Result<UserCredential>> GetAsync(Permit permit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(permit);
        if (!connections.Find(permit.Connection.Name).TryGet(out var connection, out var unknown))
        {
            return unknown;
        }

        var subject = permit.Caller.Subject;
        return subject.Kind switch
        {
            SubjectKind.Principal => await OfAccountAsync(connection, cancellationToken),
            SubjectKind.User => await OfUserAsync(connection, subject.Id, cancellationToken),
        };
    }

    /// <summary>Gives the same credential with a token that a call may set out with: a session outlives many tokens.</summary>
    internal async ValueTask<Result<UserCredential>> CurrentAsync(UserCredential credential, CancellationToken cancellationToken)
    {
        if (!Find(credential).TryGet(out var signIn, out var gone))
        {
            return gone;
        }

        return signIn.IsStatic
            ? credential
            : (await keeper.GetAsync(signIn, cancellationToken)).Then<UserCredential>(
                held => held.Version == credential.Version ? credential : Make(signIn, credential.Reach, held));
    }

    /// <summary>Gives the same credential with another token than the one that the CRM refused.</summary>
    /// <returns><see cref="FailureKind.Unauthenticated"/> where there is no other: a static token that was not rotated, a consent that is gone.</returns>
    internal async Task<Result<UserCredential>> RenewAsync(UserCredential refused, CancellationToken cancellationToken)
    {
        if (!Find(refused).TryGet(out var signIn, out var gone))
        {
            return gone;
        }

        if (!signIn.IsStatic)
        {
            return (await keeper.ReplaceAsync(signIn, refused.Version, cancellationToken))
                .Then<UserCredential>(held => Make(signIn, refused.Reach, held));
        }

        return (await StaticAsync(signIn, refused.Reach, cancellationToken)).Then<UserCredential>(found =>
            found.Version != refused.Version
                ? found
                : new Failure(
                    FailureKind.Unauthenticated,
                    $"The CRM does not accept the token of connection {signIn.Connection.Profile.Name}; replace the token that its reference leads to."));
    }

    /// <summary>Notes that the CRM refused a credential, or lacks a scope in it; a person is told where only a person helps.</summary>
    internal async Task RefusedAsync(UserCredential credential, Failure failure, CancellationToken cancellationToken)
    {
        if (Find(credential).TryGet(out var signIn, out _))
        {
            await keeper.RefuseAsync(signIn, failure, signIn.IsStatic ? null : credential.Version, cancellationToken);
        }
    }

    /// <summary>Notes that the CRM took a credential.</summary>
    internal ValueTask AcceptedAsync(UserCredential credential, CancellationToken cancellationToken) =>
        Find(credential).TryGet(out var signIn, out _) ? keeper.AcceptAsync(signIn, cancellationToken) : ValueTask.CompletedTask;

    private async Task<Result<UserCredential>> OfAccountAsync(Connection connection, CancellationToken cancellationToken)
    {
        var name = connection.Profile.Name;
        return SignIn.Find(connection, SignIn.Account) is { } signIn
            ? await MakeAsync(signIn, CredentialReach.Account, cancellationToken)
            : new Failure(
                FailureKind.Unauthenticated,
                $"Connection {name} has no account-wide credential for principals; set connections.{name}.credentials.account.");
    }

    private async Task<Result<UserCredential>> OfUserAsync(
        Connection connection, string subject, CancellationToken cancellationToken)
    {
        // A user may be called as the account is: that name finds no credential of a user's own.
        var name = connection.Profile.Name;
        return subject != SignIn.Account && SignIn.Find(connection, subject) is { } signIn
            ? await MakeAsync(signIn, CredentialReach.User, cancellationToken)
            : connection.Options.Mapped.Users.ContainsKey(subject)
            ? await OfAccountAsync(connection, cancellationToken)
            : new Failure(
                FailureKind.Denied,
                $"\"{subject}\" has no credential of their own for connection {name}; an administrator can add one under connections.{name}.credentials.users.")
            {
                DeniedBy = DeniedBy.CrmUser,
            };
    }

    private async Task<Result<UserCredential>> MakeAsync(SignIn signIn, CredentialReach reach, CancellationToken cancellationToken) =>
        signIn.IsStatic
            ? await StaticAsync(signIn, reach, cancellationToken)
            : (await keeper.GetAsync(signIn, cancellationToken)).Then<UserCredential>(held => Make(signIn, reach, held));

    private async Task<Result<UserCredential>> StaticAsync(SignIn signIn, CredentialReach reach, CancellationToken cancellationToken)
    {
        if (!SecretReference.Parse(signIn.Options.Token).TryGet(out var parsed, out var malformed))
        {
            return malformed;
        }

        var name = signIn.Connection.Profile.Name;
        return (await secrets.ResolveAsync(parsed, cancellationToken)).TryGet(out var token, out var missing)
            ? new UserCredential(name, reach, signIn.Owner, token, version: VersionOf(token))
            : missing with { Message = $"Connection {name} cannot sign in: {Lowered(missing.Message)}" };
    }

    private static UserCredential Make(SignIn signIn, CredentialReach reach, HeldTokens held) =>
        new(signIn.Connection.Profile.Name, reach, signIn.Owner, held.Tokens.AccessToken, held.Tokens.InstanceUrl, held.Version, held.Tokens.UserId, isStatic: false);

    // Not told as a record that is gone: work that was under way waits for the connection to come back (R14).
    private Result<SignIn> Find(UserCredential credential) => connections.Find(credential.Connection).TryGet(out var connection, out _)
        ? SignIn.Find(connection, credential.Identity) is { } signIn
            ? signIn
            : new Failure(FailureKind.Unauthenticated, $"Connection {credential.Connection} has no such credential any more.")
        : new Failure(FailureKind.Unauthenticated, $"Connection {credential.Connection} was removed; its work goes on once it is added again.");

    // Tells a rotated token from the one before without keeping either.
    private static long VersionOf(string token) =>
        BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private static string Lowered(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence[1..];
}
