using System.Text.Json;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.HubSpot.Declaration;
using Liaison.Identity;
using Liaison.Model;

namespace Liaison.HubSpot.Records;

/// <summary>A link that a new record is born with, and its kind.</summary>
internal sealed record BirthLink(RecordLink Link, AssociationType Type);

/// <summary>Sees to the links of new records: in the create itself, and one by one where the credential may not look up the kind of link.</summary>
/// <remarks>
/// A create has to name kinds, and HubSpot keeps their list from user-level tokens (contracts/hubspot.md 2.2): those name the plain
/// kinds, which are the same everywhere, and make any other link after the record.
/// </remarks>
internal sealed class BirthLinks(CredentialReach reach, AssociationTypeReader types, LinkWriter writer)
{
    /// <summary>Finds the kinds of a new record's links, so that a label that is not known costs nothing that stands.</summary>
    /// <returns>What travels in the create; the other links come after it.</returns>
    internal async Task<Result<IReadOnlyList<BirthLink>>> ResolveAsync(
        RecordType type, IReadOnlyList<RecordLink> links, CancellationToken cancellationToken)
    {
        List<BirthLink> resolved = [];
        foreach (var link in links)
        {
            var pair = TypePair.Of(type, link.ToType);
            if (reach == CredentialReach.User && link.Label is null)
            {
                if (PlainLinks.Find(pair.From, pair.To) is { } plain)
                {
                    resolved.Add(new(link, new AssociationType(AssociationType.HubSpotDefined, plain)));
                }

                continue;
            }

            var known = await types.ReadAsync(pair, cancellationToken);
            if (!known.Then(offered => offered.Find(link.Label)).TryGet(out var kind, out var refused))
            {
                return refused;
            }

            resolved.Add(new(link, kind));
        }

        return resolved;
    }

    /// <summary>Makes the links that did not travel in the create; a record that misses one keeps its id and gets the failure.</summary>
    /// <param name="writes">The creates as they were asked for, each with the links that travelled.</param>
    internal async Task<IReadOnlyList<WriteOutcome>> LinkAsync(
        RecordType type, IReadOnlyList<WriteOutcome> created, IEnumerable<(RecordWrite Write, IReadOnlyList<BirthLink> Born)> writes)
    {
        var links = writes.ToDictionary(
            pair => pair.Write.Key,
            IReadOnlyList<RecordLink> (pair) => [.. pair.Write.Links.Except(pair.Born.Select(born => born.Link))],
            StringComparer.Ordinal);
        return await Task.WhenAll(created.Select(async outcome => outcome is { Failure: null, Id: { } id }
            ? outcome with { Failure = await LinkAsync(type, id, links[outcome.Key]) }
            : outcome));
    }

    private async Task<Failure?> LinkAsync(RecordType type, string id, IReadOnlyList<RecordLink> links)
    {
        foreach (var same in links.GroupBy(link => link.ToType))
        {
            // No token: the record stands, so its links must not be cancelled away.
            var linked = await writer.WriteAsync(
                type, same.Key, [.. same.Select((link, place) => new LinkWrite($"{place}", id, link.ToId, link.Label))], CancellationToken.None);
            var failure = linked.TryGet(out var outcomes, out var refused)
                ? outcomes.Select(outcome => outcome.Failure).FirstOrDefault(missed => missed is not null)
                : refused;
            if (failure is not null)
            {
                return failure with { Message = $"The record stands without one of its links: {failure.Message}" };
            }
        }

        return null;
    }

    /// <summary>Writes the links of a create, each far end once.</summary>
    internal static void WriteTo(Utf8JsonWriter writer, IReadOnlyList<BirthLink> links)
    {
        writer.WriteStartArray("associations");
        foreach (var same in links.GroupBy(link => (link.Link.ToType, link.Link.ToId)))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("to");
            writer.WriteString("id", same.Key.ToId);
            writer.WriteEndObject();
            writer.WriteStartArray("types");
            foreach (var type in same.Select(link => link.Type).Distinct())
            {
                type.WriteTo(writer);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
