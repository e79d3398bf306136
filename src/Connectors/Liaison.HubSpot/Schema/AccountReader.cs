using System.Globalization;
using System.Text.Json;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.HubSpot.Wire;
using Liaison.Identity;

namespace Liaison.HubSpot.Schema;

/// <summary>Asks who the account and the credential are; section 2.1 of contracts/hubspot.md.</summary>
internal sealed class AccountReader(HubSpotApi api, CredentialReach reach, bool isStatic, AccountShelf shelf, AccountShelf.Key key)
{
    private AccountDocument? known;

    /// <summary>Reads the account's details, once a session; two first callers at one time read them twice.</summary>
    internal async Task<Result<AccountDocument>> ReadAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref known) is { } account)
        {
            return account;
        }

        var read = await api.GetAsync(
            CrmOperation.Identify, "account.details", api.Paths.AccountDetails, HubSpotJson.Default.AccountDocument, cancellationToken);
        if (read.TryGet(out var found, out _))
        {
            Volatile.Write(ref known, found);
            shelf.Keep(key, found);
        }

        return read;
    }

    /// <summary>Gives the account's details as this session or another of the credential has read them lately, or else reads them.</summary>
    internal async Task<Result<AccountDocument>> RecallAsync(CancellationToken cancellationToken) =>
        shelf.Find(key) is { } lately ? lately : await ReadAsync(cancellationToken);

    internal async Task<Result<AccountIdentity>> IdentifyAsync(CancellationToken cancellationToken)
    {
        // What OAuth gave out is proven by introspection with the app's secret, which only the engine holds; asking here with it
        // would be an error in HubSpot's count for nothing.
        var asking = reach == CredentialReach.Account && isStatic ? ReadTokenAsync(cancellationToken) : Task.FromResult<TokenDocument?>(null);
        var reading = ReadAsync(cancellationToken);
        await Task.WhenAll(asking, reading);
        if (!(await reading).TryGet(out var account, out var refused))
        {
            return refused;
        }

        if (account.PortalId is not { } portal)
        {
            return new Failure(FailureKind.Unavailable, "HubSpot's answer does not name the account; try again.");
        }

        var token = await asking;

        return new AccountIdentity(
            Text(portal),
            account.TimeZone,
            (reach, isStatic) switch
            {
                (CredentialReach.User, _) => "user-level OAuth",
                (_, false) => "account-level OAuth",
                _ when token is null => "service key",
                _ => "private app",
            },
            reach,
            token?.UserId is { } user ? Text(user) : null,
            token?.Scopes);
    }

    /// <returns><see langword="null"/> where HubSpot tells nothing of this kind of token, which is no reason to refuse.</returns>
    private async Task<TokenDocument?> ReadTokenAsync(CancellationToken cancellationToken)
    {
        var call = new CrmCall(CrmOperation.Identify, "token.information", HttpMethod.Post, HubSpotPaths.TokenInformation)
        {
            SecretProperty = "tokenKey",
        };
        var sent = await api.SendAsync(call, cancellationToken);
        var read = sent.Then(answer => HubSpotApi.Parse(
            answer, body => JsonSerializer.Deserialize(body.Span, HubSpotJson.Default.TokenDocument)));

        return read.TryGet(out var token, out _) && token.HubId is not null ? token : null;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
