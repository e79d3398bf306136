using Liaison.Failures;

namespace Liaison.Writeback.Operations;

/// <summary>Updates of one record that travel as one, the later value on top: CRMs refuse or race when a batch names a record twice (R109).</summary>
/// <param name="parts">What was asked, in its order; each keeps its own change set and its own outcome.</param>
internal sealed class JoinedWrites(IReadOnlyList<PendingWrite> parts)
{
    /// <summary>Gets what is sent: under the last one's key and stamps, by which a lost answer is found.</summary>
    public PendingWrite Carrier { get; } = parts.Count == 1 ? parts[0] : new PendingWrite(
        parts[^1].Row, mayBeThere: false, parts[^1].Content with { Fields = [.. Laid(parts)] }) { LockedBy = parts[^1].LockedBy };

    /// <summary>Gets what must be sent apart: one of them spoiled the whole, and which is seen only so.</summary>
    public IReadOnlyList<PendingWrite> Apart => parts.Count > 1 && Carrier.Failure is { Kind: FailureKind.Invalid or FailureKind.Duplicate or FailureKind.Conflict } ? parts : [];

    private IReadOnlyList<PendingWrite> Parts => parts;

    /// <summary>Joins updates record by record.</summary>
    public static IReadOnlyList<JoinedWrites> Of(IEnumerable<PendingWrite> writes)
    {
        var joined = writes.GroupBy(write => write.Row.Record.Id, StringComparer.Ordinal).Select(same => new JoinedWrites([.. same])).ToList();
        foreach (var part in joined.Where(join => join.Parts.Count > 1).SelectMany(join => join.Parts))
        {
            // Where they go one after the other after all, the first moves what the next was judged on.
            part.Version = null;
        }

        return joined;
    }

    /// <summary>Gives each part the outcome of the whole.</summary>
    public void Tell()
    {
        foreach (var part in parts.Where(part => part != Carrier))
        {
            (part.Failure, part.Sent, part.Superseded, part.Held) = (Carrier.Failure, Carrier.Sent, Carrier.Superseded, Carrier.Held);
            part.JoinedTo = part == parts[^1] || Carrier.Failure is not null ? null : parts[^1];
        }
    }

    private static IEnumerable<FieldDelta> Laid(IEnumerable<PendingWrite> parts) =>
        parts.SelectMany(part => part.Content.Fields).GroupBy(delta => delta.NativeName, StringComparer.Ordinal).Select(same => same.Last());
}
