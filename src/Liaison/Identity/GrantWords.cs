using Liaison.Connectors;

namespace Liaison.Identity;

/// <summary>The words of the configuration for the ways to a token.</summary>
internal static class GrantWords
{
    public static string Of(GrantKind kind) => kind switch
    {
        GrantKind.StaticToken => "static-token",
        GrantKind.AuthorizationCode => "authorization-code",
        GrantKind.JwtBearer => "jwt-bearer",
        GrantKind.ClientCredentials => "client-credentials",
        GrantKind.Password => "password",
    };
}
