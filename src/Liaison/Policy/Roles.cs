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
public sealed class Members
{
    private readonly Dictionary<string, MemberOptions> members;
    private readonly ILookup<string, string> standingInFor;
    private readonly HashSet<string> agents;

    /// <summary>Makes the list out of the configured policy.</summary>
    public Members(PolicyOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        agents = [.. options.Agents.Keys];
        members = options.Members.ToDictionary(member => member.Subject, StringComparer.Ordinal);
        standingInFor = options.Members
            .SelectMany(member => member.Delegates.Select(other => (Stand: other, For: member.Subject)))
            .ToLookup(pair => pair.Stand, pair => pair.For, StringComparer.Ordinal);
    }

    /// <summary>Lists the names of all roles that a subject holds, the installation's own included.</summary>
    public IReadOnlyList<string> RolesOf(Subject subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return members.TryGetValue(subject.Id, out var member) ? member.Roles : [];
    }

    /// <summary>Tells whether a subject holds a role itself.</summary>
    public bool Holds(Subject subject, Role role) => RolesOf(subject).Contains(NameOf(role), StringComparer.OrdinalIgnoreCase);

    /// <summary>Tells whether a declared agent acts: it acts for a person and is none, whosever rights it has.</summary>
    public bool IsAgent(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return agents.Contains(caller.Actor.Id);
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
        return [.. standingInFor[subject.Id].Where(other => Holds(new Subject(SubjectKind.User, other), role))];
    }

    private static string NameOf(Role role) => role.ToString().ToLowerInvariant();
}
