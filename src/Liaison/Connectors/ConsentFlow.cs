using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Identity.Tokens;

namespace Liaison.Connectors;

/// <summary>A person's consent that is under way.</summary>
/// <param name="Address">The page on which the person consents.</param>
/// <param name="Owner">Whose credential it is to be: a subject's id, or <c>(account)</c>.</param>
/// <param name="Needs">What is asked for and why: the features that are turned on, with the scopes of which one suffices.</param>
public sealed record ConsentRequest(Uri Address, Connection Connection, string Owner, IReadOnlyList<ScopeRequirement> Needs)
{
    /// <summary>Gets what is asked for beyond the consent that stands, as after a feature was turned on (R17); all of it where none stands.</summary>
    public required IReadOnlyList<ScopeRequirement> Beyond { get; init; }

    internal string Redirect { get; init; } = "";

    internal string State { get; init; } = "";

    internal string Verifier { get; init; } = "";

    /// <summary>Tells only whose consent it is: state and verifier are secrets.</summary>
    public override string ToString() => $"{Connection.Profile.Name}:{Owner}";
}

/// <summary>Signs people in by authorization code with PKCE, and credentials out again.</summary>
public sealed class ConsentFlow
{
    private readonly ConnectorRegistry connectors;
    private readonly TokenEndpoint endpoint;
    private readonly TokenKeeper keeper;
    private readonly ITokenStore store;

    internal ConsentFlow(ConnectorRegistry connectors, TokenEndpoint endpoint, TokenKeeper keeper, ITokenStore store) =>
        (this.connectors, this.endpoint, this.keeper, this.store) = (connectors, endpoint, keeper, store);

    /// <summary>Gets the owner of an account-wide credential.</summary>
    public static string Account => SignIn.Account;

    /// <summary>Begins a consent.</summary>
    /// <param name="owner">A subject's id, or <see cref="Account"/>.</param>
    /// <param name="redirect">Where the CRM leads the person back to; it is one of the app's.</param>
    /// <returns><see cref="FailureKind.Unsupported"/> where the credential is not one that a person consents to.</returns>
    public async Task<Result<ConsentRequest>> BeginAsync(Connection connection, string owner, Uri redirect, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(redirect);
        if (!connectors.Find(connection.Profile.Crm).TryGet(out var connector, out var unknown))
        {
            return unknown;
        }

        var descriptor = connector.Descriptor;
        if (SignIn.Find(connection, owner) is not { Options.Grant: GrantKind.AuthorizationCode } signIn
            || descriptor.SignIn.Find(GrantKind.AuthorizationCode) is not { } grant
            || descriptor.SignIn.Paths?.Invoke(connection.Profile.ApiVersion).Authorize is not { } page)
        {
            return new Failure(
                FailureKind.Unsupported, $"This credential of connection {connection.Profile.Name} is not one that a person consents to; its grant is another than authorization-code.");
        }

        var (state, verifier) = (Secret(), Secret());
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        List<(string Name, string Value)> query =
        [
            ("response_type", "code"), ("client_id", signIn.App!.ClientId), ("redirect_uri", redirect.AbsoluteUri),
            ("scope", string.Join(' ', FeatureScopes.Asked(grant, descriptor, connection))), ("state", state),
            ("code_challenge", challenge), ("code_challenge_method", "S256"),
        ];
        var host = LoginHosts.At(LoginHosts.ConsentOf(signIn, descriptor.SignIn), page);
        var standing = (await keeper.FindAsync(connection.Profile.Name, owner, cancellationToken))?.Scopes ?? [];
        return new ConsentRequest(
            new Uri($"{host}?{Encoding.ASCII.GetString(TokenForm.Encode(query))}"), connection, owner, FeatureScopes.Needed(descriptor, connection.Options))
        {
            Beyond = FeatureScopes.Missing(descriptor, connection.Options, standing),
            Redirect = redirect.AbsoluteUri, State = state, Verifier = verifier,
        };
    }

    /// <summary>Ends a consent: exchanges the code, proves whose the tokens are, and stores them.</summary>
    /// <param name="state">The state that came back; any other than the request's means that somebody else's consent came.</param>
    /// <returns>The account's id, where the CRM tells it; <see cref="FailureKind.Unauthenticated"/> where the tokens may not be kept.</returns>
    public async Task<Result<string?>> CompleteAsync(ConsentRequest request, string? state, string? code, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var name = request.Connection.Profile.Name;
        if (state is null || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(state), Encoding.UTF8.GetBytes(request.State)))
        {
            return new Failure(FailureKind.Unauthenticated, $"What came back is not the consent that connection {name} asked for; begin again.");
        }

        if (string.IsNullOrEmpty(code))
        {
            return new Failure(FailureKind.Unauthenticated, $"No consent was given for connection {name}; begin again and allow it.");
        }

        var signIn = SignIn.Find(request.Connection, request.Owner)!;
        var answer = await endpoint.ExchangeAsync(signIn, code, request.Redirect, request.Verifier, cancellationToken);
        if (answer.Tokens is not { } exchanged)
        {
            return answer.Failure!;
        }

        if (!(await endpoint.ProveAsync(signIn, exchanged, cancellationToken)).TryGet(out var tokens, out var unproven))
        {
            return unproven;
        }

        var refused = Refuse(signIn, await keeper.FindAsync(name, request.Owner, cancellationToken), tokens);
        if (refused is not null)
        {
            await endpoint.RevokeAsync(signIn, tokens, CancellationToken.None);
            return refused;
        }

        await keeper.ConnectAsync(signIn, tokens, CancellationToken.None);
        return Result<string?>.Of(tokens.AccountId);
    }

    /// <summary>Gives every token of a connection back to the CRM and forgets it (R14).</summary>
    /// <returns>How many the CRM did not take back; they end by themselves.</returns>
    public async Task<int> DisconnectAsync(Connection connection, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var name = connection.Profile.Name;
        var left = 0;
        foreach (var stored in await store.ListAsync(name, cancellationToken))
        {
            if (SignIn.Find(connection, stored.Owner) is { IsStatic: false } signIn
                && await keeper.FindAsync(name, stored.Owner, cancellationToken) is { } tokens
                && !await endpoint.RevokeAsync(signIn, tokens, cancellationToken))
            {
                left++;
            }
        }

        await store.RemoveAsync(name, CancellationToken.None);
        return left;
    }

    // A user's credential that sees the whole account would be the stronger identity that nobody may fall back to (R21).
    private static Failure? Refuse(SignIn signIn, TokenSet? before, TokenSet tokens) =>
        TokenOwners.Differ(signIn, before, tokens)
        ?? (signIn.Owner != SignIn.Account && tokens.Reach == CredentialReach.Account
            ? new Failure(
                FailureKind.Unauthenticated,
                $"The app of connection {signIn.Connection.Profile.Name} gives tokens that see the whole account; a user's own credential takes a user-level app.")
            : null);

    private static string Secret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
