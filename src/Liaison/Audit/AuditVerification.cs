namespace Liaison.Audit;

/// <summary>What a walk along the chain found.</summary>
/// <param name="Entries">How many entries were found whole, and the first broken one where there is one.</param>
/// <param name="FirstBroken">The sequence of the first entry that is not as it was written; <see langword="null"/> when all are.</param>
public sealed record AuditVerification(long Entries, long? FirstBroken)
{
    /// <summary>Gets what is wrong; <see langword="null"/> when nothing is.</summary>
    public AuditFault? Fault { get; init; }

    /// <summary>Gets how many signed checkpoints were found good.</summary>
    public int Checkpoints { get; init; }

    /// <summary>Gets how many of the newest entries no checkpoint covers yet; they are not broken, and nobody vouches for them.</summary>
    public long NotYetSigned { get; init; }

    /// <summary>Walks the whole chain, holding one page of it at a time, without looking at signatures.</summary>
    public static Task<AuditVerification> WalkAsync(IAuditStore store, CancellationToken cancellationToken) =>
        WalkAsync(store, keys: null, head: null, cancellationToken);

    /// <summary>Walks the whole chain and holds it against its checkpoints and against the head that was noted outside the store.</summary>
    /// <param name="head">The newest checkpoint as <see cref="AuditKeyFolder.ReadHead"/> gives it, read before this is called.</param>
    public static Task<AuditVerification> VerifyAsync(
        IAuditStore store, AuditPublicKeys keys, AuditCheckpoint? head, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return WalkAsync(store, keys, head, cancellationToken);
    }

    internal static AuditVerification Of(AuditWalk walk, AuditFault? fault) => new(walk.Entries + (fault is null ? 0 : 1), fault?.Sequence)
    {
        Fault = fault,
        Checkpoints = walk.Checkpoints,
        NotYetSigned = walk.Next - 1 - walk.VouchedFor,
    };

    private static async Task<AuditVerification> WalkAsync(
        IAuditStore store, AuditPublicKeys? keys, AuditCheckpoint? head, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        using var none = AuditPublicKeys.FromPem("");
        var walk = new AuditWalk(keys ?? none);
        var headSeen = head is null;
        await foreach (var stretch in AuditStretch.OfAsync(store, withCheckpoints: keys is not null, cancellationToken))
        {
            if (!walk.Follow(await stretch.Walked))
            {
                return Of(walk, await FindFaultAsync(store, walk, cancellationToken));
            }

            if (stretch.Checkpoint is { } checkpoint)
            {
                if (walk.Pass(checkpoint) is { } fault)
                {
                    return Of(walk, fault);
                }

                headSeen |= checkpoint == head;
            }
        }

        var missing = headSeen || keys is null ? null : await MissHeadAsync(store, walk, keys, head!, cancellationToken);
        return Of(walk, missing) with { NotYetSigned = keys is null ? 0 : walk.Next - 1 - walk.VouchedFor };
    }

    // Again from the last piece that follows, now entry by entry.
    private static async Task<AuditFault> FindFaultAsync(IAuditStore store, AuditWalk walk, CancellationToken cancellationToken)
    {
        await using var rows = store.ReadAsync(new AuditQuery(After: walk.Next - 1, Limit: int.MaxValue), cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await rows.MoveNextAsync())
        {
            if (!walk.Follow(rows.Current))
            {
                return await AuditDiagnosis.OfAsync(walk, rows.Current, rows);
            }
        }

        // What was broken a moment ago is whole now: somebody is at work on it.
        return walk.Fault(AuditFaultKind.Edited, walk.Next - 1);
    }

    // The checkpoint that was noted outside the store is not in it any more.
    private static async Task<AuditFault> MissHeadAsync(
        IAuditStore store, AuditWalk walk, AuditPublicKeys keys, AuditCheckpoint head, CancellationToken cancellationToken)
    {
        if (!keys.Knows(head.KeyId))
        {
            return walk.Fault(AuditFaultKind.UnknownKey, head.Sequence);
        }

        if (!keys.Signed(head.KeyId, head.Text, head.Signature))
        {
            return walk.Fault(AuditFaultKind.SignatureWrong, head.Sequence);
        }

        var entry = await store.ReadAsync(new AuditQuery(After: head.Sequence - 1, Limit: 1), cancellationToken).FirstOrDefaultAsync(cancellationToken);
        if (entry is null)
        {
            return walk.Fault(AuditFaultKind.Truncated, walk.Next);
        }

        // The entries are the signed ones: then it is only their checkpoint that somebody took away.
        return walk.Fault(entry.Hash == head.EntryHash ? AuditFaultKind.SignatureMissing : AuditFaultKind.Rewritten, head.Sequence);
    }
}
