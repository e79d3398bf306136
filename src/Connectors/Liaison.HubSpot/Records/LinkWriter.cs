using Liaison.Connectors;
using Liaison.Failures;
using Liaison.HubSpot.Wire;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Wire;

namespace Liaison.HubSpot.Records;

/// <summary>Makes and removes links; section 8 of contracts/hubspot.md.</summary>
internal sealed class LinkWriter(HubSpotApi api, CredentialReach reach, AssociationTypeReader types)
{
    private static readonly Failure WithItself = new(
        FailureKind.Invalid, "HubSpot links no record with itself; name another record.");

    internal async Task<Result<IReadOnlyList<WriteOutcome>>> WriteAsync(
        RecordType from, RecordType to, IReadOnlyList<LinkWrite> links, CancellationToken cancellationToken)
    {
        var pair = TypePair.Of(from, to);
        List<WriteOutcome> outcomes = [];
        List<LinkInput> inputs = [];
        foreach (var link in links)
        {
            var resolved = await ResolveAsync(pair, link, cancellationToken);
            if (resolved.TryGet(out var input, out var refused))
            {
                inputs.Add(input);
            }
            else
            {
                outcomes.Add(new(link.Key, link.FromId, refused));
            }
        }

        // HubSpot's batches are not for user-level tokens (contracts/hubspot.md 2.2); the link of one pair is.
        var sent = reach == CredentialReach.User
            ? Result<IReadOnlyList<WriteOutcome>>.Of(await new SingleLinks(api).SendAsync(pair, inputs, cancellationToken))
            : await SendBatchesAsync(pair, inputs, cancellationToken);
        return sent.Then(told => Result<IReadOnlyList<WriteOutcome>>.Of([.. outcomes, .. told]));
    }

    private async Task<Result<LinkInput>> ResolveAsync(TypePair pair, LinkWrite link, CancellationToken cancellationToken)
    {
        if (pair.From == pair.To && link.FromId == link.ToId)
        {
            return WithItself;
        }

        return link.Label is null
            ? new LinkInput(link, null)
            : (await types.ReadAsync(pair, cancellationToken)).Then(known => known.Find(link.Label)).Then<LinkInput>(type => new LinkInput(link, type));
    }

    private async Task<Result<IReadOnlyList<WriteOutcome>>> SendBatchesAsync(
        TypePair pair, List<LinkInput> inputs, CancellationToken cancellationToken)
    {
        List<WriteOutcome> outcomes = [];
        foreach (var batch in Batches(inputs))
        {
            var answered = await SendAsync(pair, batch, cancellationToken);
            if (answered.TryGet(out var answer, out var failure))
            {
                outcomes.AddRange(LinkMatcher.Match(batch, answer));
            }
            else if (outcomes.Count == 0)
            {
                return failure;
            }
            else
            {
                // The batches before stand, so the links did not fail as a whole.
                outcomes.AddRange(batch.Select(input => new WriteOutcome(input.Link.Key, input.Link.FromId, failure)));
            }
        }

        return outcomes;
    }

    // One call carries one kind of change, and of two changes to one pair the later has to come later.
    private static IEnumerable<IReadOnlyList<LinkInput>> Batches(IEnumerable<LinkInput> inputs) =>
        from round in inputs.GroupBy(input => input.Pair)
            .SelectMany(same => same.Select((input, place) => (input, place)))
            .GroupBy(placed => placed.place, placed => placed.input)
            .OrderBy(round => round.Key)
        from batch in round.GroupBy(input => input.Verb)
        select (IReadOnlyList<LinkInput>)[.. batch];

    private async Task<Result<LinkAnswer>> SendAsync(TypePair pair, IReadOnlyList<LinkInput> batch, CancellationToken cancellationToken)
    {
        var verb = batch[0].Verb;
        var call = new CrmCall(
            CrmOperation.WriteAssociations,
            $"{pair.From}.{pair.To}.batch-{verb.Replace('/', '-')}",
            HttpMethod.Post,
            api.Paths.AssociationBatch(pair.From, pair.To, verb))
        {
            Body = JsonBody.OfObject(writer => writer.WriteInputs(batch, (input, link) => link.WriteTo(input))),
            RecordCount = batch.Count,
        };

        var sent = await api.SendAsync(call, cancellationToken);
        return sent.Then(answer => HubSpotApi.Parse(answer, LinkAnswer.Read, call.Operation));
    }
}
