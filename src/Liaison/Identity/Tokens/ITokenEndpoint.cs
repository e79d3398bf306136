using Liaison.Connectors;
using Liaison.Failures;

namespace Liaison.Identity.Tokens;

/// <summary>Where access tokens are given out: the floor above speaks HTTP.</summary>
internal interface ITokenEndpoint
{
    /// <summary>Asks for tokens by the credential's grant, once.</summary>
    /// <param name="refreshToken">The refresh token, for grants that have one.</param>
    Task<TokenAnswer> ObtainAsync(SignIn signIn, string? refreshToken, CancellationToken cancellationToken);

    /// <summary>Gives how long to wait before asking again after a fault that passes by itself, where the host names no time.</summary>
    /// <param name="attempt">The attempt that failed, from 1.</param>
    /// <returns><see langword="null"/> where it was the last.</returns>
    TimeSpan? WaitAfter(int attempt);
}

/// <summary>One credential with everything that it takes to sign in by it.</summary>
internal sealed record SignIn(Connection Connection, string Owner, SignInOptions Options)
{
    /// <summary>The owner of an account-wide credential.</summary>
    public const string Account = "(account)";

    public AppOptions? App => Options.App ?? Connection.Options.Credentials.App;

    public bool IsStatic => Options.Grant == GrantKind.StaticToken;

    /// <summary>Finds a credential in a connection's configuration.</summary>
    public static SignIn? Find(Connection connection, string owner) =>
        (owner == Account ? connection.Options.Credentials.Account : connection.Options.Credentials.Users.GetValueOrDefault(owner)) is { } options
            ? new SignIn(connection, owner, options)
            : null;
}

/// <summary>What a token endpoint said: tokens, or what stands in the way.</summary>
internal sealed record TokenAnswer(TokenSet? Tokens, TokenTrouble Trouble, Failure? Failure)
{
    public static TokenAnswer Of(TokenSet tokens) => new(tokens, default, null);

    public static TokenAnswer Of(TokenTrouble trouble, Failure failure) => new(null, trouble, failure);
}
