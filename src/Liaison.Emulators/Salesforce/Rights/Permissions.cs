using Liaison.Emulators.Salesforce.Catalog;
using Liaison.Emulators.Salesforce.Model;

namespace Liaison.Emulators.Salesforce.Rights;

/// <summary>What a profile may do with an object.</summary>
/// <param name="ViewAll">Whether sharing does not narrow what is read.</param>
/// <param name="ModifyAll">Whether sharing does not narrow what is changed and deleted.</param>
internal sealed record ObjectRights(bool Read, bool Create, bool Edit, bool Delete, bool ViewAll, bool ModifyAll)
{
    public static ObjectRights None { get; } = new(false, false, false, false, false, false);

    public static ObjectRights ReadOnly { get; } = new(true, false, false, false, false, false);

    public static ObjectRights All { get; } = new(true, true, true, true, true, true);
}

/// <summary>Object rights and field-level security by profile (contract section 13); an administrator may change them while clients run.</summary>
/// <remarks>Reps do not see or cannot edit the same things as in the other emulated CRMs, so that one test can ask all of them.</remarks>
internal sealed class Permissions
{
    private static readonly string[] ReadByAll = ["User", "UserRole", "Profile", "Group", "Organization", "UserRecordAccess", "RecordType"];

    private readonly Org _org;
    private readonly Dictionary<(ProfileKind Profile, string Type), ObjectRights> _objects = [];
    private readonly HashSet<(ProfileKind Profile, string Type, string Field)> _hidden = [];
    private readonly HashSet<(ProfileKind Profile, string Type, string Field)> _locked = [];

    public Permissions(Org org)
    {
        _org = org;
        Hide("Contact", "MobilePhone", "Emails_Opened__c");
        Hide("Account", "AnnualRevenue");
        Hide("Opportunity", "Probability", "ExpectedRevenue");
        Lock("Contact", "Lifecycle_Stage__c");
        Lock("Account", "Industry");
        Lock("Opportunity", "Amount");
    }

    public ObjectRights Of(OrgUser user, SObjectType type) =>
        _objects.GetValueOrDefault((user.Profile.Standing, type.Name)) ?? Default(user.Profile.Standing, type);

    public bool Sees(OrgUser user, SObjectType type, SObjectField field) =>
        !field.Permissionable || !_hidden.Contains((user.Profile.Standing, type.Name, field.Name));

    public bool Edits(OrgUser user, SObjectType type, SObjectField field) =>
        Sees(user, type, field) && (!field.Permissionable || !_locked.Contains((user.Profile.Standing, type.Name, field.Name)));

    public void Set(ProfileKind profile, SObjectType type, ObjectRights rights)
    {
        _objects[(profile, type.Name)] = rights;
        _org.Revision++;
    }

    public void SetHidden(ProfileKind profile, SObjectType type, SObjectField field, bool hidden) => Change(_hidden, (profile, type.Name, field.Name), hidden);

    public void SetLocked(ProfileKind profile, SObjectType type, SObjectField field, bool locked) => Change(_locked, (profile, type.Name, field.Name), locked);

    /// <summary>Tells whether the user may look at the org's setup, its limits among it.</summary>
    public static bool ViewsSetup(OrgUser user) => user.Profile.Standing is ProfileKind.Administrator or ProfileKind.Manager;

    public static bool ManagesUsers(OrgUser user) => user.Profile.Standing == ProfileKind.Administrator;

    private void Change(HashSet<(ProfileKind, string, string)> set, (ProfileKind, string, string) entry, bool member)
    {
        _ = member ? set.Add(entry) : set.Remove(entry);
        _org.Revision++;
    }

    private void Hide(string type, params string[] fields) => _hidden.UnionWith(fields.Select(field => (ProfileKind.Rep, type, field)));

    private void Lock(string type, params string[] fields) => _locked.UnionWith(fields.Select(field => (ProfileKind.Rep, type, field)));

    private static ObjectRights Default(ProfileKind profile, SObjectType type)
    {
        var setup = ReadByAll.Contains(type.Name) || type.Name == "OpportunityStage";
        return profile switch
        {
            ProfileKind.Administrator => ObjectRights.All,
            ProfileKind.Manager => setup ? ObjectRights.ReadOnly : ObjectRights.All,
            ProfileKind.Rep => setup ? ObjectRights.ReadOnly : new(true, true, true, type.Name != SObjectTypes.Custom, false, false),
            ProfileKind.Minimum => ReadByAll.Contains(type.Name) ? ObjectRights.ReadOnly : ObjectRights.None,
        };
    }
}
