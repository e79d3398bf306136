using Liaison.Connectors;
using Liaison.Failures;
using Liaison.HubSpot.Wire;
using Liaison.Wire;

namespace Liaison.HubSpot.Records;

/// <summary>Writes links one by one, as user-level tokens have to; what HubSpot keeps from those it refuses to each.</summary>
internal sealed class SingleLinks(HubSpotApi api)
{
    private static readonly Failure NoSuchRecord = new(
        FailureKind.NotFound, "HubSpot shows no such record to this credential; it may be deleted, merged or not visible.");

    internal async Task<IReadOnlyList<WriteOutcome>> SendAsync(TypePair pair, IReadOnlyList<LinkInput> inputs, CancellationToken cancellationToken)
    {
        var sent = await Task.WhenAll(inputs
            .GroupBy(input => input.Pair)
            .Select(same => SendInOrderAsync(pair, [.. same], cancellationToken)));
        return [.. sent.SelectMany(outcomes => outcomes)];
    }

    private async Task<IReadOnlyList<WriteOutcome>> SendInOrderAsync(
        TypePair pair, IReadOnlyList<LinkInput> inputs, CancellationToken cancellationToken)
    {
        List<WriteOutcome> outcomes = [];
        foreach (var input in inputs)
        {
            outcomes.AddRange(await SendAsync(pair, input, cancellationToken));
        }

        return outcomes;
    }

    private async Task<IEnumerable<WriteOutcome>> SendAsync(TypePair pair, LinkInput input, CancellationToken cancellationToken)
    {
        var link = input.Link;
        if (!HubSpotPaths.IsSegment(link.FromId) || !HubSpotPaths.IsSegment(link.ToId))
        {
            return [new(link.Key, link.FromId, link.Remove ? null : NoSuchRecord)];
        }

        var sent = await api.SendAsync(CallOf(pair, input), cancellationToken);
        var read = sent.Then(answer => HubSpotApi.Parse(answer, LinkAnswer.Read, CrmOperation.WriteAssociations));
        return read.TryGet(out var answer, out var failure)
            ? LinkMatcher.Match([input], answer)
            : [new(link.Key, link.FromId, link.Remove && failure.Kind == FailureKind.NotFound ? null : failure)];
    }

    private CrmCall CallOf(TypePair pair, LinkInput input)
    {
        var (from, to) = (input.Link.FromId, input.Link.ToId);
        var name = $"{pair.From}.{pair.To}";
        return (input.Link.Remove, input.Type) switch
        {
            (false, null) => Call("link-default", HttpMethod.Put, api.Paths.DefaultAssociation(pair.From, from, pair.To, to)),
            (true, null) => Call("unlink", HttpMethod.Delete, api.Paths.Association(pair.From, from, pair.To, to)),
            (false, { } type) => Call("link", HttpMethod.Put, api.Paths.Association(pair.From, from, pair.To, to)) with { Body = JsonBody.OfArray(type.WriteTo) },

            // The one change that HubSpot has in batches only.
            (true, _) => Call("batch-labels-archive", HttpMethod.Post, api.Paths.AssociationBatch(pair.From, pair.To, input.Verb)) with
            {
                Body = JsonBody.OfObject(writer => writer.WriteInputs([input], (body, one) => one.WriteTo(body))),
            },
        };

        // Single links are ordinary calls: only the batches have a limit of their own.
        CrmCall Call(string verb, HttpMethod method, string path) => new(CrmOperation.Write, $"{name}.{verb}", method, path);
    }
}
