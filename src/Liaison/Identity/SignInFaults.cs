using Liaison.Connectors;

namespace Liaison.Identity;

/// <summary>Finds every fault of a connection's credentials.</summary>
internal static class SignInFaults
{
    private const int MostMinutes = 1440;

    /// <param name="descriptor">The connector; <see langword="null"/> where the connection names none that is known.</param>
    public static IEnumerable<string> Of(string at, ConnectionOptions options, ConnectorDescriptor? descriptor)
    {
        var credentials = options.Credentials;
        IEnumerable<string> faults = credentials.App is { } app ? OfApp($"{at}.app", app, options.Environment, descriptor) : [];
        if (credentials.Account is { } account)
        {
            faults = faults.Concat(OfOne($"{at}.account", account, options, descriptor));
        }

        return faults.Concat(credentials.Users.SelectMany(user => OfUser($"{at}.users.{user.Key}", user.Value, options, descriptor)));
    }

    private static IEnumerable<string> OfUser(string at, SignInOptions signIn, ConnectionOptions options, ConnectorDescriptor? descriptor) =>
        signIn.Grant == GrantKind.ClientCredentials
            ? OfOne(at, signIn, options, descriptor).Append($"{at}.grant: client-credentials signs in as the app and not as this user; it serves credentials.account only.")
            : OfOne(at, signIn, options, descriptor);

    private static IEnumerable<string> OfOne(string at, SignInOptions signIn, ConnectionOptions options, ConnectorDescriptor? descriptor)
    {
        if (signIn.App is { } own)
        {
            foreach (var fault in OfApp($"{at}.app", own, options.Environment, descriptor))
            {
                yield return fault;
            }
        }

        if (signIn.LifetimeMinutes is < 1 or > MostMinutes)
        {
            yield return $"{at}.lifetimeMinutes: a token lives between 1 and {MostMinutes} minutes.";
        }

        foreach (var fault in OfGrant(at, signIn, signIn.App ?? options.Credentials.App, options.Environment, descriptor))
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> OfGrant(
        string at, SignInOptions signIn, AppOptions? app, CrmEnvironment environment, ConnectorDescriptor? descriptor)
    {
        if (signIn.Grant == GrantKind.StaticToken)
        {
            return SecretReference.Parse(signIn.Token).Failure is { } wrong ? [$"{Placed(at, signIn)}: {wrong.Message}"] : [];
        }

        if (descriptor is null)
        {
            return [];
        }

        if (descriptor.SignIn.Find(signIn.Grant) is not { } grant)
        {
            var offered = string.Join(", ", descriptor.SignIn.Grants.Select(each => GrantWords.Of(each.Kind)));
            return [$"{at}.grant: {descriptor.DisplayName} is not signed in to by {GrantWords.Of(signIn.Grant)}; it offers {offered}."];
        }

        return
        [
            .. signIn.Token is null ? [] : Told($"{at}.token", "only a static token is given; this grant gets its own."),
            .. app is null ? Told($"{at}.app", $"{GrantWords.Of(signIn.Grant)} signs in through an app; give its clientId here or under credentials.app.") : [],
            .. grant.NeedsClientSecret && app is { ClientSecret: null } ? Told($"{at}.app.clientSecret", "this grant takes the app's secret, by reference.") : [],
            .. OfPerson(at, signIn, app, environment),
        ];
    }

    private static IEnumerable<string> OfPerson(string at, SignInOptions signIn, AppOptions? app, CrmEnvironment environment)
    {
        if (signIn.Grant is GrantKind.JwtBearer or GrantKind.Password && string.IsNullOrWhiteSpace(signIn.Username))
        {
            yield return $"{at}.username: this grant names the CRM user to act as.";
        }

        if (signIn.Grant == GrantKind.JwtBearer && app is { PrivateKey: null })
        {
            yield return $"{at}.app.privateKey: jwt-bearer signs with the app's private key, by reference.";
        }

        if (signIn.Grant != GrantKind.Password)
        {
            yield break;
        }

        if (SecretReference.Parse(signIn.Password).Failure is { } wrong)
        {
            yield return $"{at}.password: {wrong.Message}";
        }

        if (environment == CrmEnvironment.Production)
        {
            yield return $"{at}.grant: a password in a configuration opens everything that its user may do, and vendors block this flow; production takes another grant.";
        }
        else if (!signIn.AllowInsecureFlow)
        {
            yield return $"{at}.allowInsecureFlow: the password flow is for development; set this to true to use it in a sandbox.";
        }
    }

    private static IEnumerable<string> OfApp(string at, AppOptions app, CrmEnvironment environment, ConnectorDescriptor? descriptor)
    {
        if (app.ClientId.Length is 0 or > 300 || !app.ClientId.All(letter => letter is > ' ' and <= '~'))
        {
            yield return $"{at}.clientId: the app's public id is wanted, as the CRM shows it.";
        }

        foreach (var (key, reference) in new[] { ("clientSecret", app.ClientSecret), ("privateKey", app.PrivateKey) })
        {
            if (reference is not null && SecretReference.Parse(reference).Failure is { } wrong)
            {
                yield return $"{at}.{key}: {wrong.Message}";
            }
        }

        foreach (var fault in AddressFaults.Of($"{at}.loginHost", app.LoginHost, environment))
        {
            yield return fault;
        }

        // Salesforce's own tool never mixes the two either (contracts/salesforce.md 1.3).
        var others = descriptor?.SignIn.Hosts.Where(host => host.Key != environment && host.Value.Host == app.LoginHost?.Host) ?? [];
        foreach (var (other, host) in others)
        {
            yield return $"{at}.loginHost: {host.Host} signs in to {other.ToString().ToLowerInvariant()} and this connection is {environment.ToString().ToLowerInvariant()}; correct one of the two.";
        }
    }

    private static string Placed(string at, SignInOptions signIn) => signIn.Token is null ? $"{at}.token" : at;

    private static IEnumerable<string> Told(string at, string sentence) => [$"{at}: {sentence}"];
}
