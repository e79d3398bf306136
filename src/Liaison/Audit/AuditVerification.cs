namespace Liaison.Audit;

/// <summary>What a walk along the chain found.</summary>
/// <param name="Entries">How many entries were read.</param>
/// <param name="FirstBroken">The sequence of the first entry that does not follow from the one before; <see langword="null"/> when all do.</param>
public sealed record AuditVerification(long Entries, long? FirstBroken)
{
    /// <summary>Walks the whole chain, holding one entry at a time.</summary>
    public static async Task<AuditVerification> WalkAsync(IAuditStore store, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        var previous = AuditChain.Genesis;
        long sequence = 0;
        await foreach (var row in store.ReadAsync(new AuditQuery(Limit: int.MaxValue), cancellationToken))
        {
            sequence++;
            if (!AuditChain.Follows(row, sequence, previous))
            {
                return new AuditVerification(sequence, row.Sequence);
            }

            previous = row.Hash;
        }

        return new AuditVerification(sequence, FirstBroken: null);
    }
}
