namespace Liaison.Emulators.Salesforce.Model;

/// <summary>A user of the org; what stands in the User record is read from there.</summary>
internal sealed class OrgUser(SObjectRow row, Profile profile)
{
    public SObjectRow Row { get; } = row;

    public string Id => Row.Id;

    public Profile Profile { get; } = profile;

    public string Username => Row.Text("Username")!;

    public string Email => Row.Text("Email")!;

    public string? RoleId => Row.Text("UserRoleId");

    public bool IsActive => Row.Get("IsActive") is true;

    public string TimeZone => Row.Text("TimeZoneSidKey") ?? "Europe/Berlin";

    /// <summary>Gets or sets whether sign-in is stopped without deactivation.</summary>
    public bool Frozen { get; set; }

    /// <summary>Gets or sets whether the app's policy approves the user in advance (contract section 1.3).</summary>
    public bool Approved { get; set; } = true;

    /// <summary>Gets or sets whether the user's permissions name "API Enabled" (contract section 13).</summary>
    public bool ApiEnabled { get; set; } = true;
}

/// <summary>A profile: what its users may do with objects and fields.</summary>
/// <param name="Standing">What kind of user it stands for.</param>
internal sealed record Profile(string Id, string Name, ProfileKind Standing);

/// <summary>The kinds of user that the org knows.</summary>
internal enum ProfileKind
{
    /// <summary>Sees, changes and sets up everything.</summary>
    Administrator,

    /// <summary>Sees and edits every record, sets nothing up.</summary>
    Manager,

    /// <summary>Sees and edits what the own role owns.</summary>
    Rep,

    /// <summary>May sign in and reads no business object.</summary>
    Minimum,
}
