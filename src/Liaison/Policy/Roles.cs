using System.Collections.Frozen;
using Liaison.Failures;
using Liaison.Identity;

namespace Liaison.Policy;

/// <summary>What somebody is to the installation itself; rights on records come from grants and not from these (R239).</summary>
public enum Role
{
    /// <summary>Asks for records and proposes changes, within grants.</summary>
    User,

    /// <summary>Starts and stops runs and agents, replays dead letters, undoes.</summary>
    Operator,

    /// <summary>Decides on changes that wait for a person, and undoes.</summary>
    Approver,

    /// <summary>Reads audit and change sets, and exports them.</summary>
    Auditor,

    /// <summary>Keeps keys, connections and fields.</summary>
    Admin,
}

/// <summary>Who belongs to the installation and in which roles.</summary>
public sealed class Members(PolicyInForce policy)
{
    private volatile Roster? roster;

    // Made anew with each policy; two that make it at once make the same.
    private Roster Current => roster is { } made && ReferenceEquals(made.Policy, policy.Options) ? made : roster = new Roster(policy.Options);

    /// <summary>Lists the names of all roles that a subject holds, the installation's own included.</summary>
    public IReadOnlyList<string> RolesOf(Subject subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return Current.Members.TryGetValue(subject.Id, out var member) ? member.Roles : [];
    }

    /// <summary>Tells whether a subject holds a role itself.</summary>
    public bool Holds(Subject subject, Role role) => RolesOf(subject).Contains(NameOf(role), StringComparer.OrdinalIgnoreCase);

    /// <summary>Tells whether an agent acts: whatever is no door of people's own acts for a person and is none, whosever rights it has.</summary>
    public bool IsAgent(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return !Current.Doors.Contains(caller.Actor.Id);
    }

    /// <summary>Demands one of several roles; an agent has none of its person's but <see cref="Role.User"/>.</summary>
    /// <param name="what">What is asked for, as it follows "may not", as in <c>export the audit</c>.</param>
    /// <returns><see cref="FailureKind.Denied"/>: by policy for a subject that holds none of them, by agent for an agent.</returns>
    public Result<Done> Require(Caller caller, string what, params IReadOnlyList<Role> roles)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(roles);
        var subject = caller.Subject;
        if (IsAgent(caller) && !roles.Contains(Role.User))
        {
            return new Failure(FailureKind.Denied, $"The agent \"{caller.Actor.Id}\" may not {what}: a person does, by a door of their own.")
            {
                DeniedBy = DeniedBy.Agent,
            };
        }

        return roles.Any(role => Holds(subject, role)) || (roles.Contains(Role.Approver) && StandsInFor(subject, Role.Approver).Count > 0)
            ? Done.Value
            : new Failure(
                FailureKind.Denied,
                $"\"{subject.Id}\" may not {what}: it takes the role {string.Join(" or ", roles.Select(NameOf))}; an administrator can give it under policy.members.")
            {
                DeniedBy = DeniedBy.Policy,
            };
    }

    /// <summary>Lists the members with a role who have named this subject to decide in their place.</summary>
    public IReadOnlyList<string> StandsInFor(Subject subject, Role role)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return [.. Current.StandingInFor[subject.Id].Where(other => Holds(new Subject(SubjectKind.User, other), role))];
    }

    private static string NameOf(Role role) => role.ToString().ToLowerInvariant();

    private sealed class Roster(PolicyOptions policy)
    {
        public PolicyOptions Policy => policy;

        public FrozenSet<string> Doors { get; } = policy.Doors.Except(policy.Agents.Keys).ToFrozenSet(StringComparer.Ordinal);

        public FrozenDictionary<string, MemberOptions> Members { get; } = policy.Members.ToFrozenDictionary(member => member.Subject, StringComparer.Ordinal);

        public ILookup<string, string> StandingInFor { get; } = policy.Members
            .SelectMany(member => member.Delegates.Select(other => (Stand: other, For: member.Subject)))
            .ToLookup(pair => pair.Stand, pair => pair.For, StringComparer.Ordinal);
    }
}
