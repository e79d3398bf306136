using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Server.Rest.Authentication;

/// <summary>Puts the ways of proving oneself together.</summary>
internal static class AuthenticationSetup
{
    private const string ByCredential = "ByCredential";

    private static readonly TimeSpan ProviderPatience = TimeSpan.FromSeconds(10);

    public static IServiceCollection AddProofs(this IServiceCollection services, AccessOptions access)
    {
        services.AddSingleton<RefusalLimiter>();
        services.AddSingleton<Turnstile>();
        var authentication = services
            .AddAuthentication(ByCredential)
            .AddPolicyScheme(ByCredential, displayName: null, options => options.ForwardDefaultSelector = context => SchemeOf(context, access))
            .AddScheme<AuthenticationSchemeOptions, KeyAuthentication>(KeyAuthentication.SchemeName, configureOptions: null);
        if (access.Oidc is { } oidc)
        {
            services.AddSingleton(oidc);
            services.AddSingleton<OidcKeys>();
            services.AddSingleton<OidcTokens>();
            services.AddHttpClient(OidcKeys.ClientName, client =>
            {
                client.Timeout = ProviderPatience;
                client.MaxResponseContentBufferSize = 1024 * 1024;
            });
            authentication.AddScheme<AuthenticationSchemeOptions, OidcAuthentication>(OidcAuthentication.SchemeName, configureOptions: null);
        }

        return services.AddAuthorization();
    }

    // Where no identity provider is configured, whatever is presented is a key or is refused as one.
    private static string SchemeOf(HttpContext context, AccessOptions access) =>
        access.Oidc is not null && Proof.CredentialOf(context.Request)?.StartsWith(KeyAuthentication.Prefix, StringComparison.Ordinal) == false
            ? OidcAuthentication.SchemeName
            : KeyAuthentication.SchemeName;
}
