using Liaison.Connectors;
using Liaison.Failures;
using Liaison.HubSpot.Declaration;
using Liaison.HubSpot.Wire;

namespace Liaison.HubSpot.Records;

/// <summary>Says of each input of a batch what became of it, never by its place: HubSpot shuffles its answers.</summary>
/// <remarks>By trace id first, then by id, then by the values that came back; what nothing tells is ambiguous.</remarks>
internal sealed class WriteMatcher
{
    private readonly List<WriteInput> open;
    private readonly List<WriteOutcome> outcomes = [];

    private WriteMatcher(IReadOnlyList<WriteInput> inputs) => open = [.. inputs];

    internal static IReadOnlyList<WriteOutcome> Match(IReadOnlyList<WriteInput> inputs, ObjectsAnswer answer)
    {
        var matcher = new WriteMatcher(inputs);
        var results = answer.Results.ToList();

        results.RemoveAll(result => matcher.Take(result, input => input.TraceId == result.TraceId));
        results.RemoveAll(result => matcher.Take(result, input => input.Id == result.Id));
        results.RemoveAll(result => matcher.Take(
            result, input => input.Unique is { } key && key.Is(result.Properties.GetValueOrDefault(key.Property).Raw)));
        var unnamed = answer.Errors.Where(error => !matcher.Refuse(error)).ToList();
        results.RemoveAll(result => matcher.Take(result, input => input is { Id: null, Unique: null } && CameBack(input, result)));
        // HubSpot counts errors that it does not list one by one.
        var uncounted = answer.ErrorCount - (answer.Errors.Count - unnamed.Count);
        matcher.Close(unnamed, Math.Max(unnamed.Count, uncounted));

        return matcher.outcomes;
    }

    /// <summary>Settles the one input that a result can only be about; with two that fit, nothing is settled.</summary>
    private bool Take(HubSpotObject result, Func<WriteInput, bool> fits)
    {
        if (open.Where(fits).Take(2).ToList() is not [var input])
        {
            return false;
        }

        Settle(input, key => new(key, result.Id, null, result.UpdatedAt) { Values = result.Properties, Created = result.IsNew });
        return true;
    }

    private bool Refuse(BatchError error)
    {
        var named = open.Where(input => error.TraceIds.Contains(input.TraceId) || (input.Id ?? input.Unique?.Value) is { } id && error.Ids.Contains(id)).ToList();
        foreach (var input in named)
        {
            // The lists of one entry belong together only where they are equally long.
            var place = error.TraceIds.ToList().IndexOf(input.TraceId);
            var failure = HubSpotErrors.OfItem(error.Error) with
            {
                ExistingId = error.ExistingIds.Count == error.TraceIds.Count && place >= 0 ? error.ExistingIds[place]
                    : named.Count == 1 ? error.Error.ExistingId
                    : null,
            };
            Settle(input, key => new(key, input.Id, failure));
        }

        return named.Count > 0;
    }

    // An error that names nobody can only be about the inputs that nothing else told of, if every such error says the same.
    private void Close(List<BatchError> unnamed, int count)
    {
        var kinds = unnamed.Select(error => HubSpotErrors.OfItem(error.Error)).DistinctBy(failure => failure.Kind).ToList();
        var failure = kinds is [var one] && count >= open.Count
            ? one with { ExistingId = open.Count == 1 ? one.ExistingId : null }
            : new Failure(FailureKind.Ambiguous, "HubSpot's answer does not say what became of this write; read the record to see.");
        foreach (var input in open.ToList())
        {
            Settle(input, key => new(key, input.Id, failure));
        }
    }

    private void Settle(WriteInput input, Func<string, WriteOutcome> outcome)
    {
        open.Remove(input);
        outcomes.AddRange(input.Keys.Select(outcome));
    }

    // HubSpot trims and lowers some values, e-mail addresses among them.
    private static bool CameBack(WriteInput input, HubSpotObject result) =>
        input.Values.Count > 0 && input.Values.All(sent =>
            result.Properties.TryGetValue(sent.Key, out var back)
            && string.Equals((back.Raw ?? "").Trim(), sent.Value.Trim(), StringComparison.OrdinalIgnoreCase));
}
