using Liaison.Connectors;

namespace Liaison.Identity;

/// <summary>Finds every fault of a connection's mapped users.</summary>
internal static class MappedFaults
{
    /// <param name="descriptor">The connector; <see langword="null"/> where the connection names none that is known.</param>
    public static IEnumerable<string> Of(string at, MappedOptions mapped, CredentialOptions credentials, ConnectorDescriptor? descriptor)
    {
        if (mapped.Users.Count > 0 && descriptor is { MapsUsers: false })
        {
            yield return $"{at}.mapped: a credential of {descriptor.DisplayName} is always one user's and serves nobody else; give each user their own under {at}.credentials.users.";
            yield break;
        }

        if (mapped.Users.Count > 0 && credentials.Account is null)
        {
            yield return $"{at}.mapped: mapped users are served with the account-wide token; set {at}.credentials.account.";
        }

        foreach (var fault in mapped.Users.SelectMany(user => Of($"{at}.mapped.users.{user.Key}", user.Key, user.Value)))
        {
            yield return fault;
        }

        foreach (var subject in mapped.Users.Keys.Where(credentials.Users.ContainsKey))
        {
            yield return $"{at}.mapped.users.{subject}: the user has a token of their own under credentials.users; keep one of the two.";
        }
    }

    private static IEnumerable<string> Of(string at, string subject, MappedUserOptions user)
    {
        if (!(user.Email ?? subject).Contains('@', StringComparison.Ordinal))
        {
            yield return $"{at}.email: the CRM knows users by their e-mail address; give it, since the subject's id is none.";
        }

        if (user.Sees == MappedReach.None)
        {
            yield return $"{at}.sees: a user who sees nothing is left out of the mapping; use own, team or all.";
        }

        if (user.Edits == MappedReach.All)
        {
            yield return $"{at}.edits: an account-wide token edits what the user or the team owns, at most; use own, team or none.";
        }
        else if (user.Edits > user.Sees)
        {
            yield return $"{at}.edits: nobody edits what they do not see; widen sees or narrow edits.";
        }
    }
}
