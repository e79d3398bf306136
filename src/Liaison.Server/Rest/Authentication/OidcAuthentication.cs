using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Liaison.Server.Rest.Authentication;

/// <summary>Proves callers by access tokens of the company's identity provider.</summary>
internal sealed class OidcAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, OidcTokens tokens, Turnstile turnstile)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "OpenIdConnect";

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Proof.CredentialOf(Request) is not { } text)
        {
            return AuthenticateResult.NoResult();
        }

        var proven = await tokens.ProveAsync(text, Proof.StatedPurpose(Request), Context.RequestAborted);
        return proven.TryGet(out var caller, out var refused)
            ? Proof.Succeed(Context, caller, Scheme.Name)
            : await turnstile.RefuseAsync(Context, "token.refused", id: null, refused);
    }

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Proof.ChallengeAsync(Context);
}
