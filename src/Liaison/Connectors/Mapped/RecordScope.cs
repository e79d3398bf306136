using Liaison.Model;

namespace Liaison.Connectors.Mapped;

/// <summary>Which records a mapped user reaches with one permit, told by their owners.</summary>
/// <param name="Self">The user's own owner id.</param>
/// <param name="Owners">The owners whose records are within; <see langword="null"/> takes every record.</param>
/// <param name="Unowned">Whether records that nobody owns are within.</param>
/// <param name="MayWrite">Whether the permit is one to write: then what is within is what the user may edit.</param>
internal sealed record RecordScope(string Self, IReadOnlySet<string>? Owners, bool Unowned, bool MayWrite)
{
    /// <summary>Gets a value indicating whether every record is within, also of types that have no owner.</summary>
    public bool IsWhole => Owners is null;

    /// <summary>Tells whether a record of this owner is within.</summary>
    /// <param name="owner">The owner's id; nothing where nobody owns the record.</param>
    public bool Contains(string? owner) => Owners is null || (string.IsNullOrEmpty(owner) ? Unowned : Owners.Contains(owner));

    /// <summary>Narrows a filter to what is within, before the CRM is asked.</summary>
    public RecordFilter Narrow(RecordFilter filter) => Owners is null ? filter : new RecordFilter.All([Owned(Owners), filter]);

    private RecordFilter.OneOf Owned(IReadOnlySet<string> owners)
    {
        var values = owners.Order(StringComparer.Ordinal).Select(FieldValue (owner) => new FieldValue.Reference(new RecordType(""), owner));
        return new RecordFilter.OneOf(FieldNames.Owner, Unowned ? [.. values, FieldValue.Empty] : [.. values]);
    }
}
