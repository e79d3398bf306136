using Liaison.Failures;
using Liaison.Work;

namespace Liaison.Pipelines;

/// <summary>Does the work of dead items once more: their records are read anew, and what follows from them is validated anew.</summary>
internal sealed class ReplayItems(IWorkStore work, QualifyRecords qualify, RunItems items, FailedOperations failed, Run run)
{
    /// <summary>Replays items that were reopened, and gives each its end.</summary>
    /// <remarks>
    /// What would park an item in a run is its end here: nobody would take up a parked item of a run that is over, and its letter tells
    /// what stood in the way.
    /// </remarks>
    /// <param name="again">Gives what sets the change sets of an item apart from those of the attempt that failed.</param>
    public async Task<IReadOnlyList<ItemOutcome>> ExecuteAsync(
        IReadOnlyList<WorkItem> reopened, Func<long, string> again, CancellationToken cancellationToken)
    {
        var outcomes = new List<ItemOutcome>(reopened.Count);
        if (!(await items.ReadAsync(reopened, cancellationToken)).TryGet(out var read, out var failure))
        {
            outcomes.AddRange(reopened.Select(item => Dead(item, "records.read", failure)));
        }
        else
        {
            outcomes.AddRange(read.Gone);
            if (read.Found.Count > 0)
            {
                outcomes.AddRange((await qualify.ProcessAsync(new Queue<ClaimedRecord>(read.Found.Select(claimed => claimed with { Again = again(claimed.Item.Sequence) })), cancellationToken)).TryGet(out var ended, out failure)
                    ? ended.Select(Unparked)
                    : read.Found.Select(claimed => Dead(claimed.Item, "changes.submit", failure)));
            }
        }

        // No token: what the CRM has taken must be noted, whoever went away.
        await work.CompleteAsync(run.Id, outcomes, CancellationToken.None);
        return outcomes;
    }

    private ItemOutcome Unparked(EndedItem item) => item is { Outcome.State: ItemState.Parked, Failure: { } failure }
        ? item.Outcome with { State = ItemState.Dead, Failed = failed.Of("changes.submit", failure) }
        : item.Outcome;

    private ItemOutcome Dead(WorkItem item, string operation, Failure failure) =>
        new(item.Sequence, item.Fence, ItemState.Dead, failure.Kind.ToString(), failure.Message, item.Result) { Failed = failed.Of(operation, failure) };
}
