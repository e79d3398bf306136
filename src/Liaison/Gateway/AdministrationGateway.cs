using Liaison.Audit;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Identity.Keys;
using Liaison.Model;
using Liaison.Policy;

namespace Liaison.Gateway;

/// <summary>The one way to the installation itself: keys, connections and the audit, judged by role and recorded as everything is.</summary>
/// <remarks>Safe for concurrent use.</remarks>
public sealed class AdministrationGateway(Gate gate, Members members, ConnectionRegistry connections, KeyRing keys, IAuditStore audit)
{
    private static readonly RecordType Key = new("key");

    /// <summary>What stands in the audit where a request is about the installation and no connection.</summary>
    internal static ConnectionName Installation { get; } = new("");

    /// <summary>Makes an API key; takes the role admin and the purpose of administration.</summary>
    /// <returns>The key with its text, which nothing shows a second time.</returns>
    public Task<Result<IssuedKey>> CreateKeyAsync(Caller caller, KeyRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(request);
        return gate.PassAsync(
            new GateRequest(caller, Installation, Key, "keys.create"),
            "make keys",
            [Role.Admin],
            () => ForAdministration(caller) is { } denied
                ? Task.FromResult<Result<IssuedKey>>(denied)
                : keys.CreateAsync(request, cancellationToken),
            cancellationToken,
            issued => new AuditClosing { Records = [issued.Key.Id], Summary = $"for {issued.Key.Subject.Id} by {issued.Key.Actor.Id}" });
    }

    /// <summary>Lists API keys, newest first: all of them for the role admin, and their own for everybody else.</summary>
    public Task<Result<IReadOnlyList<ApiKey>>> ListKeysAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var all = members.Require(caller, "list everybody's keys", Role.Admin).Failure is null && PolicyEngine.Reach(caller, Installation).Failure is null;
        return gate.RecordAsync(
            new GateRequest(caller, Installation, Key, "keys.list"),
            async () => Result<IReadOnlyList<ApiKey>>.Of(await keys.ListAsync(all ? null : caller.Subject.Id, cancellationToken)),
            cancellationToken);
    }

    /// <summary>Revokes an API key for good; takes the role admin where it is not the caller's own.</summary>
    public async Task<Result<ApiKey>> RevokeKeyAsync(Caller caller, string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(id);
        var owner = await keys.OwnerOfAsync(id, cancellationToken);

        // What is no key's id may be a key's whole text, pasted by mistake: that is not recorded.
        var request = new GateRequest(caller, Installation, Key, "keys.revoke") { Records = owner is null ? [] : [id] };

        // A key of somebody else and one that is not there are told alike: both take the role.
        return owner == caller.Subject
            ? await gate.RecordAsync(request, Revoke, cancellationToken)
            : await gate.PassAsync(request, "revoke keys of others", [Role.Admin], Revoke, cancellationToken);

        Task<Result<ApiKey>> Revoke() => keys.RevokeAsync(id, cancellationToken);
    }

    /// <summary>Lists the connections on which anything is opened to the caller.</summary>
    public Task<Result<IReadOnlyList<Connection>>> ListConnectionsAsync(Caller caller, CancellationToken cancellationToken = default) =>
        gate.RecordAsync(
            new GateRequest(caller, Installation, default, "connections.list"),
            () => Task.FromResult(Result<IReadOnlyList<Connection>>.Of(
                [.. connections.All.Where(connection => gate.Opens(caller, connection.Profile))])),
            cancellationToken);

    /// <summary>Reads the audit; takes the role auditor.</summary>
    public Task<Result<IReadOnlyList<AuditRow>>> ReadAuditAsync(
        Caller caller, AuditQuery query, CancellationToken cancellationToken = default) =>
        gate.PassAsync(
            new GateRequest(caller, Installation, default, "audit.read"),
            "read the audit",
            [Role.Auditor],
            async () => Result<IReadOnlyList<AuditRow>>.Of(await audit.ReadAsync(query, cancellationToken).ToListAsync(cancellationToken)),
            cancellationToken);

    /// <summary>Walks the chain of the audit, and holds it against its signatures where there are keys to trust; takes the role auditor.</summary>
    /// <param name="keys">The public keys to trust; <see langword="null"/> leaves the signatures out.</param>
    /// <param name="head">The newest checkpoint as it was noted outside the store; ignored without <paramref name="keys"/>.</param>
    public async Task<Result<AuditVerification>> VerifyAuditAsync(
        Caller caller, AuditPublicKeys? keys = null, AuditCheckpoint? head = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(caller);

        // Whoever verifies must not add to what is verified, least of all behind a tail that was cut: only a refusal is recorded.
        if (!members.Require(caller, "verify the audit", [Role.Auditor]).TryGet(out _, out var denied)
            || !PolicyEngine.Reach(caller, Installation).TryGet(out _, out denied))
        {
            return await gate.RecordAsync<AuditVerification>(
                new GateRequest(caller, Installation, default, "audit.verify"),
                () => Task.FromResult<Result<AuditVerification>>(denied),
                cancellationToken);
        }

        return keys is null
            ? await AuditVerification.WalkAsync(audit, cancellationToken)
            : await AuditVerification.VerifyAsync(audit, keys, head, cancellationToken);
    }

    /// <summary>Exports the audit; takes the role auditor.</summary>
    /// <param name="write">Writes the export, once it is allowed.</param>
    public Task<Result<AuditExported>> ExportAuditAsync(
        Caller caller, Func<Task<AuditExported>> write, CancellationToken cancellationToken = default) =>
        gate.PassAsync(
            new GateRequest(caller, Installation, default, "audit.export"),
            "export the audit",
            [Role.Auditor],
            async () => Result<AuditExported>.Of(await write()),
            cancellationToken,
            exported => new AuditClosing { Summary = FormattableString.Invariant($"entries {exported.First} to {exported.Last}") });

    // Whoever holds a key for everyday work must not make wider ones with it, even where its subject is an administrator.
    private static Failure? ForAdministration(Caller caller) => caller.Purpose == Purpose.Administration
        ? null
        : new Failure(FailureKind.Denied, $"Keys are made for the purpose {Purpose.Administration} and not for {caller.Purpose}; state that purpose with a key that may.")
        {
            DeniedBy = DeniedBy.Purpose,
        };
}
