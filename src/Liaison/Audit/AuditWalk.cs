namespace Liaison.Audit;

/// <summary>Where a walk along a chain stands, and whether the next step follows; it holds one entry at a time.</summary>
/// <param name="keys">The keys to hold checkpoints against.</param>
/// <param name="first">The sequence that the walk begins with.</param>
/// <param name="previousHash">The hash before it.</param>
internal sealed class AuditWalk(AuditPublicKeys keys, long first = 1, string previousHash = AuditChain.Genesis)
{
    private readonly long begin = first;
    private AuditCheckpoint? last;

    /// <summary>Gets the sequence that the next row must have.</summary>
    public long Next { get; private set; } = first;

    /// <summary>Gets the hash that the next row must follow from.</summary>
    public string Hash { get; private set; } = previousHash;

    /// <summary>Gets the last entry that a good checkpoint vouches for; 0 where none does yet.</summary>
    public long VouchedFor => last?.Sequence ?? 0;

    /// <summary>Gets how many good checkpoints were passed.</summary>
    public int Checkpoints { get; private set; }

    /// <summary>Gets how many entries were walked.</summary>
    public long Entries => Next - begin;

    /// <summary>Steps onto a row; stays where it is when the row does not follow.</summary>
    public bool Follow(AuditRow row)
    {
        if (!AuditChain.Follows(row, Next, Hash))
        {
            return false;
        }

        Next++;
        Hash = row.Hash;
        return true;
    }

    /// <summary>Steps over a piece that was walked by itself; stays where it is when the piece is broken or does not follow.</summary>
    public bool Follow(AuditSegment segment)
    {
        if (segment.First == 0)
        {
            return true;
        }

        if (!segment.Whole || segment.First != Next || segment.PreviousHash != Hash)
        {
            return false;
        }

        Next = segment.Last + 1;
        Hash = segment.LastHash;
        return true;
    }

    /// <summary>Holds a checkpoint against the keys, the checkpoint before it, and the row that the walk stands on.</summary>
    public AuditFault? Pass(AuditCheckpoint checkpoint)
    {
        var at = checkpoint.Sequence;
        if (!keys.Knows(checkpoint.KeyId))
        {
            return Fault(AuditFaultKind.UnknownKey, at);
        }

        if (!keys.Signed(checkpoint.KeyId, checkpoint.Text, checkpoint.Signature))
        {
            return Fault(AuditFaultKind.SignatureWrong, at);
        }

        if (at >= Next)
        {
            return Fault(AuditFaultKind.Truncated, Next);
        }

        if (at <= VouchedFor)
        {
            return Fault(AuditFaultKind.Inserted, at);
        }

        if (at < Next - 1)
        {
            // A good signature in the wrong place: the entry that it was made for stood there before.
            return Fault(AuditFaultKind.OutOfOrder, at);
        }

        if (checkpoint.EntryHash != Hash)
        {
            return Fault(AuditFaultKind.Rewritten, at);
        }

        // The first checkpoint of a part names one that the part does not hold.
        if ((last is not null || begin == 1) && checkpoint.PreviousHash != (last?.Hash ?? AuditChain.Genesis))
        {
            return Fault(AuditFaultKind.SignatureMissing, at);
        }

        last = checkpoint;
        Checkpoints++;
        return null;
    }

    public AuditFault Fault(AuditFaultKind kind, long sequence) => new(kind, sequence, VouchedFor);
}
