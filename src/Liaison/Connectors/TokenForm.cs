using System.Text;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Identity.Tokens;

namespace Liaison.Connectors;

/// <summary>Builds the forms that a token endpoint takes; every secret stands in the body and never in a URL.</summary>
internal sealed class TokenForm(SecretResolver secrets, TimeProvider time)
{
    private const string JwtBearer = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    /// <summary>Builds the form by which a credential gets its tokens without a person.</summary>
    /// <returns><see cref="FailureKind.Unauthenticated"/> in a clause, where a secret is missing or of no use.</returns>
    public async Task<Result<List<(string Name, string Value)>>> OfGrantAsync(
        SignIn signIn, ConnectorDescriptor descriptor, string? refreshToken, CancellationToken cancellationToken)
    {
        var scopes = Scopes(signIn, descriptor);
        switch (signIn.Options.Grant)
        {
            case GrantKind.AuthorizationCode:
                return await WithAppAsync(signIn, [("grant_type", "refresh_token"), ("refresh_token", refreshToken ?? "")], cancellationToken);

            case GrantKind.ClientCredentials:
                return await WithAppAsync(signIn, [("grant_type", "client_credentials"), .. scopes], cancellationToken);

            case GrantKind.JwtBearer:
                return (await AssertAsync(signIn, descriptor, cancellationToken)).Then<List<(string, string)>>(assertion =>
                    new List<(string, string)> { ("grant_type", JwtBearer), ("assertion", assertion) });

            case GrantKind.Password:
                return (await TextAsync(signIn.Options.Password, cancellationToken)).TryGet(out var password, out var missing)
                    ? await WithAppAsync(signIn, [("grant_type", "password"), ("username", signIn.Options.Username!), ("password", password)], cancellationToken)
                    : missing;

            case GrantKind.StaticToken:
            default:
                throw new ArgumentException("A static token is not asked for.", nameof(signIn));
        }
    }

    /// <summary>Adds the app's id, and its secret where it has one.</summary>
    public async Task<Result<List<(string Name, string Value)>>> WithAppAsync(
        SignIn signIn, List<(string Name, string Value)> form, CancellationToken cancellationToken)
    {
        var app = signIn.App!;
        form.Add(("client_id", app.ClientId));
        if (app.ClientSecret is null)
        {
            return form;
        }

        if (!(await TextAsync(app.ClientSecret, cancellationToken)).TryGet(out var secret, out var missing))
        {
            return missing;
        }

        form.Add(("client_secret", secret));
        return form;
    }

    public static byte[] Encode(IEnumerable<(string Name, string Value)> form) => Encoding.ASCII.GetBytes(string.Join(
        '&', form.Select(field => $"{Uri.EscapeDataString(field.Name)}={Uri.EscapeDataString(field.Value)}")));

    private static List<(string, string)> Scopes(SignIn signIn, ConnectorDescriptor descriptor)
    {
        var scopes = descriptor.SignIn.Find(signIn.Options.Grant)?.Scopes ?? [];
        return scopes.Count == 0
            ? []
            : [("scope", string.Join(' ', scopes.Select(scope => FeatureScopes.Filled(scope, signIn.Connection))))];
    }

    private async Task<Result<string>> AssertAsync(SignIn signIn, ConnectorDescriptor descriptor, CancellationToken cancellationToken)
    {
        var app = signIn.App!;
        var audience = app.Audience ?? LoginHosts.Of(signIn, descriptor.SignIn).GetLeftPart(UriPartial.Authority);
        return (await TextAsync(app.PrivateKey, cancellationToken)).Then(pem => SignedAssertion.Sign(
            pem, app.ClientId, signIn.Options.Username!, audience, time.GetUtcNow() + descriptor.SignIn.AssertionLifetime));
    }

    private async Task<Result<string>> TextAsync(string? reference, CancellationToken cancellationToken) =>
        SecretReference.Parse(reference).TryGet(out var parsed, out var malformed)
            ? await secrets.ResolveTextAsync(parsed, cancellationToken)
            : malformed;
}
