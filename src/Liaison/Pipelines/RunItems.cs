using Liaison.Failures;
using Liaison.Gateway;
using Liaison.Model;
using Liaison.Reading;
using Liaison.Work;

namespace Liaison.Pipelines;

/// <summary>Claimed items with their records, and the ends of those whose record is not there any more.</summary>
internal sealed record ReadItems(IReadOnlyList<ClaimedRecord> Found, IReadOnlyList<ItemOutcome> Gone);

/// <summary>Reads the records of items that were selected earlier.</summary>
internal sealed class RunItems(LiaisonGateway gateway, Run run, IReadOnlyList<string> fields)
{
    /// <summary>Reads records anew, so that what is done with them is judged by how they stand now.</summary>
    public async Task<Result<ReadItems>> ReadAsync(IReadOnlyList<WorkItem> items, CancellationToken cancellationToken)
    {
        var request = new ReadRequest(run.Connection, RecordType.Contact, [.. items.Select(item => item.Record.Id)], fields);
        if (!(await gateway.ReadAsync(run.Caller, request, cancellationToken)).TryGet(out var answer, out var failure))
        {
            return failure;
        }

        var records = answer.Records.ToDictionary(record => record.Ref.Id, StringComparer.Ordinal);
        var found = items.ToLookup(item => records.ContainsKey(item.Record.Id));
        return new ReadItems(
            [.. found[true].Select(item => new ClaimedRecord(item, records[item.Record.Id]))],
            [.. found[false].Select(item => new ItemOutcome(
                item.Sequence, item.Fence, ItemState.Gone, nameof(FailureKind.NotFound), "The record is deleted, or no longer visible to this credential."))]);
    }
}
