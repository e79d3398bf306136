using Liaison.Connectors;
using Liaison.Failures;
using Liaison.HubSpot.Declaration;
using Liaison.HubSpot.Wire;
using Liaison.Model;

namespace Liaison.HubSpot.Schema;

/// <summary>Reads what fields a record type has.</summary>
/// <remarks>Sensitive properties are listed only when asked for, and are never asked for (contracts/hubspot.md 2.2).</remarks>
internal sealed class SchemaReader(HubSpotApi api, AccountReader accounts)
{
    internal async Task<Result<RecordSchema>> DescribeAsync(RecordType type, CancellationToken cancellationToken)
    {
        var descriptor = HubSpotRecordTypes.Of(type);
        var reading = api.GetAsync(
            CrmOperation.Describe,
            $"{descriptor.NativeName}.properties",
            api.Paths.Properties(descriptor.NativeName),
            HubSpotJson.Default.PropertiesDocument,
            cancellationToken);

        // Without the account's currency a sum would be shown in a wrong one, so its failure is this one's.
        var asking = accounts.RecallAsync(cancellationToken);
        await Task.WhenAll(asking, reading);
        if (!(await reading).TryGet(out var properties, out var refused))
        {
            return refused;
        }

        return (await asking).Then<RecordSchema>(details =>
        {
            var schema = new RecordSchema(type, descriptor.NativeName, PropertyMapping.Map(descriptor, properties.Results ?? []));
            return details.CompanyCurrency is { Length: > 0 } currency ? schema with { DefaultCurrency = currency } : schema;
        });
    }
}
