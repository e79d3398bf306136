using Liaison.Emulators.HubSpot.Model;
using Liaison.Emulators.World;

namespace Liaison.Emulators.HubSpot.Rights;

/// <summary>The four users that have tokens from the start, picked from the world or made up where it lacks one.</summary>
internal sealed class DemoUsers
{
    public DemoUsers(Account account, DateTimeOffset now)
    {
        Manager = Pick(account, user => user.Role == WorldRole.Manager)
            ?? MakeUp(account, "Morgan", "Manager", WorldRole.Manager, null, now);
        var north = Rep(account, "north", null)
            ?? MakeUp(account, "Nora", "North", WorldRole.Rep, Team(account, 0), now);
        var south = Rep(account, "south", north.Team)
            ?? MakeUp(account, "Sami", "South", WorldRole.Rep, Team(account, 1), now);
        var none = Pick(account, user => user.Role == WorldRole.None)
            ?? MakeUp(account, "Nils", "None", WorldRole.None, null, now);
        Named = [("manager", Manager), ("rep-north", north), ("rep-south", south), ("none", none)];
    }

    public CrmUser Manager { get; }

    /// <summary>Gets the users by the middle part of their token, user-…-demo.</summary>
    public IReadOnlyList<(string Name, CrmUser User)> Named { get; }

    private static CrmUser? Pick(Account account, Func<CrmUser, bool> fits) =>
        account.Users.FirstOrDefault(user => user.Active && fits(user)) ?? account.Users.FirstOrDefault(fits);

    /// <summary>Takes a rep of the team whose name has the word, else of any team but the other rep's.</summary>
    private static CrmUser? Rep(Account account, string word, CrmTeam? taken) =>
        Pick(account, user => user.Role == WorldRole.Rep && user.Team is { } team && team.Id != taken?.Id && team.Name.Contains(word, StringComparison.OrdinalIgnoreCase))
        ?? Pick(account, user => user.Role == WorldRole.Rep && user.Team is { } team && team.Id != taken?.Id && (taken is not null || !team.Name.Contains("south", StringComparison.OrdinalIgnoreCase)));

    private static CrmTeam? Team(Account account, int at) => account.Teams.Count > at ? account.Teams[at] : null;

    private static CrmUser MakeUp(Account account, string first, string last, WorldRole role, CrmTeam? team, DateTimeOffset now)
    {
        var number = account.Users.Count + 1;
        var user = new CrmUser(
            HubSpotIds.User(900 + number), HubSpotIds.Owner(900 + number), $"{first}.{last}@liaison.test".ToLowerInvariant(), first, last, role, team, true, now);
        account.Add(user);
        return user;
    }
}
