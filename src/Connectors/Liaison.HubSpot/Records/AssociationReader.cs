using System.Text.Json;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.HubSpot.Declaration;
using Liaison.HubSpot.Wire;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Wire;

namespace Liaison.HubSpot.Records;

/// <summary>Reads the links between records; section 8 of contracts/hubspot.md.</summary>
internal sealed class AssociationReader(HubSpotApi api, CredentialReach reach)
{
    // Type ids are directional: 1 says "primary" from contact to company and nothing anywhere else.
    private static readonly Dictionary<TypePair, int> PrimaryTypes = new()
    {
        [new("contacts", "companies")] = 1,
        [new("companies", "contacts")] = 2,
        [new("deals", "companies")] = 5,
        [new("companies", "deals")] = 6,
        [new("companies", "tickets")] = 25,
        [new("tickets", "companies")] = 26,
    };

    internal async Task<Result<IReadOnlyList<Association>>> ReadAsync(
        RecordType from, RecordType to, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var pair = TypePair.Of(from, to);
        var distinct = ids.Distinct(StringComparer.Ordinal).ToList();

        // HubSpot's batch reads are not for user-level tokens (contracts/hubspot.md 2.2); the links of one record are.
        var links = reach == CredentialReach.User
            ? await ReadSinglyAsync(pair, distinct, cancellationToken)
            : await ReadBatchAsync(pair, distinct, cancellationToken);
        return links.Then(found => Result<IReadOnlyList<Association>>.Of(Merge(pair, found)));
    }

    private async Task<Result<List<Link>>> ReadBatchAsync(
        TypePair pair, List<string> ids, CancellationToken cancellationToken)
    {
        List<Link> links = [];
        List<(string Id, string? After)> open = [.. ids.Select(id => (id, (string?)null))];
        while (open.Count > 0)
        {
            var inputs = open;
            var call = new CrmCall(
                CrmOperation.ReadAssociations,
                $"{pair.From}.{pair.To}.batch-read",
                HttpMethod.Post,
                api.Paths.AssociationBatch(pair.From, pair.To, "read"))
            {
                Body = JsonBody.OfObject(writer => writer.WriteInputs(inputs, (input, next) =>
                {
                    input.WriteString("id", next.Id);
                    if (next.After is not null)
                    {
                        input.WriteString("after", next.After);
                    }
                })),
                RecordCount = inputs.Count,
            };

            var sent = await api.SendAsync(call, cancellationToken);
            var read = sent.Then(answer => HubSpotApi.Parse(
                answer, body => JsonSerializer.Deserialize(body.Span, HubSpotJson.Default.AssociationRowsDocument)));
            if (!read.TryGet(out var rows, out var refused))
            {
                return refused;
            }

            if (Fault(rows) is { } fault)
            {
                return fault;
            }

            open = [];
            foreach (var row in rows.Results ?? [])
            {
                if (row.From?.Id is { } id)
                {
                    links.AddRange(Links(id, row.To));
                    if (row.Paging?.Next?.After is { } after)
                    {
                        open.Add((id, after));
                    }
                }
            }
        }

        return links;
    }

    private async Task<Result<List<Link>>> ReadSinglyAsync(
        TypePair pair, List<string> ids, CancellationToken cancellationToken)
    {
        var reads = await Task.WhenAll(ids.Where(HubSpotPaths.IsSegment).Select(id => ReadOneAsync(pair, id, cancellationToken)));
        List<Link> links = [];
        foreach (var read in reads)
        {
            if (read.TryGet(out var found, out var refused))
            {
                links.AddRange(found);
            }
            else if (refused.Kind != FailureKind.NotFound)
            {
                return refused;
            }
        }

        return links;
    }

    private async Task<Result<List<Link>>> ReadOneAsync(TypePair pair, string id, CancellationToken cancellationToken)
    {
        List<Link> links = [];
        string? after = null;
        do
        {
            var read = await api.GetAsync(
                CrmOperation.Read,
                $"{pair.From}.{pair.To}.read",
                api.Paths.AssociationsOf(pair.From, id, pair.To, after),
                HubSpotJson.Default.AssociationTargetsDocument,
                cancellationToken);
            if (!read.TryGet(out var page, out var refused))
            {
                return refused;
            }

            links.AddRange(Links(id, page.Results));
            after = page.Paging?.Next?.After;
        }
        while (after is not null);

        return links;
    }

    // A record without links is left out or told as an error that names it: both mean no row. Only an error that names no
    // record and is not that one concerns the whole batch.
    private static Failure? Fault(AssociationRowsDocument rows) => (rows.Errors ?? [])
        .Where(error => error.ValueKind == JsonValueKind.Object)
        .Where(error => !error.Member("context").Texts("id").Concat(error.Member("context").Texts("ids"))
            .Concat(error.Member("context").Texts("fromObjectId")).Any())
        .Where(error => error.Text("category") != "OBJECT_NOT_FOUND"
            && error.Text("subCategory")?.Contains("NO_ASSOCIATIONS", StringComparison.Ordinal) != true)
        .Select(error => HubSpotErrors.OfItem(ErrorReader.Read(207, error)))
        .FirstOrDefault();

    private static IEnumerable<Link> Links(string origin, IReadOnlyList<AssociationTargetDocument>? targets) =>
        from target in targets ?? []
        where target.ToObjectId is not null
        select new Link(origin, target.ToObjectId!, target.AssociationTypes ?? []);

    // A link may stand on both sides of a page border; it is one link whatever its labels.
    private static List<Association> Merge(TypePair pair, List<Link> links)
    {
        var primary = PrimaryTypes.GetValueOrDefault(pair, -1);

        return
        [
            .. links.GroupBy(link => (link.From, link.To)).Select(same => new Association(
                same.Key.From,
                same.Key.To,
                [.. same.SelectMany(link => link.Types).Select(type => type.Label).OfType<string>().Where(label => label.Length > 0).Distinct()])
            {
                IsPrimary = same.SelectMany(link => link.Types).Any(type => type.Category == "HUBSPOT_DEFINED" && type.TypeId == primary),
            }),
        ];
    }

    private sealed record Link(string From, string To, IReadOnlyList<AssociationTypeDocument> Types);
}
