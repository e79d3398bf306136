using Liaison.Model;

namespace Liaison.Policy;

/// <summary>Finds every fault of the configured policy, not the first.</summary>
/// <remarks>Each fault begins with the path of its key, so that a host can tell the line of the file.</remarks>
public sealed class PolicyOptionsValidator(IReadOnlyCollection<string> connections)
{
    /// <summary>Checks the policy.</summary>
    /// <returns>One sentence a fault; none when everything is right.</returns>
    public IReadOnlyList<string> Validate(PolicyOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return
        [
            .. MemberFaults(options.Members),
            .. options.Doors.Where(door => door.Trim() is "" or "*").Select(_ => "policy.doors: a door is an actor's name, as in cli; a pattern would make persons of agents."),
            .. options.Grants.SelectMany((grant, index) => GrantFaults($"policy.grants[{index}]", grant, options)),
            .. options.Agents.SelectMany(agent => LimitFaults($"policy.agents.{agent.Key}.limits", agent.Value.Limits)),
            .. options.Rules.SelectMany((rule, index) => RuleFaults($"policy.rules[{index}]", rule)),
            .. ApprovalFaults(options.Approval),
        ];
    }

    private static IEnumerable<string> MemberFaults(IReadOnlyList<MemberOptions> members)
    {
        for (var index = 0; index < members.Count; index++)
        {
            var at = $"policy.members[{index}]";
            if (members[index].Subject.Length == 0)
            {
                yield return $"{at}: a member needs a subject, as in anna@example.com.";
            }
            else if (members.Take(index).Any(other => other.Subject == members[index].Subject))
            {
                yield return $"{at}: \"{members[index].Subject}\" is a member already; put the roles into one entry.";
            }

            foreach (var stand in members[index].Delegates.Where(stand => stand == members[index].Subject))
            {
                yield return $"{at}.delegates: \"{stand}\" cannot stand in for themselves.";
            }
        }
    }

    private IEnumerable<string> GrantFaults(string at, GrantOptions grant, PolicyOptions options)
    {
        if (grant.Subject.Length > 0 == grant.Role.Length > 0)
        {
            yield return $"{at}: a grant is a subject's or a role's; give one of subject and role.";
        }

        if (grant.Role.Length > 0 && !options.Members.Any(member => member.Roles.Contains(grant.Role, StringComparer.OrdinalIgnoreCase)))
        {
            yield return $"{at}.role: nobody under policy.members holds the role \"{grant.Role}\".";
        }

        foreach (var (what, none) in new[] { ("actors", grant.Actors), ("purposes", grant.Purposes), ("connections", grant.Connections) })
        {
            if (none.Count == 0)
            {
                yield return $"{at}.{what}: a grant without {what} opens nothing; name at least one.";
            }
        }

        foreach (var unknown in grant.Connections.Where(name => !connections.Contains(name)))
        {
            yield return $"{at}.connections: there is no connection \"{unknown}\"; "
                + (connections.Count == 0 ? "none is configured." : $"there are {string.Join(", ", connections.Order(StringComparer.Ordinal))}.");
        }

        foreach (var (type, _) in grant.Write.Where(type => type.Value.ContainsKey("*")))
        {
            yield return $"{at}.write.{type}: writes have no \"*\"; name the fields, so that a new one is never writable by accident.";
        }

        foreach (var (type, action, _) in Automatic(grant).Where(entry => !ChangeCatalogue.MayBeAutomatic(entry.Action)))
        {
            yield return $"{at}.actions.{type}: {ChangeCatalogue.NameOf(action)} is not low in risk and reversible, so it always waits for a person; use suggest.";
        }
    }

    private static IEnumerable<(string Type, ChangeKind Action, WriteLevel Level)> Automatic(GrantOptions grant) => grant.Actions
        .SelectMany(type => type.Value.Select(action => (type.Key, action.Key, action.Value)))
        .Where(entry => entry.Value == WriteLevel.Auto);

    private static IEnumerable<string> LimitFaults(string at, BlastRadiusOptions limits)
    {
        if (limits.WritesPerHour is < 0)
        {
            yield return $"{at}.writesPerHour: {limits.WritesPerHour} is below nothing; expected 0 or more.";
        }

        if (limits.RecordsPerRun is < 0)
        {
            yield return $"{at}.recordsPerRun: {limits.RecordsPerRun} is below nothing; expected 0 or more.";
        }

        if (limits.ShareOfRecords is <= 0 or > 1)
        {
            yield return FormattableString.Invariant($"{at}.shareOfRecords: {limits.ShareOfRecords} is no share; expected above 0 to 1, as in 0.4.");
        }

        if (limits.ValueOfChange is < 0)
        {
            yield return FormattableString.Invariant($"{at}.valueOfChange: {limits.ValueOfChange} is below nothing; expected 0 or more.");
        }
    }

    private static IEnumerable<string> RuleFaults(string at, RuleOptions rule)
    {
        foreach (var (what, text) in new[] { ("name", rule.Name), ("type", rule.Type), ("require", rule.Require), ("message", rule.Message) })
        {
            if (text.Length == 0)
            {
                yield return $"{at}.{what}: a rule needs a {what}.";
            }
        }
    }

    private static IEnumerable<string> ApprovalFaults(ApprovalOptions approval)
    {
        if (approval.ExpireAfterHours is < 1 or > 8_760)
        {
            yield return $"policy.approval.expireAfterHours: {approval.ExpireAfterHours} is out of range; expected 1 to 8760.";
        }

        if (approval.SampleSize is < 1 or > 100)
        {
            yield return $"policy.approval.sampleSize: {approval.SampleSize} is out of range; expected 1 to 100.";
        }
    }
}
