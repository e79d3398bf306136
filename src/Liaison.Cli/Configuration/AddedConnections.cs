using Liaison.Connectors;
using Liaison.Identity;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Liaison.Cli.Configuration;

/// <summary>The connections that were added by command: one small file each, so that nobody's <c>liaison.yaml</c> is rewritten.</summary>
internal static class AddedConnections
{
    /// <summary>Gives the file of one.</summary>
    public static string PathOf(string folder, string name) => Path.Combine(folder, name + ".yaml");

    /// <summary>Reads all of them by name.</summary>
    public static IReadOnlyDictionary<string, ConnectionOptions> Read(string folder) =>
        Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal).ToDictionary(
                file => Path.GetFileNameWithoutExtension(file), ConfigurationFile.Read<ConnectionOptions>)
            : new Dictionary<string, ConnectionOptions>();

    /// <summary>Writes one; secrets are references, so nothing in the file is secret.</summary>
    public static void Write(string folder, string name, ConnectionOptions options)
    {
        Directory.CreateDirectory(folder);
        var document = new Dictionary<string, object?>
        {
            ["crm"] = options.Crm,
            ["environment"] = HyphenatedNamingConvention.Instance.Apply(options.Environment.ToString()),
            ["writes"] = HyphenatedNamingConvention.Instance.Apply(options.Writes.ToString()),
            ["baseUrl"] = options.BaseUrl?.ToString(),
            ["apiVersion"] = options.ApiVersion,
            ["limitProfile"] = options.LimitProfile,
            ["accountId"] = options.AccountId,
            ["credentials"] = Given(new()
            {
                ["app"] = AppOf(options.Credentials.App),
                ["account"] = SignInOf(options.Credentials.Account),
                ["users"] = options.Credentials.Users.Count == 0 ? null : options.Credentials.Users.ToDictionary(user => user.Key, user => SignInOf(user.Value)),
            }),
        };
        File.WriteAllText(PathOf(folder, name), new SerializerBuilder().WithQuotingNecessaryStrings().Build().Serialize(Given(document)));
    }

    /// <summary>Removes one; tells whether there was one.</summary>
    public static bool Remove(string folder, string name)
    {
        var path = PathOf(folder, name);
        var there = File.Exists(path);
        File.Delete(path);
        return there;
    }

    private static object? SignInOf(SignInOptions? signIn) => signIn is null ? null : signIn.Grant == GrantKind.StaticToken
        ? signIn.Token
        : Given(new()
        {
            ["grant"] = HyphenatedNamingConvention.Instance.Apply(signIn.Grant.ToString()), ["username"] = signIn.Username,
        });

    private static Dictionary<string, object?>? AppOf(AppOptions? app) => app is null ? null : Given(new()
    {
        ["clientId"] = app.ClientId, ["clientSecret"] = app.ClientSecret, ["privateKey"] = app.PrivateKey, ["loginHost"] = app.LoginHost?.ToString(),
    });

    private static Dictionary<string, object?> Given(Dictionary<string, object?> entries) =>
        entries.Where(entry => entry.Value is not null).ToDictionary(entry => entry.Key, entry => entry.Value);
}
