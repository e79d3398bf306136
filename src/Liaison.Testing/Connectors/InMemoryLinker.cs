using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;

namespace Liaison.Testing.Connectors;

/// <summary>Makes and removes links, and judges those that a record is to be born with before it is.</summary>
internal sealed class InMemoryLinker(InMemoryCrm crm)
{
    private static readonly Failure NoSuchRecord = new(FailureKind.NotFound, "There is no such record to link.");

    internal WriteOutcome Write(RecordType from, RecordType to, LinkWrite write)
    {
        var failure = Refuse(from, to, write);
        if (failure is null && write.Remove)
        {
            crm.Links.Remove(from, write.FromId, to, write.ToId, Known(from, to, write.Label));
        }
        else if (failure is null)
        {
            Make(from, write.FromId, new RecordLink(to, write.ToId, write.Label));
        }

        return new(write.Key, write.FromId, failure);
    }

    /// <summary>Makes a link that was judged before.</summary>
    internal void Make(RecordType from, string fromId, RecordLink link) =>
        crm.Links.Make(from, fromId, link.ToType, link.ToId, Known(from, link.ToType, link.Label));

    /// <summary>Tells why a link to a record cannot be.</summary>
    internal Failure? Refuse(RecordType from, RecordLink link) =>
        RefuseLabel(from, link.ToType, link.Label) ?? (crm.Find(link.ToType, link.ToId) is null ? NoSuchRecord : null);

    private Failure? Refuse(RecordType from, RecordType to, LinkWrite write)
    {
        if (from == to && write.FromId == write.ToId)
        {
            return new(FailureKind.Invalid, "A record is not linked with itself; name another.");
        }

        return write.Remove ? RefuseLabel(from, to, write.Label)
            : crm.Find(from, write.FromId) is null ? NoSuchRecord
            : Refuse(from, new RecordLink(to, write.ToId, write.Label));
    }

    private Failure? RefuseLabel(RecordType from, RecordType to, string? label) => label is null || Known(from, to, label) is not null
        ? null
        : new(FailureKind.Invalid, $"There is no such label in this direction; there are: {string.Join(", ", crm.Links.LabelsOf(from, to))}.");

    private string? Known(RecordType from, RecordType to, string? label) => label is null
        ? null
        : crm.Links.LabelsOf(from, to).FirstOrDefault(known => string.Equals(known, label, StringComparison.OrdinalIgnoreCase));
}
