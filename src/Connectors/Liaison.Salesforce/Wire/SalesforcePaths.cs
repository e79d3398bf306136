using Liaison.Connectors;

namespace Liaison.Salesforce.Wire;

/// <summary>The paths of one API version; names and ids are checked before they become part of one.</summary>
internal sealed class SalesforcePaths
{
    // A URI may have 16,384 bytes, and together with the headers no more (contracts/salesforce.md 2): the token takes its share.
    private const int LongestUri = 12_000;

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
    internal static IReadOnlyList<string> SupportedVersions { get; } = ["v66.0", "v65.0", "v64.0", "v63.0", "v62.0", "v61.0", "v60.0"];

    /// <summary>Gets the list of what an organisation speaks; it needs no credential and is not counted.</summary>
    internal static string Versions => "/services/data";

    internal static string UserInfo => "/services/oauth2/userinfo";

    internal string Version { get; }

    internal string Composite => $"{root}/composite";

    internal string Collections => $"{root}/composite/sobjects";

    internal string Query(string soql) => $"{root}/query?q={Uri.EscapeDataString(soql)}";

    /// <summary>Gets the query that sees deleted and merged records too.</summary>
    internal string QueryAll(string soql) => $"{root}/queryAll?q={Uri.EscapeDataString(soql)}";

    internal string QueryMore(string locator) => $"{root}/query/{Uri.EscapeDataString(locator)}";

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

    /// <summary>Tells whether a path has to travel in a body instead.</summary>
    internal static bool IsTooLong(string path) => path.Length > LongestUri;

    /// <summary>Tells whether a text can be the name of an object or field: a letter, then letters, digits and underscores.</summary>
    internal static bool IsName(string text) =>
        text.Length is > 0 and <= 120 && char.IsAsciiLetter(text[0]) && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');

    private static string Name(string text) =>
        IsName(text) ? text : throw new ArgumentException("A name holds letters that no Salesforce name has.", nameof(text));
}
