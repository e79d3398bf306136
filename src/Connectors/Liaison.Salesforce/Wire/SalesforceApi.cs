using System.Collections.Frozen;
using System.Text.Json.Serialization.Metadata;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Wire;

namespace Liaison.Salesforce.Wire;

/// <summary>The calls of one session: paths of its version, the headers that every call carries, JSON out and in.</summary>
internal sealed class SalesforceApi(ICrmChannel channel, SalesforcePaths paths)
{
    /// <summary>Makes our own changes known again in the CRM's stream of changes (contracts/salesforce.md 0.10).</summary>
    internal static readonly KeyValuePair<string, string> Client = new("Sforce-Call-Options", "client=liaison");

    /// <summary>What the table of errors tells of a version that is spoken no more.</summary>
    internal const string VersionRetired = "Salesforce has retired the pinned API version; pin a newer one.";

    private static readonly FrozenDictionary<string, string> Always = new[] { Client }.ToFrozenDictionary();

    internal SalesforcePaths Paths => paths;

    /// <summary>Gets the headers without which a write does more or shows more than was asked (contracts/salesforce.md 3.4, 10.1).</summary>
    /// <remarks>
    /// Assignment rules would change the owner of leads and cases; matches of duplicate rules could name records that the user
    /// may not see; and no duplicate is ever saved over a rule.
    /// </remarks>
    internal static FrozenDictionary<string, string> Writing { get; } = new KeyValuePair<string, string>[]
    {
        Client,
        new("Sforce-Auto-Assign", "FALSE"),
        new("Sforce-Duplicate-Rule-Header", "allowSave=false; includeRecordDetails=false; runAsCurrentUser=true"),
    }.ToFrozenDictionary();

    internal async Task<Result<CrmAnswer>> SendAsync(CrmCall call, CancellationToken cancellationToken)
    {
        var sent = await channel.SendAsync(call.Headers.Count == 0 ? call with { Headers = Always } : call, cancellationToken);

        // The table of errors is every connection's; which version is pinned only the session can say (R128).
        return sent.Failure is { Kind: FailureKind.Unsupported } retired && retired.Message.StartsWith(VersionRetired, StringComparison.Ordinal)
            ? retired with { Message = $"Salesforce has retired API version {paths.Version}, which the connection pins; pin a newer one as its apiVersion." }
            : sent;
    }

    /// <summary>Reads a document.</summary>
    internal async Task<Result<T>> GetAsync<T>(
        CrmOperation operation, string name, string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        var sent = await SendAsync(new(operation, name, HttpMethod.Get, path), cancellationToken);
        return sent.Then(answer => CrmAnswers.Parse("Salesforce", answer, type));
    }

    /// <summary>Reads an answer; one that is not the documented JSON is a fault on the way, and after a write an open outcome.</summary>
    internal static Result<T> Parse<T>(
        CrmAnswer answer, Func<ReadOnlyMemory<byte>, T?> read, CrmOperation operation = CrmOperation.Read)
        where T : class => CrmAnswers.Parse("Salesforce", answer, read, operation);
}
