using System.Runtime.CompilerServices;

namespace Liaison.Audit;

/// <summary>A piece of the chain that is being walked, up to a checkpoint where one ends it.</summary>
/// <param name="Walked">The walk, under way beside those of other pieces.</param>
internal sealed record AuditStretch(Task<AuditSegment> Walked, AuditCheckpoint? Checkpoint)
{
    private const int Longest = 4096;

    /// <summary>Walks the chain of a store in pieces, as many at once as there are processors; they are given in their order.</summary>
    public static async IAsyncEnumerable<AuditStretch> OfAsync(
        IAuditStore store, bool withCheckpoints, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // What comes to be while the walk is on its way is left to the next one. Checkpoints first: then their entries are there too.
        var last = withCheckpoints ? await store.FindLastCheckpointAsync(cancellationToken) : null;
        var newest = await store.ReadAsync(new AuditQuery(Limit: 1) { NewestFirst = true }, cancellationToken).FirstOrDefaultAsync(cancellationToken);
        var checkpoints = last is null
            ? AsyncEnumerable.Empty<AuditCheckpoint>()
            : store.ReadCheckpointsAsync(0, cancellationToken).TakeWhile(checkpoint => checkpoint.Sequence <= last.Sequence);
        await using var signed = new AuditCheckpointCursor(checkpoints.GetAsyncEnumerator(cancellationToken));
        await signed.AdvanceAsync();

        var underWay = new Queue<AuditStretch>();
        try
        {
            long after = 0;
            var end = newest?.Sequence ?? 0;
            while (after < end || signed.Next is not null || underWay.Count > 0)
            {
                if (underWay.Count == Environment.ProcessorCount || (after >= end && signed.Next is null))
                {
                    yield return underWay.Dequeue();
                    continue;
                }

                var from = after;
                after = Math.Min(Math.Min(from + Longest, signed.Next?.Sequence ?? long.MaxValue), end);
                var most = (int)Math.Max(0, after - from);
                var closing = signed.Next is { } next && (next.Sequence <= after || after >= end) ? next : null;
                underWay.Enqueue(new AuditStretch(
                    most == 0 ? Task.FromResult(AuditSegment.Nothing) : Task.Run(() => store.WalkAsync(from, most, cancellationToken), cancellationToken),
                    closing));
                if (closing is not null)
                {
                    await signed.AdvanceAsync();
                }
            }
        }
        finally
        {
            // Whoever stops early closes the store next, and the other walks still read from it.
            await Task.WhenAll(underWay.Select(Task (stretch) => stretch.Walked)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
