using Liaison.Emulators.World;

namespace Liaison.Emulators.HubSpot.Model;

/// <summary>A team of users.</summary>
internal sealed class CrmTeam(long id, string name)
{
    public long Id => id;

    public string Name { get; set; } = name;

    /// <summary>Gets or sets the team above; told by the team settings only (contract section 2.2).</summary>
    public long? ParentId { get; set; }
}

/// <summary>A user with a seat, who is also the owner of records.</summary>
/// <param name="OwnerId">The id that records name in <c>hubspot_owner_id</c>; not the user's id.</param>
internal sealed record CrmUser(
    long UserId, long OwnerId, string Email, string FirstName, string LastName, WorldRole Role, CrmTeam? Team, bool Active, DateTimeOffset CreatedAt)
{
    /// <summary>Gets the teams beside the user's own.</summary>
    public IReadOnlyList<CrmTeam> ExtraTeams { get; init; } = [];

    public bool IsIn(CrmTeam team) => Team?.Id == team.Id || ExtraTeams.Any(extra => extra.Id == team.Id);

    /// <summary>Tells whether this user may see a record with this owner.</summary>
    /// <remarks>A rep sees what the own teams own; what nobody owns is for managers (contract section 2.2).</remarks>
    public bool Sees(CrmUser? owner) => Role switch
    {
        WorldRole.Manager => true,
        WorldRole.Rep => owner is not null && (owner.UserId == UserId || (owner.Team is { } team && IsIn(team))),
        WorldRole.None => false,
    };
}
