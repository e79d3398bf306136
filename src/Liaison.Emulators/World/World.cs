namespace Liaison.Emulators.World;

/// <summary>A company's CRM as its people left it: neutral of any vendor, messy, and the same for the same seed.</summary>
/// <remarks>An emulator maps these to its CRM's objects; the mess (missing, stale, doubled, mistyped) is already in the values.</remarks>
/// <param name="Seed">The seed that made this world; the same seed and sizes give the same world.</param>
/// <param name="Now">The instant that the world counts as the present; "created in the last 24 hours" is measured from here.</param>
public sealed record CrmWorld(
    int Seed,
    DateTimeOffset Now,
    IReadOnlyList<WorldTeam> Teams,
    IReadOnlyList<WorldOwner> Owners,
    IReadOnlyList<WorldCompany> Companies,
    IReadOnlyList<WorldPerson> People,
    IReadOnlyList<WorldDeal> Deals,
    IReadOnlyList<WorldActivity> Activities);

/// <summary>A sales team.</summary>
public sealed record WorldTeam(int Key, string Name);

/// <summary>What an owner may see and do in the CRM.</summary>
public enum WorldRole
{
    /// <summary>Sees and edits everything.</summary>
    Manager,

    /// <summary>Sees and edits what the own team owns.</summary>
    Rep,

    /// <summary>Has a seat and no rights to records.</summary>
    None,
}

/// <summary>A CRM user who owns records.</summary>
/// <param name="TeamKey">The team; <see langword="null"/> where the user is in none.</param>
/// <param name="Active">Whether the user still works there; records of those who left are the usual mess.</param>
public sealed record WorldOwner(
    int Key, string FirstName, string LastName, string Email, WorldRole Role, int? TeamKey, bool Active, string TimeZone);

/// <summary>A company, as typed: legal form or not, domain or not, size as number or missing.</summary>
/// <param name="DuplicateOf">The key of the company of which this is a careless second entry.</param>
public sealed record WorldCompany(
    int Key,
    string Name,
    string? Domain,
    string? Industry,
    int? EmployeeCount,
    decimal? AnnualRevenue,
    string? City,
    string? State,
    string? Country,
    string? Phone,
    string? Description,
    string TimeZone,
    int? OwnerKey,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    int? DuplicateOf);

/// <summary>A person in the CRM, as typed or imported.</summary>
/// <param name="CompanyKey">The company; <see langword="null"/> where nobody linked it.</param>
/// <param name="LeadStatus">One of NEW, OPEN, IN_PROGRESS, OPEN_DEAL, UNQUALIFIED, ATTEMPTED_TO_CONTACT, CONNECTED, BAD_TIMING, or <see langword="null"/>.</param>
/// <param name="LifecycleStage">One of subscriber, lead, marketingqualifiedlead, salesqualifiedlead, opportunity, customer, evangelist, other, or <see langword="null"/>.</param>
/// <param name="Extra">Further native fields by name, as a loaded file or a test gives them.</param>
public sealed record WorldPerson(
    int Key,
    string? FirstName,
    string? LastName,
    string? Email,
    string? Phone,
    string? MobilePhone,
    string? JobTitle,
    string? City,
    string? State,
    string? Country,
    string? Language,
    string? LeadStatus,
    string? LifecycleStage,
    string? Source,
    bool OptedOut,
    int? PageViews,
    int? Visits,
    int? EmailsOpened,
    DateTimeOffset? LastActivityAt,
    int? CompanyKey,
    int? OwnerKey,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    int? DuplicateOf,
    IReadOnlyDictionary<string, string?> Extra);

/// <summary>A deal with its place in the pipeline.</summary>
/// <param name="Stage">One of appointmentscheduled, qualifiedtobuy, presentationscheduled, decisionmakerboughtin, contractsent, closedwon, closedlost.</param>
public sealed record WorldDeal(
    int Key,
    string Name,
    string Stage,
    decimal? Amount,
    string? Currency,
    DateOnly? CloseDate,
    int? CompanyKey,
    IReadOnlyList<int> PersonKeys,
    int? OwnerKey,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt);

/// <summary>The kinds of activity that a CRM logs.</summary>
public enum WorldActivityKind
{
    /// <summary>A note in HTML.</summary>
    Note,

    /// <summary>An e-mail with subject, HTML body, direction; threads quote what they answer.</summary>
    Email,

    /// <summary>A call with its notes.</summary>
    Call,

    /// <summary>A meeting.</summary>
    Meeting,

    /// <summary>A task with a due time.</summary>
    Task,
}

/// <summary>One logged activity.</summary>
/// <param name="Incoming">For an e-mail or call: whether the customer wrote or called.</param>
/// <param name="Html">The body; untrusted text of outsiders and colleagues, as CRMs hold it.</param>
public sealed record WorldActivity(
    int Key,
    WorldActivityKind Kind,
    DateTimeOffset At,
    string? Subject,
    string Html,
    bool Incoming,
    IReadOnlyList<int> PersonKeys,
    int? CompanyKey,
    int? DealKey,
    int? OwnerKey);
