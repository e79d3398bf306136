using Liaison.Emulators.Salesforce.Model;
using Liaison.Emulators.Salesforce.Soql.Schema;

namespace Liaison.Emulators.Salesforce.Rights;

/// <summary>What a user may do with a record, as a row of UserRecordAccess (contract section 13).</summary>
internal sealed class AccessRow(Sharing sharing, string userId, SObjectRow record) : ISoqlRow
{
    public string Id => "000000000000000AAA";

    /// <summary>Enumerates the running user's access to what that user can read; who manages users may ask of others.</summary>
    public static IEnumerable<ISoqlRow> Enumerate(UserSchema schema)
    {
        IEnumerable<OrgUser> users = Permissions.ManagesUsers(schema.User) ? schema.Org.Users : [schema.User];
        foreach (var user in users)
        {
            var sharing = user == schema.User ? schema.Sharing : new Sharing(schema.Org, schema.Permissions, user);
            foreach (var record in schema.Objects.Where(seen => seen.Type.KeyPrefix is not null).SelectMany(seen => seen.Type.Rows.All))
            {
                // Ids that the running user cannot read are dropped, whoever is asked about.
                if (!record.IsDeleted && schema.Sharing.Sees(record))
                {
                    yield return new AccessRow(sharing, user.Id, record);
                }
            }
        }
    }

    public object? Read(SoqlField field) => field.Name switch
    {
        "UserId" => userId,
        "RecordId" => record.Id,
        "HasReadAccess" => sharing.Sees(record),
        "HasEditAccess" => sharing.Edits(record),
        "HasDeleteAccess" => sharing.Deletes(record),
        "HasTransferAccess" => sharing.Transfers(record),
        "HasAllAccess" => sharing.Deletes(record) && sharing.Transfers(record),
        "MaxAccessLevel" => MaxAccessLevel(),
        _ => null,
    };

    private string MaxAccessLevel() => sharing.Deletes(record) && sharing.Transfers(record) ? "All"
        : sharing.Deletes(record) ? "Delete"
        : sharing.Edits(record) ? "Edit"
        : sharing.Sees(record) ? "Read" : "None";
}
