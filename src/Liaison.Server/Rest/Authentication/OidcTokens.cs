using Liaison.Failures;
using Liaison.Identity;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Liaison.Server.Rest.Authentication;

/// <summary>Proves access tokens of the identity provider.</summary>
internal sealed class OidcTokens(OidcOptions options, OidcKeys keys, Principals principals, TimeProvider time)
{
    // Asymmetric ones only: the provider's key is public, and whoever may choose a symmetric one could sign with it.
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private static readonly string[] Types = ["at+jwt", "application/at+jwt", "JWT"];

    private static readonly Failure Refused = new(
        FailureKind.Unauthenticated, "The access token is not accepted: it is malformed, expired, not for this installation, or not of its identity provider.");

    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false };

    /// <summary>Tells whose token a text is.</summary>
    /// <param name="stated">The purpose that the request states; <see langword="null"/> for the first that tokens may.</param>
    public async Task<Result<Caller>> ProveAsync(string text, Purpose? stated, CancellationToken cancellationToken)
    {
        if (!(await keys.GetAsync(unknown: null, cancellationToken)).TryGet(out var known, out var unavailable))
        {
            return unavailable;
        }

        var validated = await handler.ValidateTokenAsync(text, Parameters(known));
        if (validated.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            // The provider may have rotated its keys since they were fetched.
            if (!(await keys.GetAsync(unknown: known, cancellationToken)).TryGet(out var renewed, out unavailable))
            {
                return unavailable;
            }

            validated = await handler.ValidateTokenAsync(text, Parameters(renewed));
        }

        return validated.IsValid && validated.SecurityToken is JsonWebToken token ? CallerOf(token, stated) : Refused;
    }

    private Result<Caller> CallerOf(JsonWebToken token, Purpose? stated)
    {
        if (!token.TryGetPayloadValue<string>(options.SubjectClaim, out var subject) || string.IsNullOrWhiteSpace(subject)
            || !token.TryGetPayloadValue<string>(options.ActorClaim, out var actor) || string.IsNullOrWhiteSpace(actor) || actor == "*")
        {
            return Refused;
        }

        // An address that nobody has confirmed is whatever its owner typed.
        if (options.SubjectClaim == "email" && token.TryGetPayloadValue<bool>("email_verified", out var verified) && !verified)
        {
            return Refused;
        }

        // A principal acts with the account's own credential: no name in a token makes anybody one.
        if (principals.KindOf(subject) == SubjectKind.Principal)
        {
            return Refused;
        }

        var purpose = stated ?? new Purpose(options.Purposes[0]);
        return options.Purposes.Contains(purpose.Name)
            ? new Caller(new Subject(SubjectKind.User, subject), new Actor(actor), purpose)
            : new Failure(
                FailureKind.Denied,
                $"An access token may not be used for that purpose; it may for {string.Join(", ", options.Purposes)}. access.oidc.purposes can widen it.")
            {
                DeniedBy = DeniedBy.Purpose,
            };
    }

    private TokenValidationParameters Parameters(IReadOnlyList<SecurityKey> known) => new()
    {
        ValidIssuer = options.Issuer,
        ValidAudience = options.Audience,
        ValidTypes = Types,
        ValidAlgorithms = Algorithms,
        IssuerSigningKeys = known,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        TryAllIssuerSigningKeys = false,
        LifetimeValidator = (notBefore, expires, _, _) => IsWithin(notBefore, expires),
    };

    private bool IsWithin(DateTime? notBefore, DateTime? expires)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var skew = TimeSpan.FromSeconds(options.ClockSkewSeconds);
        return expires is { } end && now - skew < end && (notBefore is not { } start || now + skew >= start);
    }
}
