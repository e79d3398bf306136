using Liaison.Failures;
using Liaison.Policy;

namespace Liaison.Identity;

/// <summary>Gives each permit the credential of its own subject: the only maker of credentials.</summary>
/// <remarks>
/// There is no fallback to a stronger identity: a user without a token of their own is refused (R21), unless an administrator has
/// mapped them; then the account's token is given, whose sessions the opener narrows (R214).
/// </remarks>
public sealed class CredentialBroker(ConnectionRegistry connections, SecretResolver secrets)
{
    /// <summary>Gets the credential that a permit is used with.</summary>
    /// <returns>
    /// <see cref="FailureKind.Denied"/> by <see cref="DeniedBy.CrmUser"/> where the user has no token of their own and is not mapped;
    /// <see cref="FailureKind.Unauthenticated"/> where a token is configured and cannot be had.
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

    private async Task<Result<UserCredential>> OfAccountAsync(Connection connection, CancellationToken cancellationToken)
    {
        var name = connection.Profile.Name;
        return connection.Options.Credentials.Account is { } signIn
            ? await MakeAsync(connection, CredentialReach.Account, "(account)", signIn, cancellationToken)
            : new Failure(
                FailureKind.Unauthenticated,
                $"Connection {name} has no account-wide credential for principals; set connections.{name}.credentials.account.");
    }

    private async Task<Result<UserCredential>> OfUserAsync(
        Connection connection, string subject, CancellationToken cancellationToken)
    {
        var name = connection.Profile.Name;
        return connection.Options.Credentials.Users.TryGetValue(subject, out var signIn)
            ? await MakeAsync(connection, CredentialReach.User, subject, signIn, cancellationToken)
            : connection.Options.Mapped.Users.ContainsKey(subject)
            ? await OfAccountAsync(connection, cancellationToken)
            : new Failure(
                FailureKind.Denied,
                $"\"{subject}\" has no credential of their own for connection {name}; an administrator can add one under connections.{name}.credentials.users.")
            {
                DeniedBy = DeniedBy.CrmUser,
            };
    }

    private async Task<Result<UserCredential>> MakeAsync(
        Connection connection, CredentialReach reach, string identity, SignInOptions signIn, CancellationToken cancellationToken)
    {
        if (!SecretReference.Parse(signIn.Token).TryGet(out var parsed, out var malformed))
        {
            return malformed;
        }

        return (await secrets.ResolveAsync(parsed, cancellationToken)).TryGet(out var token, out var missing)
            ? new UserCredential(connection.Profile.Name, reach, identity, token)
            : missing with { Message = $"Connection {connection.Profile.Name} cannot sign in: {Lowered(missing.Message)}" };
    }

    private static string Lowered(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence[1..];
}
