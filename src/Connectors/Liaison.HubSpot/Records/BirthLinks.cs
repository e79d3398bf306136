using System.Text.Json;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;

namespace Liaison.HubSpot.Records;

/// <summary>A link that a new record is born with, and its kind.</summary>
internal sealed record BirthLink(RecordLink Link, AssociationType Type);

/// <summary>Sees to the links of new records: in the create itself, and one by one for credentials that may not look up kinds of link.</summary>
internal sealed class BirthLinks(CredentialReach reach, AssociationTypeReader types, LinkWriter writer)
{
    /// <summary>Gets a value indicating whether records and links are made in one call.</summary>
    /// <remarks>
    /// HubSpot keeps the list of labels from user-level tokens (contracts/hubspot.md 2.2), and a create has to name kinds; the
    /// plain link of one pair, which such a token may make, names none.
    /// </remarks>
    internal bool AtOnce => reach == CredentialReach.Account;

    /// <summary>Finds the kinds of a new record's links, so that a label that is not known costs nothing that stands.</summary>
    /// <returns>What travels in the create; nothing where the links come after it.</returns>
    internal async Task<Result<IReadOnlyList<BirthLink>>> ResolveAsync(
        RecordType type, IReadOnlyList<RecordLink> links, CancellationToken cancellationToken)
    {
        List<BirthLink> resolved = [];
        foreach (var link in links.Where(link => AtOnce || link.Label is not null))
        {
            var known = await types.ReadAsync(TypePair.Of(type, link.ToType), cancellationToken);
            if (!known.Then(offered => offered.Find(link.Label)).TryGet(out var kind, out var refused))
            {
                return refused;
            }

            resolved.Add(new(link, kind));
        }

        return AtOnce ? resolved : Array.Empty<BirthLink>();
    }

    /// <summary>Links records that stand already; one that misses a link keeps its id and gets the failure.</summary>
    internal async Task<IReadOnlyList<WriteOutcome>> LinkAsync(
        RecordType type, IReadOnlyList<WriteOutcome> created, IEnumerable<RecordWrite> writes)
    {
        var links = writes.Where(write => write.Id is null).ToDictionary(write => write.Key, write => write.Links, StringComparer.Ordinal);
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
