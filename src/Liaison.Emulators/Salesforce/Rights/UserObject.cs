using System.Diagnostics.CodeAnalysis;
using Liaison.Emulators.Salesforce.Model;
using Liaison.Emulators.Salesforce.Soql.Schema;

namespace Liaison.Emulators.Salesforce.Rights;

/// <summary>One object as one user sees it.</summary>
internal sealed class UserObject : ISoqlObject
{
    private readonly UserSchema _schema;
    private readonly Dictionary<string, SObjectField> _byName;

    public UserObject(UserSchema schema, SObjectType type)
    {
        _schema = schema;
        Type = type;
        Visible = [.. type.Fields.Where(field => schema.Permissions.Sees(schema.User, type, field))];
        _byName = Visible.ToDictionary(field => field.Name, StringComparer.OrdinalIgnoreCase);
        Fields = [.. Visible.Select(field => field.ToSoql())];
        Rights = schema.Permissions.Of(schema.User, type);
    }

    public SObjectType Type { get; }

    public string Name => Type.Name;

    public ObjectRights Rights { get; }

    public IReadOnlyList<SObjectField> Visible { get; }

    public IReadOnlyList<SoqlField> Fields { get; }

    public bool CanCreate(SObjectField field) => field.Createable && Rights.Create && Type.Createable && _schema.Permissions.Edits(_schema.User, Type, field);

    public bool CanUpdate(SObjectField field) => field.Updateable && Rights.Edit && Type.Updateable && _schema.Permissions.Edits(_schema.User, Type, field);

    public bool TryGetField(string name, [NotNullWhen(true)] out SObjectField? field) => _byName.TryGetValue(name, out field);

    public SoqlField? Field(string name) => _byName.GetValueOrDefault(name)?.ToSoql();

    public SoqlField? Parent(string relationship) => ParentField(relationship)?.ToSoql();

    /// <summary>Finds the reference that a name walks; a target that the user may not read cannot be walked to.</summary>
    public SObjectField? ParentField(string relationship) => Visible.FirstOrDefault(field =>
        string.Equals(field.RelationshipName, relationship, StringComparison.OrdinalIgnoreCase) && field.ReferenceTo.Any(target => _schema.Find(target) is not null));

    public SoqlChild? Child(string relationship) =>
        ChildOf(relationship) is { } child && _schema.Of(child.Child) is { } seen ? new SoqlChild(child.Name!, seen, child.Field.ToSoql()) : null;

    public ChildRelationship? ChildOf(string relationship) => Children.FirstOrDefault(child => string.Equals(child.Name, relationship, StringComparison.OrdinalIgnoreCase));

    /// <summary>Gets the ways back from this object that the user sees both ends of.</summary>
    public IEnumerable<ChildRelationship> Children =>
        Type.Children.Where(child => _schema.Of(child.Child) is { } seen && seen.TryGetField(child.Field.Name, out _));

    public IEnumerable<ISoqlRow> Rows(bool withDeleted) => Name == "UserRecordAccess"
        ? AccessRow.Enumerate(_schema)
        : Type.Rows.All.Where(row => (withDeleted || !row.IsDeleted) && _schema.Sharing.Sees(row));

    public ISoqlRow? Row(string id, bool withDeleted) => Find(id) is { } row && (withDeleted || !row.IsDeleted) ? row : null;

    public IEnumerable<ISoqlRow> RowsOf(SoqlField reference, string id, bool withDeleted) =>
        Type.KeyPrefix is not null && Type.TryGetField(reference.Name, out var field) && field.Computed is null
            ? Type.Rows.With(field, id).Where(row => (withDeleted || !row.IsDeleted) && _schema.Sharing.Sees(row))
            : Rows(withDeleted).Where(row => (row.Read(reference) as string) == id);

    /// <summary>Finds a record, in the recycle bin too; one that is not shared looks like none.</summary>
    public SObjectRow? Find(string id) => Type.Rows.TryGet(id, out var row) && _schema.Sharing.Sees(row) ? row : null;
}
