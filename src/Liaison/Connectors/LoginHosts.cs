using Liaison.Identity.Tokens;

namespace Liaison.Connectors;

/// <summary>Which hosts a credential signs in at.</summary>
internal static class LoginHosts
{
    /// <summary>Gives the host that gives out its tokens.</summary>
    public static Uri Of(SignIn signIn, SignInDescriptor declared)
    {
        var (profile, options) = (signIn.Connection.Profile, signIn.Connection.Options);
        return signIn.App?.LoginHost
            ?? (options.BaseUrl is { } own && declared.AtBaseUrl ? own : declared.Hosts.GetValueOrDefault(profile.Environment) ?? profile.BaseUrl);
    }

    /// <summary>Gives the host on which a person consents.</summary>
    public static Uri ConsentOf(SignIn signIn, SignInDescriptor declared)
    {
        // An emulator serves the consent page too; the vendor's API host does not.
        var profile = signIn.Connection.Profile;
        var emulated = profile.BaseUrl.IsLoopback && declared.AtBaseUrl;
        return signIn.App?.LoginHost is null && !emulated && declared.ConsentHosts.TryGetValue(profile.Environment, out var host)
            ? host
            : Of(signIn, declared);
    }

    /// <summary>Puts a path below a host, keeping the host's own path, as of a tenant.</summary>
    public static Uri At(Uri host, string path) => new(host.GetLeftPart(UriPartial.Path).TrimEnd('/') + path);
}
