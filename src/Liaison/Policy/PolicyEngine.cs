using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;

namespace Liaison.Policy;

/// <summary>Judges requests: the only maker of permits. Denies first; says which side denied.</summary>
public sealed class PolicyEngine(PolicyOptions options, IReadOnlySet<ConnectionName> writable)
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

        var grants = options.Grants.Where(grant => grant.Subject == caller.Subject.Id).ToList();
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

        return Judge(caller, connection, type, access, grants);
    }

    private Result<Permit> Judge(
        Caller caller, ConnectionProfile connection, RecordType type, Access access, List<GrantOptions> grants)
    {
        if (access == Access.Administer)
        {
            return grants.Any(grant => grant.Administer)
                ? new Permit(caller, connection, type, access, FieldRights.None)
                : Deny(DeniedBy.Policy, $"\"{caller.Subject.Id}\" may not administer {connection.Name}");
        }

        // Writing is closed on every connection until somebody opens it (R205): a grant alone does not.
        if (access == Access.Write && !writable.Contains(connection.Name))
        {
            return Deny(DeniedBy.Policy, $"Connection {connection.Name} is read-only; set writes: open on it to allow writes");
        }

        var rights = RightsOn(type, grants);
        var granted = access == Access.Write ? rights.WritesAnything : rights.ReadsAnything;
        return granted
            ? new Permit(caller, connection, type, access, rights)
            : Deny(DeniedBy.Policy, $"No grant of \"{caller.Subject.Id}\" on {connection.Name} opens {Verb(access)} {type}");
    }

    private static FieldRights RightsOn(RecordType type, List<GrantOptions> grants)
    {
        var readable = grants.SelectMany(grant => grant.Read.GetValueOrDefault(type.Name) ?? []);
        var writable = new Dictionary<string, WriteLevel>(StringComparer.Ordinal);
        foreach (var (field, level) in grants.SelectMany(grant => grant.Write.GetValueOrDefault(type.Name) ?? new Dictionary<string, WriteLevel>()))
        {
            // Two grants that name the same field add up to the wider one, as rights of one person do.
            writable[field] = writable.TryGetValue(field, out var other) && other > level ? other : level;
        }

        return new FieldRights(readable, writable);
    }

    private static bool Narrow(ref List<GrantOptions> grants, Func<GrantOptions, bool> fits)
    {
        grants = [.. grants.Where(fits)];
        return grants.Count > 0;
    }

    private static string Verb(Access access) => access == Access.Write ? "writing" : "reading";

    private static Failure Deny(DeniedBy by, string message) => new(FailureKind.Denied, message + ".") { DeniedBy = by };
}
