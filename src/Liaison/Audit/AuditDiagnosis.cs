namespace Liaison.Audit;

/// <summary>Finds out what was done to a chain at the row that does not follow.</summary>
internal static class AuditDiagnosis
{
    // How far a renumbered row is looked for at its old place.
    private const int Farthest = 1000;

    /// <summary>Names the fault at a row.</summary>
    /// <param name="walk">A walk that stands before the row.</param>
    /// <param name="rest">The rows behind it; they are read to the end where that is needed to tell an edit from an insertion.</param>
    public static async Task<AuditFault> OfAsync(AuditWalk walk, AuditRow row, IAsyncEnumerator<AuditRow> rest)
    {
        var place = walk.Next;
        var origin = OriginOf(row);
        if (await HasGenuineAsync(walk, rest))
        {
            return walk.Fault(origin > place ? AuditFaultKind.OutOfOrder : AuditFaultKind.Inserted, place);
        }

        if (row.Sequence == place && row.PreviousHash == walk.Hash)
        {
            return walk.Fault(AuditFaultKind.Edited, place);
        }

        return origin switch
        {
            // It is whole and was written behind entries that are gone.
            { } old when old > place => walk.Fault(AuditFaultKind.Cut, place),

            // It is whole and was written where another stands now.
            { } old when old < place => walk.Fault(AuditFaultKind.Inserted, old),

            // It is whole and follows from another entry than the one before: that one was edited together with its hash.
            { } when walk.Entries > 0 => walk.Fault(AuditFaultKind.Edited, place - 1),
            _ => walk.Fault(row.Sequence > place ? AuditFaultKind.Cut : AuditFaultKind.Edited, place),
        };
    }

    // The row that truly belongs here, further on.
    private static async Task<bool> HasGenuineAsync(AuditWalk walk, IAsyncEnumerator<AuditRow> rest)
    {
        while (await rest.MoveNextAsync())
        {
            if (rest.Current.PreviousHash == walk.Hash && AuditChain.Fits(rest.Current, walk.Next))
            {
                return true;
            }
        }

        return false;
    }

    // The sequence that the row was hashed with: its own, or one near it where it was renumbered; null where its content was changed.
    private static long? OriginOf(AuditRow row)
    {
        if (AuditChain.Fits(row, row.Sequence))
        {
            return row.Sequence;
        }

        for (var distance = 1; distance <= Farthest; distance++)
        {
            if (AuditChain.Fits(row, row.Sequence + distance))
            {
                return row.Sequence + distance;
            }

            if (row.Sequence > distance && AuditChain.Fits(row, row.Sequence - distance))
            {
                return row.Sequence - distance;
            }
        }

        return null;
    }
}
