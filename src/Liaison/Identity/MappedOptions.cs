namespace Liaison.Identity;

/// <summary>How far a mapped user reaches, told by who owns the records.</summary>
public enum MappedReach
{
    /// <summary>No record.</summary>
    None,

    /// <summary>The records that the user owns.</summary>
    Own,

    /// <summary>The records that somebody of the user's teams owns.</summary>
    Team,

    /// <summary>Every record, whoever owns it.</summary>
    All,
}

/// <summary>Which users an account-wide credential serves, and how far: for CRMs that do not narrow a token to a user themselves.</summary>
/// <remarks>The engine narrows by owner and team, as the CRM lists them; which fields are open stays a matter of the policy.</remarks>
public sealed class MappedOptions
{
    /// <summary>Gets or sets the mapped users by subject id.</summary>
    /// <value>The default is none. A user who is in no mapping and has no token of their own is refused.</value>
    public IReadOnlyDictionary<string, MappedUserOptions> Users { get; set; } = new Dictionary<string, MappedUserOptions>();

    /// <summary>Gets or sets whether mapped users see records that nobody owns; nobody edits them through a mapping.</summary>
    /// <value>The default is <see langword="false"/>; ignored for a user who sees all.</value>
    public bool Unowned { get; set; }
}

/// <summary>One user of an account-wide credential.</summary>
public sealed class MappedUserOptions
{
    /// <summary>Gets or sets the e-mail address under which the CRM knows the user.</summary>
    /// <value>The default is <see langword="null"/>: the subject's id.</value>
    public string? Email { get; set; }

    /// <summary>Gets or sets which records the user sees.</summary>
    /// <value>The default is <see cref="MappedReach.Own"/>. <see cref="MappedReach.None"/> is refused: who sees nothing is left out.</value>
    public MappedReach Sees { get; set; } = MappedReach.Own;

    /// <summary>Gets or sets which records the user edits, where grants open writes.</summary>
    /// <value>The default is <see cref="MappedReach.None"/>. Never more than the user sees, and never <see cref="MappedReach.All"/>.</value>
    public MappedReach Edits { get; set; }
}
