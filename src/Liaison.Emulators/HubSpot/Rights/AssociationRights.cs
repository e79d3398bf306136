using Liaison.Emulators.HubSpot.Http;

namespace Liaison.Emulators.HubSpot.Rights;

/// <summary>The users' right to "edit associations", which from 2026-09 every write of a user-level app is held against (contract section 1).</summary>
/// <remarks>Published is that such a write is a 400 validation error; what it says is not.</remarks>
internal static class AssociationRights
{
    public static Reply? Refuse(Refusals refusals, Call call) =>
        call is { IsSeptember2026: true, User: { } user } && !call.Account.EditsAssociations(user)
            ? refusals.Validation("You do not have permission to edit associations.")
            : null;
}
