using System.Text.Json.Nodes;

namespace Liaison.Emulators.Salesforce.Composite;

/// <summary>Runs the sub-requests of one composite or graph.</summary>
internal sealed class CompositeRun(ISubRequests routes, IReadOnlyList<CompositeItem> items)
{
    private readonly Dictionary<string, SubReply> _answers = new(StringComparer.Ordinal);

    /// <summary>Runs all, each on its own; those that refer to a failed one fail with it.</summary>
    /// <param name="collate">Whether calls of one kind may go together before others (contract section 7).</param>
    public void Run(bool collate)
    {
        foreach (var item in Ordered(collate))
        {
            Answer(item);
        }
    }

    /// <summary>Runs all or nothing: the first failure takes everything back, and the innocent read PROCESSING_HALTED.</summary>
    public bool RunAtomically(bool collate)
    {
        var holds = routes.Atomically(() => Ordered(collate).All(item => !Answer(item).IsError && !HasFailedItem(_answers[item.ReferenceId])));
        if (holds)
        {
            return true;
        }

        return Halt();
    }

    /// <summary>Answers for all that did not fail themselves that they were not run.</summary>
    public bool Halt()
    {
        foreach (var item in items.Where(item => !_answers.TryGetValue(item.ReferenceId, out var answer) || (!answer.IsError && !HasFailedItem(answer))))
        {
            _answers[item.ReferenceId] = new SubReply(
                400, CompositeItem.Nothing, SetReply.Errors("PROCESSING_HALTED", "The transaction was rolled back since another operation in the same transaction failed."));
        }

        return false;
    }

    /// <summary>Writes the answers in the order of the requests.</summary>
    public JsonArray Answers() =>
    [
        .. items.Select(item =>
        {
            var answer = _answers[item.ReferenceId];
            return new JsonObject
            {
                ["body"] = answer.Body?.DeepClone(),
                ["httpHeaders"] = new JsonObject(answer.Headers.Select(header => KeyValuePair.Create<string, JsonNode?>(header.Key, header.Value))),
                ["httpStatusCode"] = answer.Status,
                ["referenceId"] = item.ReferenceId,
            };
        }),
    ];

    private SubReply Answer(CompositeItem item) =>
        _answers[item.ReferenceId] = item.Resolve(_answers, out var request) ?? routes.Send(request);

    /// <summary>A collection answers 200 with failures inside; to a transaction they are failures (contract section 7).</summary>
    private static bool HasFailedItem(SubReply answer) =>
        answer.Body is JsonArray results && results.Any(result => result is JsonObject item && item["success"] is JsonValue success && success.TryGetValue<bool>(out var good) && !good);

    private IEnumerable<CompositeItem> Ordered(bool collate)
    {
        if (!collate)
        {
            return items;
        }

        // Calls of one method on one resource run together as soon as what they refer to is there; those with headers stay where they are.
        var (waiting, ordered) = (items.ToList(), new List<CompositeItem>());
        while (waiting.Count > 0)
        {
            var first = waiting[0];
            var known = ordered.Append(first).Select(item => item.ReferenceId).ToHashSet(StringComparer.Ordinal);
            List<CompositeItem> group =
            [
                first,
                .. waiting.Skip(1).Where(item => first.Headers.Count == 0 && item.Headers.Count == 0 && item.Method == first.Method && Kind(item) == Kind(first)
                    && item.Needs.All(need => known.Contains(need) && need != first.ReferenceId)),
            ];
            ordered.AddRange(group);
            waiting.RemoveAll(group.Contains);
        }

        return ordered;
    }

    /// <summary>What a call is about: /services/data/v66.0/sobjects/Account.</summary>
    private static string Kind(CompositeItem item) => string.Join('/', item.Resource.Split('/').Take(6));
}
