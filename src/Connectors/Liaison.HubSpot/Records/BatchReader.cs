using Liaison.Connectors;
using Liaison.Failures;
using Liaison.HubSpot.Declaration;
using Liaison.HubSpot.Wire;
using Liaison.Model;
using Liaison.Wire;

namespace Liaison.HubSpot.Records;

/// <summary>Reads records by id; section 6.1 and 6.3 of contracts/hubspot.md.</summary>
/// <remarks>Answers come in another order than the ids and merged records under another id, so everything goes by id.</remarks>
internal sealed class BatchReader(HubSpotApi api)
{
    private const string MergedIds = "hs_merged_object_ids";
    private const string Email = "email";
    private const string MoreEmails = "hs_additional_emails";
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
        var answer = await SendAsync(type, wantedIds, [.. wanted.Union(MergeFields(type), StringComparer.Ordinal)], null, cancellationToken);
        return answer.Then(found => Sort(type, wantedIds, wanted, found));
    }

    /// <summary>Reads records by a unique property.</summary>
    internal async Task<Result<RecordBatch>> FindAsync(
        RecordType type, FieldDefinition by, IReadOnlyList<string> values, IReadOnlyList<FieldDefinition> fields, CancellationToken cancellationToken)
    {
        if (UniqueKey.Refuse(by) is { } refused)
        {
            return refused;
        }

        var keys = values.DistinctBy(value => value.Trim().ToUpperInvariant(), StringComparer.Ordinal).Select(value => new UniqueKey(by.NativeName, value)).ToList();
        if (keys.Count == 0)
        {
            return new RecordBatch([], []);
        }

        var wanted = fields.Select(field => field.NativeName).Distinct(StringComparer.Ordinal).ToList();
        // HubSpot finds a contact by its further addresses too.
        IEnumerable<string> told = by.NativeName == Email ? [Email, MoreEmails] : [by.NativeName];
        var answer = await SendAsync(
            type, keys.ConvertAll(key => key.Value.Trim()), [.. wanted.Union(told, StringComparer.Ordinal)], by.NativeName, cancellationToken);
        return answer.Then(found => Sort(type, keys, wanted, found));
    }

    private async Task<Result<ObjectsAnswer>> SendAsync(
        RecordType type, List<string> ids, IReadOnlyList<string> properties, string? idProperty, CancellationToken cancellationToken)
    {
        var native = HubSpotRecordTypes.Of(type).NativeName;
        var call = new CrmCall(CrmOperation.Read, $"{native}.batch-read", HttpMethod.Post, api.Paths.Batch(native, "read"))
        {
            Body = JsonBody.OfObject(writer =>
            {
                writer.WriteInputs(ids, (input, id) => input.WriteString("id", id));
                writer.WriteTexts("properties", properties);
                writer.WriteTexts("propertiesWithHistory", []);
                if (idProperty is not null)
                {
                    writer.WriteString("idProperty", idProperty);
                }
            }),
            RecordCount = ids.Count,
        };

        return await api.PostAsync(call, properties, cancellationToken);
    }

    private static Result<RecordBatch> Sort(RecordType type, List<UniqueKey> keys, List<string> wanted, ObjectsAnswer answer)
    {
        if (Fault(answer) is { } fault)
        {
            return fault;
        }

        List<NativeRecord> records = [];
        List<string> missing = [];
        foreach (var key in keys)
        {
            if (answer.Results.FirstOrDefault(found => Holds(found, key)) is { } held)
            {
                records.Add(held.ToRecord(type, wanted) with { RequestedId = key.Value });
            }
            else
            {
                missing.Add(key.Value);
            }
        }

        return new RecordBatch(records, missing);
    }

    private static bool Holds(HubSpotObject found, UniqueKey key) =>
        key.Is(found.Properties.GetValueOrDefault(key.Property).Raw)
        || (key.Property == Email && (found.Properties.GetValueOrDefault(MoreEmails).Raw ?? "").Split(';').Any(key.Is));

    // An error that names no id and no missing object is about the batch: its records are not missing but unread.
    private static Failure? Fault(ObjectsAnswer answer) =>
        answer.Errors.FirstOrDefault(error => error.Ids.Count == 0 && error.Error.Category != "OBJECT_NOT_FOUND") is { } fault
            ? HubSpotErrors.OfItem(fault.Error)
            : null;

    private static Result<RecordBatch> Sort(
        RecordType type, List<string> ids, List<string> wanted, ObjectsAnswer answer)
    {
        if (Fault(answer) is { } fault)
        {
            return fault;
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
