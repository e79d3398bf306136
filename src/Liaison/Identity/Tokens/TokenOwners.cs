using Liaison.Failures;

namespace Liaison.Identity.Tokens;

/// <summary>Holds whose new tokens are against whose they have to be.</summary>
internal static class TokenOwners
{
    /// <summary>Tells why tokens are of somebody else; <see langword="null"/> where they are not, or the CRM does not say.</summary>
    /// <param name="before">The tokens that are replaced.</param>
    public static Failure? Differ(SignIn signIn, TokenSet? before, TokenSet tokens)
    {
        var connection = signIn.Connection;
        var account = connection.Options.AccountId ?? before?.AccountId;
        if (account is not null && tokens.AccountId is { } told && told != account)
        {
            return OtherAccount(connection, account, told);
        }

        return before?.UserId is { } user && tokens.UserId is { } other && user != other
            ? new Failure(
                FailureKind.Unauthenticated,
                $"Connection {connection.Profile.Name} was signed in to as CRM user {user} and now as {other}; sign in as the same user, or remove the connection first.")
            : null;
    }

    /// <summary>Tells that a credential opens another account than the connection's (R193).</summary>
    public static Failure OtherAccount(Connection connection, string wanted, string told) => new(
        FailureKind.Unauthenticated,
        $"Connection {connection.Profile.Name} ({connection.Profile.Environment.ToString().ToLowerInvariant()}) is for account {wanted} and the credential opens {told}; give it a credential of its own account or correct accountId.");
}
