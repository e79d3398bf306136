using System.Text.Json;
using Liaison.HubSpot.Wire;
using Liaison.Wire;

namespace Liaison.HubSpot.Records;

/// <summary>What a batch of links answers: the pairs that it names and the errors.</summary>
/// <param name="Pairs">Named in one direction or in both, once or more often (contracts/hubspot.md 8): never counted.</param>
/// <param name="ErrorCount">The errors that HubSpot counted, of which it may list fewer.</param>
internal sealed record LinkAnswer(IReadOnlySet<RecordPair> Pairs, IReadOnlyList<BatchError> Errors, int ErrorCount)
{
    /// <exception cref="JsonException">The body is not JSON.</exception>
    internal static LinkAnswer Read(ReadOnlyMemory<byte> body)
    {
        HashSet<RecordPair> pairs = [];

        // A batch may be taken without a word (204).
        if (body.IsEmpty)
        {
            return new(pairs, [], 0);
        }

        using var document = JsonDocument.Parse(body);
        var root = document.RootElement;
        foreach (var row in root.Items("results"))
        {
            var from = row.Text("fromObjectId") ?? row.Member("from").Text("id");
            var to = row.Text("toObjectId") ?? row.Member("to").Text("id");
            if (from is not null && to is not null)
            {
                pairs.Add(new(from, to));
            }
        }

        List<BatchError> errors = [.. root.Items("errors").Select(BatchError.Read)];
        var counted = root.Member("numErrors") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var count) ? count : 0;
        return new(pairs, errors, Math.Max(counted, errors.Count));
    }
}

/// <summary>The ids of two records, in the direction of their link.</summary>
internal readonly record struct RecordPair(string From, string To);
