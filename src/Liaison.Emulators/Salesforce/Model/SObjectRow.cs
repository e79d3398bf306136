using Liaison.Emulators.Salesforce.Soql.Schema;

namespace Liaison.Emulators.Salesforce.Model;

/// <summary>One record with the stamps that the platform keeps for it.</summary>
internal sealed class SObjectRow(SObjectType type, long number, string id) : ISoqlRow
{
    // A checkbox is never null (contract section 4); one box serves all.
    private static readonly object False = false;
    private object?[] _values = [];

    public SObjectType Type { get; } = type;

    public long Number { get; } = number;

    public string Id { get; } = id;

    public DateTimeOffset CreatedDate { get; set; }

    public string CreatedById { get; set; } = "";

    public DateTimeOffset LastModifiedDate { get; set; }

    public string LastModifiedById { get; set; } = "";

    /// <summary>Gets or sets when anything changed it, automation too; polling goes by it (contract section 11.1).</summary>
    public DateTimeOffset SystemModstamp { get; set; }

    public bool IsDeleted { get; set; }

    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>Gets or sets the id of the record that a merge left in this one's place.</summary>
    public string? MasterRecordId { get; set; }

    /// <summary>Gets who owns it; <see langword="null"/> for types without owners.</summary>
    public string? OwnerId => Type.OwnerField is { } owner ? (string?)this[owner] : null;

    /// <summary>Gets or sets a stored value; to set goes past every rule and index, for loading and for <see cref="RowSet"/>.</summary>
    public object? this[SObjectField field]
    {
        get => field.Computed is { } compute ? compute(this)
            : ((uint)field.Slot < (uint)_values.Length ? _values[field.Slot] : null) ?? (field.Type == SoqlType.Boolean ? False : null);
        set
        {
            if (field.Slot < 0)
            {
                if (value is null)
                {
                    return;
                }

                field.Slot = Type.TakeSlot();
            }

            if (field.Slot >= _values.Length)
            {
                if (value is null)
                {
                    return;
                }

                Array.Resize(ref _values, field.Slot + 1);
            }

            _values[field.Slot] = value;
        }
    }

    public object? Get(string field) => Type.TryGetField(field, out var known) ? this[known] : null;

    public string? Text(string field) => Get(field) as string;

    public object? Read(SoqlField field) => Get(field.Name);
}
