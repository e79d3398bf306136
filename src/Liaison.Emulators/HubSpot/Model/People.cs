using Liaison.Emulators.World;

namespace Liaison.Emulators.HubSpot.Model;

/// <summary>A team of users.</summary>
internal sealed record CrmTeam(long Id, string Name);

/// <summary>A user with a seat, who is also the owner of records.</summary>
/// <param name="OwnerId">The id that records name in <c>hubspot_owner_id</c>; not the user's id.</param>
internal sealed record CrmUser(
    long UserId, long OwnerId, string Email, string FirstName, string LastName, WorldRole Role, CrmTeam? Team, bool Active, DateTimeOffset CreatedAt)
{
    /// <summary>Tells whether this user may see a record with this owner.</summary>
    /// <remarks>A rep sees what the own team owns; what nobody owns is for managers (contract section 2.2).</remarks>
    public bool Sees(CrmUser? owner) => Role switch
    {
        WorldRole.Manager => true,
        WorldRole.Rep => owner is not null && (owner.UserId == UserId || (Team is not null && owner.Team?.Id == Team.Id)),
        WorldRole.None => false,
    };
}
