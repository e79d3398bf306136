using System.Text.Encodings.Web;
using Liaison.Gateway;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Liaison.Server.Rest.Authentication;

/// <summary>Proves callers by API keys.</summary>
internal sealed class KeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, Admission admission, Turnstile turnstile)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "ApiKey";

    /// <summary>What every key begins with, and no token of an identity provider.</summary>
    public const string Prefix = "lia_";

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Proof.CredentialOf(Request) is not { } text)
        {
            return AuthenticateResult.NoResult();
        }

        var proof = await admission.ProveAsync(text, Context.RequestAborted);
        if (!proof.Result.TryGet(out var key, out var refused)
            || !Admission.CallerOf(key, Proof.StatedPurpose(Request)).TryGet(out var caller, out refused))
        {
            return await turnstile.RefuseAsync(Context, "key.refused", proof.KnownId, refused);
        }

        return Proof.Succeed(Context, caller, Scheme.Name);
    }

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Proof.ChallengeAsync(Context);
}
