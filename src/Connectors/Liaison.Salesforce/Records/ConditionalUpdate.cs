using System.Globalization;
using Liaison.Connectors;
using Liaison.Salesforce.Declaration;
using Liaison.Salesforce.Wire;
using Liaison.Wire;

namespace Liaison.Salesforce.Records;

/// <summary>Updates one row on the condition that nobody has changed it since it was read; section 3.3 of contracts/salesforce.md.</summary>
/// <remarks>
/// Rows take the condition and collections do not, so that it guards a write that goes alone. It is as fine as a second: a change within the
/// second of the reading passes, and is what the comparison before the write is for.
/// </remarks>
internal sealed class ConditionalUpdate(SalesforceApi api)
{
    private const string Condition = "If-Unmodified-Since";

    /// <summary>Gives the moment of a version, which is the system's stamp of the record; <see langword="null"/> where it is none.</summary>
    internal static DateTimeOffset? MomentOf(string? version) => SalesforceTime.Parse(version);

    internal async Task<WriteOutcome> SendAsync(
        SalesforceObject target, string id, RecordWrite write, DateTimeOffset unmodifiedSince, CancellationToken cancellationToken)
    {
        var call = new CrmCall(CrmOperation.Write, $"{target.Name}.update-unmodified", HttpMethod.Patch, api.Paths.Row(target.Name, id))
        {
            Body = JsonBody.OfObject(writer =>
            {
                foreach (var (name, value) in write.Values)
                {
                    writer.WriteField(name, value);
                }
            }),
            Headers = new Dictionary<string, string>(SalesforceApi.Writing, StringComparer.Ordinal)
            {
                [Condition] = unmodifiedSince.ToUniversalTime().ToString("R", CultureInfo.InvariantCulture),
            },
        };
        return new WriteOutcome(write.Key, write.Id, (await api.SendAsync(call, cancellationToken)).Failure);
    }
}
