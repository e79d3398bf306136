using Liaison.Connectors;
using Liaison.Failures;
using Liaison.HubSpot.Declaration;
using Liaison.HubSpot.Wire;

namespace Liaison.HubSpot.Records;

/// <summary>Says of each link of a batch what became of it: the batch is complete for HubSpot even where every one failed.</summary>
internal static class LinkMatcher
{
    private const string UnknownRecord = "INVALID_IDENTIFIER";

    internal static IEnumerable<WriteOutcome> Match(IReadOnlyList<LinkInput> inputs, LinkAnswer answer)
    {
        var named = answer.Errors.SelectMany(error => error.Ids.Select(id => (id, error)))
            .ToLookup(told => told.id, told => told.error, StringComparer.Ordinal);
        var open = new List<LinkInput>();
        foreach (var input in inputs)
        {
            var pair = input.Pair;
            if (answer.Pairs.Contains(pair))
            {
                yield return Outcome(input, null);
            }
            else if (named[pair.From].Concat(named[pair.To]).FirstOrDefault() is { } error)
            {
                yield return Outcome(input, FailureOf(error));
            }
            else
            {
                open.Add(input);
            }
        }

        var nameless = answer.Errors.Where(error => error.Ids.Count == 0).ToList();
        var untold = answer.ErrorCount - (answer.Errors.Count - nameless.Count);
        foreach (var input in open)
        {
            yield return Outcome(input, Untold(input, nameless, untold, open.Count, answer.Pairs.Count == 0 && answer.ErrorCount == 0));
        }
    }

    // Of links taken away HubSpot names none, and a batch taken without a word was done: only an error that names nobody
    // leaves open whom it concerns, unless it has to be all that are left.
    private static Failure? Untold(LinkInput input, List<BatchError> nameless, int untold, int open, bool silent)
    {
        if (untold <= 0 && (input.Link.Remove || silent))
        {
            return null;
        }

        var kinds = nameless.Select(FailureOf).DistinctBy(failure => failure.Kind).ToList();
        return kinds is [var one] && untold >= open
            ? one
            : new Failure(FailureKind.Ambiguous, "HubSpot's answer does not say what became of this link; read the links or send it again.");
    }

    private static Failure FailureOf(BatchError error) => HubSpotErrors.OfItem(
        error.SubCategory.Contains(UnknownRecord, StringComparison.Ordinal) ? error.Error with { Category = "OBJECT_NOT_FOUND" } : error.Error);

    // A link to a record that is not there is not there either: it is as gone as it was to be.
    private static WriteOutcome Outcome(LinkInput input, Failure? failure) => new(
        input.Link.Key, input.Link.FromId, input.Link.Remove && failure?.Kind == FailureKind.NotFound ? null : failure);
}
