using Liaison.Connectors;

namespace Liaison.Salesforce.Wire;

/// <summary>The paths of one API version; names and ids are checked before they become part of one.</summary>
internal sealed class SalesforcePaths
{
    // A URI may have 16,384 bytes, and together with the headers no more (contracts/salesforce.md 2): the token takes its share.
    private const int LongestUri = 12_000;

    // Those that are seen have some sixty letters; what a cursor carries has to have an end.
    private const int LongestGiven = 1_024;

    private readonly string root;

    /// <exception cref="ArgumentException">The version is not one that the connector speaks.</exception>
    internal SalesforcePaths(string version)
    {
        if (!SupportedVersions.Contains(version, StringComparer.Ordinal))
        {
            throw new ArgumentException(
                $"The connection pins an API version that this connector does not speak; it speaks {string.Join(", ", SupportedVersions)}.",
                nameof(version));
        }

        Version = version;
        root = $"{Versions}/{version}";
    }

    /// <summary>Gets the versions, the default first: the newest that the contract has seen in use (contracts/salesforce.md 0.2).</summary>
    /// <remarks>Later ones are documented; whether the organisation has them yet it is asked at connecting, before anything is done by one.</remarks>
    internal static IReadOnlyList<string> SupportedVersions { get; } =
        ["v66.0", "v68.0", "v67.0", "v65.0", "v64.0", "v63.0", "v62.0", "v61.0", "v60.0"];

    /// <summary>Gets the list of what an organisation speaks; it needs no credential and is not counted.</summary>
    internal static string Versions => "/services/data";

    internal static string UserInfo => "/services/oauth2/userinfo";

    internal string Version { get; }

    internal string Composite => $"{root}/composite";

    internal string Collections => $"{root}/composite/sobjects";

    internal string Query(string soql) => $"{root}/query?q={Uri.EscapeDataString(soql)}";

    /// <summary>Gets the query that sees deleted and merged records too.</summary>
    internal string QueryAll(string soql) => $"{root}/queryAll?q={Uri.EscapeDataString(soql)}";

    internal string Retrieve(string sobject) => $"{Collections}/{Name(sobject)}";

    /// <summary>Gets one row.</summary>
    /// <param name="id">The id, of letters and digits only.</param>
    internal string Row(string sobject, string id) => $"{root}/sobjects/{Name(sobject)}/{id}";

    internal string Upsert(string sobject, string keyField) => $"{Collections}/{Name(sobject)}/{Name(keyField)}";

    /// <summary>Gets the deletion of records; commas stay as they are, since an escaped one takes three bytes of the URI.</summary>
    internal string Delete(IEnumerable<string> ids) => $"{Collections}?allOrNone=false&ids={string.Join(',', ids)}";

    internal string Describe(string sobject) => $"{root}/sobjects/{Name(sobject)}/describe";

    internal string Limits => $"{root}/limits";

    internal string Jobs(JobKind kind) => kind == JobKind.Write ? $"{root}/jobs/ingest" : $"{root}/jobs/query";

    /// <summary>Tells whether a path that an answer names may be called: it leads nowhere but to this host's own API (contracts/salesforce.md 6.1).</summary>
    /// <remarks>Of its form nothing more is known, and it is called as it came.</remarks>
    internal static bool IsGiven(string path) =>
        path.Length <= LongestGiven
        && path.StartsWith($"{Versions}/", StringComparison.Ordinal)
        && path.All(letter => letter is > ' ' and <= '~' and not '\\' and not '#')
        && Uri.UnescapeDataString(path).Split('/', '\\').All(step => step is not "." and not "..");

    /// <summary>Tells whether a given path is one under which the rest of a query is kept, and no other call.</summary>
    internal static bool IsRestOfQuery(string path) =>
        IsGiven(path) && !path.Contains('?', StringComparison.Ordinal) && path.Split('/', 6) is [_, _, _, _, "query" or "queryAll", { Length: > 0 }];

    /// <summary>Tells whether a path has to travel in a body instead.</summary>
    internal static bool IsTooLong(string path) => path.Length > LongestUri;

    /// <summary>Tells whether a text can be the name of an object or field: a letter, then letters, digits and underscores.</summary>
    internal static bool IsName(string text) =>
        text.Length is > 0 and <= 120 && char.IsAsciiLetter(text[0]) && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');

    private static string Name(string text) =>
        IsName(text) ? text : throw new ArgumentException("A name holds letters that no Salesforce name has.", nameof(text));
}
