using Liaison.EndToEnd.Tests.Processes;

namespace Liaison.EndToEnd.Tests.Salesforce;

/// <summary>The configuration of the other tests, for a Salesforce org.</summary>
internal static class SalesforcePlace
{
    /// <summary>The token of the account.</summary>
    public const string Administrator = "00Ddemo!admin";

    /// <summary>Writes the configuration with the tokens of the demo users.</summary>
    /// <param name="chunkSize">How many contacts are worked on at a time; <see langword="null"/> leaves it to the product.</param>
    /// <param name="added">A connection that the operator may look at too, with a comma before it.</param>
    /// <param name="jobsFrom">From how many contacts on work goes by jobs; <see langword="null"/> leaves it to the product.</param>
    /// <param name="store">Names the database to keep the state in; <see langword="null"/> leaves it to the product.</param>
    public static Workplace WithSalesforce(
        this Workplace place, Uri address, int? chunkSize = null, string added = "", int? jobsFrom = null, Func<string, string>? store = null)
    {
        var yaml = Workplace.YamlFor(address, limitProfile: "enterprise", added: added)
            .Replace("crm: hubspot", "crm: salesforce", StringComparison.Ordinal)
            .Replace("chunkSize: 400", chunkSize is { } size ? $"chunkSize: {size}" : "", StringComparison.Ordinal);
        yaml = jobsFrom is { } from ? yaml.Replace("share: 1.0", $"share: 1.0\n    jobsFrom: {from}", StringComparison.Ordinal) : yaml;
        foreach (var (name, token) in new[] { ("MANAGER", "manager"), ("REP", "rep-north"), ("NOBODY", "none") })
        {
            yaml = yaml.Replace($"env:TOKEN_{name}", $"file:{place.Write($"token-{token}", $"00Ddemo!{token}")}", StringComparison.Ordinal);
        }

        return place.With(store?.Invoke(yaml) ?? yaml, Administrator);
    }
}
