using System.Collections.Frozen;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;

namespace Liaison.Policy;

/// <summary>Judges requests: the only maker of permits. Denies first; says which side denied.</summary>
/// <param name="isWritable">Whether anything may be written through a connection at all.</param>
/// <param name="promoted">Which writes to a record type may be sent to a connection.</param>
public sealed class PolicyEngine(
    PolicyInForce policy, Members members, Func<ConnectionName, bool> isWritable, Func<ConnectionProfile, RecordType, PromotedWrites> promoted)
{
    /// <summary>Judges one request.</summary>
    /// <param name="caller">Who asks and what for.</param>
    /// <param name="connection">The account that the request is about.</param>
    /// <param name="type">The record type.</param>
    /// <param name="access">What is wanted.</param>
    /// <returns>A permit, or <see cref="FailureKind.Denied"/> naming the side that refused.</returns>
    public Result<Permit> Judge(Caller caller, ConnectionProfile connection, RecordType type, Access access)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(connection);

        return GrantsOf(caller, connection).TryGet(out var grants, out var denied)
            ? access == Access.Administer
                ? JudgeAdministration(caller, connection, type, grants)
                : Judge(caller, connection, type, access, RightsOn(policy.Options, caller, type, grants, promoted(connection, type)))
            : denied;
    }

    /// <summary>Tells whether anything at all on a connection is opened to a caller.</summary>
    public bool Opens(Caller caller, ConnectionProfile connection)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(connection);
        return GrantsOf(caller, connection).Failure is null;
    }

    /// <summary>Judges whether what proved the caller reaches a connection, whatever role and grant say.</summary>
    /// <param name="connection">The connection; without a name it is the whole installation, to which no limited key reaches.</param>
    internal static Result<Done> Reach(Caller caller, ConnectionName connection) => caller.Connections switch
    {
        null => Done.Value,
        var reached when reached.Contains(connection) => Done.Value,
        _ when connection.Value.Length > 0 => Deny(
            DeniedBy.Agent, $"The key of the agent \"{caller.Actor.Id}\" does not reach connection {connection}; a key for it can be made with liaison key create"),
        var reached => Deny(
            DeniedBy.Agent,
            $"The key of the agent \"{caller.Actor.Id}\" reaches only {string.Join(", ", reached)}, and this concerns the whole installation; name one of them where that can be done, or use a key without that limit"),
    };

    private Result<List<GrantOptions>> GrantsOf(Caller caller, ConnectionProfile connection)
    {
        if (!Reach(caller, connection.Name).TryGet(out _, out var beyond))
        {
            return beyond;
        }

        var roles = members.RolesOf(caller.Subject);
        var grants = policy.Options.Grants.Where(grant => IsOf(grant, caller.Subject, roles)).ToList();
        if (!Narrow(ref grants, grant => grant.Connections.Contains(connection.Name.Value)))
        {
            return Deny(DeniedBy.Policy, $"\"{caller.Subject.Id}\" has no grant on connection {connection.Name}; an administrator can add one under policy.grants");
        }

        if (!Narrow(ref grants, grant => grant.Purposes.Contains(caller.Purpose.Name)))
        {
            return Deny(DeniedBy.Purpose, $"No grant of \"{caller.Subject.Id}\" on {connection.Name} serves the purpose {caller.Purpose}");
        }

        if (!Narrow(ref grants, grant => grant.Actors.Contains("*") || grant.Actors.Contains(caller.Actor.Id)))
        {
            return Deny(DeniedBy.Agent, $"The agent \"{caller.Actor.Id}\" is in no grant of \"{caller.Subject.Id}\" on {connection.Name}");
        }

        return grants;
    }

    private static Result<Permit> JudgeAdministration(
        Caller caller, ConnectionProfile connection, RecordType type, List<GrantOptions> grants) =>
        grants.Any(grant => grant.Administer)
            ? new Permit(caller, connection, type, Access.Administer, EffectiveRights.Closed)
            : Deny(DeniedBy.Policy, $"\"{caller.Subject.Id}\" may not administer {connection.Name}");

    private Result<Permit> Judge(
        Caller caller, ConnectionProfile connection, RecordType type, Access access, EffectiveRights rights)
    {
        // Writing is closed on every connection until somebody opens it (R205): a grant alone does not.
        if (access == Access.Write && !isWritable(connection.Name))
        {
            return Deny(DeniedBy.Policy, $"Connection {connection.Name} is read-only; set writes: open on it to allow writes");
        }

        var wish = $"{(access == Access.Write ? "writing" : "reading")} {type}";
        return (access == Access.Write ? rights.RefusesWriting : rights.RefusesReading) switch
        {
            null => new Permit(caller, connection, type, access, rights),
            DeniedBy.Purpose => Deny(DeniedBy.Purpose, $"The purpose {caller.Purpose} does not cover {wish}"),
            DeniedBy.Agent => Deny(DeniedBy.Agent, $"The agent \"{caller.Actor.Id}\" is not granted {wish}"),
            _ => Deny(DeniedBy.Policy, $"No grant of \"{caller.Subject.Id}\" on {connection.Name} opens {wish}"),
        };
    }

    private static EffectiveRights RightsOn(
        PolicyOptions options, Caller caller, RecordType type, List<GrantOptions> grants, PromotedWrites promoted) => new(
        new FieldRights(
            grants.SelectMany(grant => grant.Read.GetValueOrDefault(type.Name) ?? []),
            Sum(grants.Select(grant => grant.Write.GetValueOrDefault(type.Name))),
            Sum(grants.Select(grant => grant.Actions.GetValueOrDefault(type.Name))),
            grants.SelectMany(grant => grant.None.GetValueOrDefault(type.Name) ?? [])),
        CeilingOf(options.Purposes.GetValueOrDefault(caller.Purpose.Name), type),
        CeilingOf(options.Agents.GetValueOrDefault(caller.Actor.Id), type),
        options.Sensitive.GetValueOrDefault(type.Name) ?? FrozenDictionary<string, Sensitivity>.Empty,
        options.GuardedFields.GetValueOrDefault(type.Name) ?? [],
        promoted);

    private static FieldRights CeilingOf(ICeiling? ceiling, RecordType type) => ceiling is null ? FieldRights.Open : new FieldRights(
        ceiling.Read is null ? null : ceiling.Read.GetValueOrDefault(type.Name) ?? [],
        ceiling.Write is null ? null : Sum([ceiling.Write.GetValueOrDefault(type.Name)]),
        ceiling.Actions is null ? null : Sum([ceiling.Actions.GetValueOrDefault(type.Name)]),
        []);

    // Two grants that name the same thing add up to the wider one, as rights of one person do.
    private static Dictionary<TKey, WriteLevel> Sum<TKey>(IEnumerable<IReadOnlyDictionary<TKey, WriteLevel>?> parts)
        where TKey : notnull
    {
        var sum = new Dictionary<TKey, WriteLevel>();
        foreach (var (key, level) in parts.SelectMany(part => part ?? FrozenDictionary<TKey, WriteLevel>.Empty))
        {
            sum[key] = sum.TryGetValue(key, out var other) && other > level ? other : level;
        }

        return sum;
    }

    private static bool IsOf(GrantOptions grant, Subject subject, IReadOnlyList<string> roles) =>
        grant.Role.Length > 0 ? roles.Contains(grant.Role, StringComparer.OrdinalIgnoreCase) : grant.Subject == subject.Id;

    private static bool Narrow(ref List<GrantOptions> grants, Func<GrantOptions, bool> fits)
    {
        grants = [.. grants.Where(fits)];
        return grants.Count > 0;
    }

    private static Failure Deny(DeniedBy by, string message) => new(FailureKind.Denied, message + ".") { DeniedBy = by };
}
