using Liaison.Failures;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Liaison.Server.Rest.Authentication;

/// <summary>The signing keys of the identity provider, fetched by discovery and kept.</summary>
/// <remarks>
/// The library's own manager renews them behind the request that needed it, so that the first token after a rotation would be
/// refused. Here that request waits for the new keys, and at most one in <see cref="RenewAtMostEvery"/> makes the provider be asked.
/// </remarks>
internal sealed class OidcKeys(OidcOptions options, IHttpClientFactory clients, TimeProvider time) : IDisposable
{
    public const string ClientName = "oidc";

    private static readonly TimeSpan KeepFor = TimeSpan.FromHours(12);
    private static readonly TimeSpan RenewAtMostEvery = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim turn = new(1, 1);
    private Fetched? kept;
    private DateTimeOffset? triedAt;

    /// <summary>Gives the keys.</summary>
    /// <param name="unknown">Keys that did not hold the one that signed; <see langword="null"/> to take those that are kept.</param>
    /// <returns><see cref="FailureKind.Unavailable"/> where there are none and the provider cannot be asked.</returns>
    public async Task<Result<IReadOnlyList<SecurityKey>>> GetAsync(IReadOnlyList<SecurityKey>? unknown, CancellationToken cancellationToken)
    {
        if (kept is { } fresh && IsGood(fresh, unknown))
        {
            return Result<IReadOnlyList<SecurityKey>>.Of(fresh.Keys);
        }

        await turn.WaitAsync(cancellationToken);
        try
        {
            var mayAsk = triedAt is not { } last || time.GetUtcNow() - last >= RenewAtMostEvery;
            if (mayAsk && !(kept is { } others && IsGood(others, unknown)))
            {
                triedAt = time.GetUtcNow();
                kept = await FetchAsync(cancellationToken) ?? kept;
            }
        }
        finally
        {
            turn.Release();
        }

        // Old keys serve on while the provider is away: what they signed is still proven.
        return kept is { } known
            ? Result<IReadOnlyList<SecurityKey>>.Of(known.Keys)
            : new Failure(
                FailureKind.Unavailable, "The identity provider cannot be reached for its keys; try again, or have access.oidc looked at.", RenewAtMostEvery);
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    private bool IsGood(Fetched fetched, IReadOnlyList<SecurityKey>? unknown) =>
        !ReferenceEquals(fetched.Keys, unknown) && time.GetUtcNow() - fetched.At < KeepFor;

    private async Task<Fetched?> FetchAsync(CancellationToken cancellationToken)
    {
        try
        {
            var retriever = new HttpDocumentRetriever(clients.CreateClient(ClientName)) { RequireHttps = options.RequireHttpsMetadata };
            var address = $"{options.Issuer.TrimEnd('/')}/.well-known/openid-configuration";
            var found = await OpenIdConnectConfigurationRetriever.GetAsync(address, retriever, cancellationToken);

            // A document that speaks for somebody else would lend us their keys.
            return found.Issuer == options.Issuer ? new Fetched([.. found.SigningKeys], time.GetUtcNow()) : null;
        }
        catch (Exception problem) when (problem is IOException or HttpRequestException or ArgumentException or InvalidOperationException
            || (problem is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    private sealed record Fetched(IReadOnlyList<SecurityKey> Keys, DateTimeOffset At);
}
