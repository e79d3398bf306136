using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Salesforce.Declaration;
using Liaison.Salesforce.Schema;
using Liaison.Salesforce.Soql;
using Liaison.Salesforce.Wire;
using Liaison.Wire;

namespace Liaison.Salesforce.Records;

/// <summary>Reads records by id; sections 3, 5 and 7 of contracts/salesforce.md.</summary>
/// <remarks>
/// By a retrieve, which gives null for what is not there; fields of parents need a statement, since the retrieve takes an
/// object's own fields only. A record that was merged away is given as the one that it lives on in.
/// </remarks>
internal sealed class RecordReader(SalesforceApi api, RowSource rows, SchemaReader schemas, Uri host)
{
    private const string Survivor = "MasterRecordId";

    // A survivor may have been merged in its turn; nobody merges so often in good order.
    private const int LongestChain = 5;

    internal async Task<Result<RecordBatch>> ReadAsync(
        SalesforceObject target, IReadOnlyList<string> ids, IReadOnlyList<FieldDefinition> fields, CancellationToken cancellationToken)
    {
        var asked = ids.Distinct(StringComparer.Ordinal).ToLookup(id => SalesforceId.Normalize(id) ?? "", StringComparer.Ordinal);
        var wanted = fields.Select(field => field.NativeName).Distinct(StringComparer.Ordinal).ToList();
        if (wanted.Find(field => !ConditionCompiler.IsPath(field)) is { } odd)
        {
            return Refusals.NoSuchField(odd);
        }

        List<string> known = [.. asked.Select(group => group.Key).Where(id => id.Length > 0)];
        if (!(await FetchAsync(target, known, wanted, cancellationToken)).TryGet(out var found, out var refused))
        {
            return refused;
        }

        var byId = found.ToDictionary(row => row.Id, StringComparer.Ordinal);
        var lost = known.Where(id => !byId.ContainsKey(id)).ToList();
        if (!(await FollowAsync(target, lost, wanted, cancellationToken)).TryGet(out var survivors, out refused))
        {
            return refused;
        }

        List<NativeRecord> records = [];
        List<string> missing = [.. asked[""]];
        foreach (var group in asked.Where(group => group.Key.Length > 0))
        {
            if ((byId.GetValueOrDefault(group.Key) ?? survivors.GetValueOrDefault(group.Key)) is { } row)
            {
                // Under each spelling that it was asked for.
                records.AddRange(group.Select(id => row.ToRecord(target.Type, wanted, host) with { RequestedId = id == row.Id ? null : id }));
            }
            else
            {
                missing.AddRange(group);
            }
        }

        return new RecordBatch(records, missing);
    }

    private async Task<Result<IReadOnlyList<SalesforceRow>>> FetchAsync(
        SalesforceObject target, List<string> ids, List<string> wanted, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return Result<IReadOnlyList<SalesforceRow>>.Of([]);
        }

        return await schemas.ReadVisibleAsync(
            target.Name,
            [.. SystemFields.All.Union(wanted, StringComparer.OrdinalIgnoreCase)],
            fields => FetchAsync(target, ids, fields, cancellationToken),
            cancellationToken);
    }

    private async Task<Result<IReadOnlyList<SalesforceRow>>> FetchAsync(
        SalesforceObject target, List<string> ids, IReadOnlyList<string> fields, CancellationToken cancellationToken)
    {
        if (fields.Any(field => field.Contains('.', StringComparison.Ordinal)))
        {
            return await rows.AllAsync(
                CrmOperation.Read, $"{target.Name}.read-with-parents",
                $"SELECT {string.Join(", ", fields)} FROM {target.Name} WHERE Id IN ({ListOf(ids)}) ORDER BY Id", fields, cancellationToken);
        }

        var call = new CrmCall(CrmOperation.Read, $"{target.Name}.retrieve", HttpMethod.Post, api.Paths.Retrieve(target.Name))
        {
            Body = JsonBody.OfObject(writer =>
            {
                writer.WriteTexts("ids", ids);
                writer.WriteTexts("fields", fields);
            }),
            RecordCount = ids.Count,
        };
        var sent = await api.SendAsync(call, cancellationToken);
        return sent.Then(answer => SalesforceApi.Parse(answer, new RowReader(fields).ReadList));
    }

    /// <summary>Finds the records that merged ones live on in.</summary>
    private async Task<Result<Dictionary<string, SalesforceRow>>> FollowAsync(
        SalesforceObject target, List<string> lost, List<string> wanted, CancellationToken cancellationToken)
    {
        var survivors = new Dictionary<string, SalesforceRow>(StringComparer.Ordinal);
        var heirs = lost.ToDictionary(id => id, id => id, StringComparer.Ordinal);
        for (var step = 0; step < LongestChain && heirs.Count > 0 && target.Mergeable; step++)
        {
            if (!(await MergedAsync(target, [.. heirs.Values.Distinct(StringComparer.Ordinal)], cancellationToken)).TryGet(out var into, out var refused)
                || !(await FetchAsync(target, [.. into.Values.Distinct(StringComparer.Ordinal)], wanted, cancellationToken)).TryGet(out var found, out refused))
            {
                return refused;
            }

            var standing = found.ToDictionary(row => row.Id, StringComparer.Ordinal);
            heirs = heirs.Where(heir => into.ContainsKey(heir.Value)).ToDictionary(heir => heir.Key, heir => into[heir.Value], StringComparer.Ordinal);
            foreach (var (id, heir) in heirs.Where(heir => standing.ContainsKey(heir.Value)).ToList())
            {
                survivors[id] = standing[heir];
                heirs.Remove(id);
            }
        }

        return survivors;
    }

    private async Task<Result<Dictionary<string, string>>> MergedAsync(SalesforceObject target, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var into = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in ids.Chunk(SalesforceLimits.Collection))
        {
            string[] fields = [SystemFields.Id, Survivor];
            var soql = $"SELECT Id, {Survivor} FROM {target.Name} WHERE Id IN ({ListOf(part)}) AND IsDeleted = true AND {Survivor} != null";
            var sent = await api.SendAsync(new(CrmOperation.Read, $"{target.Name}.merged", HttpMethod.Get, api.Paths.QueryAll(soql)), cancellationToken);
            if (!sent.Then(answer => SalesforceApi.Parse(answer, new RowReader(fields).ReadPage)).TryGet(out var page, out var refused))
            {
                return refused;
            }

            foreach (var row in page.Rows)
            {
                if (SalesforceId.Normalize(row.Values.GetValueOrDefault(Survivor).Raw ?? "") is { } survivor)
                {
                    into[row.Id] = survivor;
                }
            }
        }

        return into;
    }

    /// <summary>Writes ids, which are letters and digits only, as the list of a condition.</summary>
    internal static string ListOf(IEnumerable<string> ids) => string.Join(',', ids.Select(id => $"'{id}'"));
}
