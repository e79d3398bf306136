using Liaison.Emulators.Salesforce.Model;

namespace Liaison.Emulators.Salesforce.Rights;

/// <summary>Which records one user sees and changes: private by owner, opened upwards by roles and sideways within a role.</summary>
/// <remarks>
/// The org's defaults are private. Whoever stands above the owner in the role hierarchy has the owner's access; a sharing rule gives
/// users of one role each other's records to read and edit, not to delete or hand on. Queues' records belong to their members.
/// </remarks>
internal sealed class Sharing(Org org, Permissions permissions, OrgUser user)
{
    private HashSet<string> _above = [];
    private HashSet<string> _beside = [];
    private int _revision = -1;

    public bool Sees(SObjectRow row) => permissions.Of(user, row.Type) is { Read: true } rights
        && (rights.ViewAll || rights.ModifyAll || Reaches(row, editing: false));

    public bool Edits(SObjectRow row) => permissions.Of(user, row.Type) is { Edit: true } rights && (rights.ModifyAll || Reaches(row, editing: true));

    public bool Deletes(SObjectRow row) => permissions.Of(user, row.Type) is { Delete: true } rights && (rights.ModifyAll || Owns(row));

    /// <summary>Tells whether the user may give the record to another owner.</summary>
    public bool Transfers(SObjectRow row) => permissions.Of(user, row.Type) is { Edit: true } rights && (rights.ModifyAll || Owns(row));

    private bool Reaches(SObjectRow row, bool editing) => row.Type.Sharing switch
    {
        SharingModel.Public => true,
        SharingModel.Owner => Owner(row) is { } owner && IsWithin(owner),
        SharingModel.Parent => Parent(row) is { } parent && (editing ? Edits(parent) : Sees(parent)),
        SharingModel.Linked => (Owner(row) is { } owner && IsWithin(owner)) || (!editing && Links(row).Any(Sees)),
    };

    private bool Owns(SObjectRow row) => row.Type.Sharing switch
    {
        SharingModel.Parent => Parent(row) is { } parent && Edits(parent),
        _ => Owner(row) is { } owner && Known()._above.Contains(owner),
    };

    private static string? Owner(SObjectRow row) => row.OwnerId;

    private SObjectRow? Parent(SObjectRow row) => org.Find(row.Type.SharingParents.Select(row.Text).FirstOrDefault(id => id is not null));

    private IEnumerable<SObjectRow> Links(SObjectRow row)
    {
        var links = org["ContentDocumentLink"];
        return links.Rows.With(links.Field("ContentDocumentId"), row.Id).Where(link => !link.IsDeleted)
            .Select(link => org.Find(link.Text("LinkedEntityId"))).OfType<SObjectRow>().Where(linked => linked.Type.Name != "User");
    }

    private bool IsWithin(string owner)
    {
        var (above, beside) = Known();
        return above.Contains(owner) || beside.Contains(owner);
    }

    private (HashSet<string> _above, HashSet<string> _beside) Known()
    {
        if (_revision != org.Revision)
        {
            _revision = org.Revision;
            _above = [user.Id, .. org.Users.Where(other => user.RoleId is { } role && org.IsBelow(other.RoleId, role)).Select(other => other.Id)];
            _beside = [.. org.Users.Where(other => user.RoleId is { } role && other.RoleId == role).Select(other => other.Id)];
            _above.UnionWith(org.Queues.Where(queue => queue.Value.Overlaps(_above)).Select(queue => queue.Key));
        }

        return (_above, _beside);
    }
}
