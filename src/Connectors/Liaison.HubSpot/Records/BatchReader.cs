using Liaison.Connectors;
using Liaison.Failures;
using Liaison.HubSpot.Declaration;
using Liaison.HubSpot.Wire;
using Liaison.Model;

namespace Liaison.HubSpot.Records;

/// <summary>Reads records by id; section 6.1 and 6.3 of contracts/hubspot.md.</summary>
/// <remarks>Answers come in another order than the ids and merged records under another id, so everything goes by id.</remarks>
internal sealed class BatchReader(HubSpotApi api)
{
    private const string MergedIds = "hs_merged_object_ids";
    private const string MergedContactIds = "hs_calculated_merged_vids";

    private static readonly RecordType[] Mergeable = [RecordType.Contact, RecordType.Company, RecordType.Deal, RecordType.Ticket];

    internal async Task<Result<RecordBatch>> ReadAsync(
        RecordType type, IReadOnlyList<string> ids, IReadOnlyList<FieldDefinition> fields, CancellationToken cancellationToken)
    {
        // HubSpot refuses a batch that names an id twice.
        var wantedIds = ids.Distinct(StringComparer.Ordinal).ToList();
        if (wantedIds.Count == 0)
        {
            return new RecordBatch([], []);
        }

        var wanted = fields.Select(field => field.NativeName).Distinct(StringComparer.Ordinal).ToList();
        var properties = wanted.Union(MergeFields(type), StringComparer.Ordinal).ToList();
        var native = HubSpotRecordTypes.Of(type).NativeName;
        var call = new CrmCall(CrmOperation.Read, $"{native}.batch-read", HttpMethod.Post, api.Paths.Batch(native, "read"))
        {
            Body = JsonBody.Object(writer =>
            {
                writer.WriteInputs(wantedIds, (input, id) => input.WriteString("id", id));
                writer.WriteTexts("properties", properties);
                writer.WriteTexts("propertiesWithHistory", []);
            }),
            RecordCount = wantedIds.Count,
        };

        var answer = await api.PostAsync(call, properties, cancellationToken);
        return answer.Then(found => Sort(type, wantedIds, wanted, found));
    }

    private static Result<RecordBatch> Sort(
        RecordType type, List<string> ids, List<string> wanted, ObjectsAnswer answer)
    {
        // An error that names no id and no missing object is about the batch: its records are not missing but unread.
        if (answer.Errors.FirstOrDefault(error => error.Ids.Count == 0 && error.Error.Category != "OBJECT_NOT_FOUND") is { } fault)
        {
            return HubSpotErrors.OfItem(fault.Error);
        }

        var byId = new Dictionary<string, HubSpotObject>(StringComparer.Ordinal);
        foreach (var found in answer.Results)
        {
            byId[found.Id] = found;
        }

        var refused = answer.Errors.SelectMany(error => error.Ids).ToHashSet(StringComparer.Ordinal);
        var survivors = Survivors(answer.Results);
        List<NativeRecord> records = [];
        List<string> missing = [];
        foreach (var id in ids)
        {
            if (byId.TryGetValue(id, out var found))
            {
                records.Add(found.ToRecord(type, wanted));
            }
            else if (!refused.Contains(id) && survivors.TryGetValue(id, out var survivor))
            {
                records.Add(survivor.ToRecord(type, wanted) with { RequestedId = id });
            }
            else
            {
                missing.Add(id);
            }
        }

        return new RecordBatch(records, missing);
    }

    /// <summary>Tells by the ids that were merged away which record now stands for them.</summary>
    private static Dictionary<string, HubSpotObject> Survivors(IEnumerable<HubSpotObject> results)
    {
        var survivors = new Dictionary<string, HubSpotObject>(StringComparer.Ordinal);
        foreach (var found in results)
        {
            // "1;2" on every type; "501:1780000000000" (id and time) on contacts; either list may begin or end with ";".
            var ids = new[] { MergedIds, MergedContactIds }
                .Select(name => found.Properties.GetValueOrDefault(name).Raw ?? "")
                .SelectMany(list => list.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
            foreach (var id in ids)
            {
                survivors.TryAdd(id.Split(':')[0], found);
            }
        }

        return survivors;
    }

    private static IReadOnlyList<string> MergeFields(RecordType type) =>
        !Mergeable.Contains(type) ? [] : type == RecordType.Contact ? [MergedIds, MergedContactIds] : [MergedIds];
}
