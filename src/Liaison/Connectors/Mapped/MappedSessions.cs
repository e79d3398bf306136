using System.Collections.Frozen;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Policy;

namespace Liaison.Connectors.Mapped;

/// <summary>Narrows account-wide sessions to what the mapping of their user lets through (R214).</summary>
public sealed class MappedSessions(ConnectionRegistry connections, OwnerDirectory owners)
{
    /// <summary>Narrows a session to the permit's user.</summary>
    /// <returns><see cref="FailureKind.Denied"/> by <see cref="DeniedBy.CrmUser"/> for a user whom the CRM does not know as active, or not at all.</returns>
    internal async Task<Result<IConnectorSession>> NarrowAsync(
        Permit permit, IConnectorSession session, ConnectorDescriptor descriptor, CancellationToken cancellationToken)
    {
        var subject = permit.Caller.Subject.Id;
        if (!connections.Find(permit.Connection.Name).TryGet(out var connection, out var failure))
        {
            return failure;
        }

        var mapped = connection.Options.Mapped;
        if (!mapped.Users.TryGetValue(subject, out var mapping))
        {
            return Deny($"\"{subject}\" is in no mapping of connection {permit.Connection.Name}; an administrator can add one under connections.{permit.Connection.Name}.mapped.users.");
        }

        if (!(await owners.GetAsync(permit.Connection.Name, session, cancellationToken)).TryGet(out var users, out failure))
        {
            return failure;
        }

        var email = mapping.Email ?? subject;
        return users.Where(user => user.Active && string.Equals(user.Email, email, StringComparison.OrdinalIgnoreCase)).ToList() is [var self]
            ? Result<IConnectorSession>.Of(new ScopedSession(session, descriptor, ScopeOf(permit.Access, mapping, mapped.Unowned, self, users)))
            : Deny($"\"{subject}\" is no active user of connection {permit.Connection.Name}, or not the only one with that address; an administrator can mend connections.{permit.Connection.Name}.mapped.users, or the user in the CRM.");
    }

    // A permit to write opens what the user edits and not what they see, so that nothing else can even be taken up for a change.
    private static RecordScope ScopeOf(Access access, MappedUserOptions mapping, bool unowned, CrmUser self, IReadOnlyList<CrmUser> users) =>
        access == Access.Write
            ? new RecordScope(self.OwnerId, OwnersWithin(mapping.Edits, self, users), Unowned: false, MayWrite: true)
            : new RecordScope(self.OwnerId, OwnersWithin(mapping.Sees, self, users), unowned, MayWrite: false);

    private static FrozenSet<string>? OwnersWithin(MappedReach reach, CrmUser self, IReadOnlyList<CrmUser> users) => reach switch
    {
        MappedReach.None => [],
        MappedReach.Own => [self.OwnerId],
        MappedReach.Team => users.Where(user => SharesTeam(user, self)).Select(user => user.OwnerId).Append(self.OwnerId).ToFrozenSet(StringComparer.Ordinal),
        MappedReach.All => null,
    };

    // Also of those who have left: what they owned is still the team's.
    private static bool SharesTeam(CrmUser user, CrmUser self) => user.Teams.Any(team => self.Teams.Any(own => own.Id == team.Id));

    private static Failure Deny(string message) => new(FailureKind.Denied, message) { DeniedBy = DeniedBy.CrmUser };
}
