using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Salesforce.Declaration;
using Liaison.Salesforce.Wire;

namespace Liaison.Salesforce.Records;

/// <summary>Makes or changes records by an external id that is unique; sections 3.2 and 7 of contracts/salesforce.md.</summary>
internal sealed class RecordUpserter(SalesforceApi api, CollectionSender collections)
{
    /// <summary>Refuses a field by which Salesforce finds no record, or several.</summary>
    internal static Failure? Refuse(FieldDefinition by) => by.Unique ? null : new(
        FailureKind.Invalid, "Salesforce finds no record by this field; name one that is an external id and unique.") { Field = by.Name };

    internal async Task<Result<IReadOnlyList<WriteOutcome>>> UpsertAsync(
        SalesforceObject target, FieldDefinition by, IReadOnlyList<RecordUpsert> upserts, CancellationToken cancellationToken)
    {
        if (Refuse(by) is { } refused)
        {
            return refused;
        }

        List<WriteOutcome> outcomes = [];
        foreach (var round in Rounds(upserts))
        {
            var sent = await collections.SendAsync(
                CrmOperation.Write,
                $"{target.Name}.upsert",
                HttpMethod.Patch,
                [.. round.Select(same => new CollectionItem(target.Name, null, Laid(target, by, same)))],
                cancellationToken,
                api.Paths.Upsert(target.Name, by.NativeName));
            outcomes.AddRange(round.Zip(sent).SelectMany(pair => pair.First.Select(upsert => new WriteOutcome(upsert.Key, pair.Second.Id, pair.Second.Failure)
            {
                Created = pair.Second.Created,
            })));
        }

        return WriteOutcomes.Of(outcomes);
    }

    // Those of one value are laid over each other. Values that differ by case alone are one to some fields and two to others, so
    // that they do not travel in one call, which may not name a record twice.
    private static IEnumerable<IReadOnlyList<IGrouping<string, RecordUpsert>>> Rounds(IReadOnlyList<RecordUpsert> upserts) =>
        from round in upserts
            .GroupBy(upsert => upsert.Value, StringComparer.Ordinal)
            .GroupBy(same => same.Key, StringComparer.OrdinalIgnoreCase)
            .SelectMany(alike => alike.Select((same, place) => (same, place)))
            .GroupBy(placed => placed.place, placed => placed.same)
            .OrderBy(round => round.Key)
        select (IReadOnlyList<IGrouping<string, RecordUpsert>>)[.. round];

    private static Dictionary<string, NativeValue> Laid(SalesforceObject target, FieldDefinition by, IGrouping<string, RecordUpsert> same)
    {
        var values = new Dictionary<string, NativeValue>(StringComparer.Ordinal)
        {
            [by.NativeName] = new(by.Type == FieldType.Number ? NativeKind.Number : NativeKind.Text, same.Key),
        };
        foreach (var (name, value) in same.SelectMany(upsert => upsert.Values))
        {
            values[name] = value;
        }

        if (target.Subtype is { } subtype)
        {
            values[SalesforceObject.SubtypeField] = NativeValue.OfText(subtype);
        }

        return values;
    }
}
