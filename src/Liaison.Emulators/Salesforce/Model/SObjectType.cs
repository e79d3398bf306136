using System.Diagnostics.CodeAnalysis;

namespace Liaison.Emulators.Salesforce.Model;

/// <summary>By what it is decided who sees a record of a type.</summary>
internal enum SharingModel
{
    /// <summary>Private: by owner, role hierarchy and the sharing rule within a role.</summary>
    Owner,

    /// <summary>Everybody who may read the object reads all its records.</summary>
    Public,

    /// <summary>As the record that <see cref="SObjectType.SharingParents"/> points to.</summary>
    Parent,

    /// <summary>Content: the owner, and everybody who sees a record that it is linked to.</summary>
    Linked,
}

/// <summary>A reference seen from the other side: which records point here, and under which name they are asked for.</summary>
internal sealed record ChildRelationship(SObjectType Child, SObjectField Field, string? Name, bool CascadeDelete, bool RestrictedDelete);

/// <summary>One object of the org.</summary>
internal sealed class SObjectType
{
    private readonly Dictionary<string, SObjectField> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<SObjectField> _fields = [];
    private int _slots;

    public required string Name { get; init; }

    public required string Label { get; init; }

    public required string LabelPlural { get; init; }

    /// <summary>Gets the first three characters of its ids; some objects have none.</summary>
    public string? KeyPrefix { get; init; }

    public bool Createable { get; init; } = true;

    public bool Updateable { get; init; } = true;

    public bool Deletable { get; init; } = true;

    public bool Undeletable { get; init; } = true;

    public bool Queryable { get; init; } = true;

    public bool Retrieveable { get; init; } = true;

    public bool Replicateable { get; init; } = true;

    public bool Searchable { get; init; } = true;

    public bool Layoutable { get; init; } = true;

    public bool Mergeable { get; init; }

    public bool MruEnabled { get; init; } = true;

    public bool FeedEnabled { get; init; } = true;

    public bool Triggerable { get; init; } = true;

    public SharingModel Sharing { get; init; }

    /// <summary>Gets the references of which the first that is filled decides by its target who sees a record, for <see cref="SharingModel.Parent"/>.</summary>
    public IReadOnlyList<string> SharingParents { get; init; } = [];

    public bool IsCustom => Name.EndsWith("__c", StringComparison.Ordinal);

    public IReadOnlyList<SObjectField> Fields => _fields;

    public List<ChildRelationship> Children { get; } = [];

    /// <summary>Gets the record types beside the one that every object has; empty for most objects.</summary>
    public List<RecordKind> RecordKinds { get; } = [];

    public SObjectField? OwnerField { get; private set; }

    public SObjectField? NameField { get; private set; }

    public RowSet Rows => field ??= new RowSet(this);

    public bool TryGetField(string name, [NotNullWhen(true)] out SObjectField? field) => _byName.TryGetValue(name, out field);

    public SObjectField Field(string name) => _byName[name];

    public void Add(SObjectField field)
    {
        _byName.Add(field.Name, field);
        _fields.Add(field);
        if (field.Name == "OwnerId")
        {
            OwnerField = field;
        }

        if (field.NameField)
        {
            NameField = field;
        }
    }

    public void Remove(SObjectField field)
    {
        _byName.Remove(field.Name);
        _fields.Remove(field);
    }

    public int TakeSlot() => _slots++;
}
