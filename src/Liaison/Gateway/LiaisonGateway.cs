using System.Globalization;
using Liaison.Audit;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Reading;
using Liaison.Schema;
using Liaison.Writeback;

namespace Liaison.Gateway;

/// <summary>The one way to a CRM: every request passes the gate, where it is recorded and judged, and its outcome recorded.</summary>
/// <remarks>Safe for concurrent use. Entry points and pipelines call this and have no other way to a CRM.</remarks>
public sealed class LiaisonGateway(
    Gate gate,
    DescribeType describe,
    QueryRecords query,
    ReadRecords read,
    SubmitChanges submit,
    ProvisionFields provision,
    IdentifyAccount identify,
    ReadLimits limits,
    CompareVersions versions)
{
    /// <summary>Tells which fields a record type has for this caller.</summary>
    public Task<Result<RecordSchema>> DescribeAsync(
        Caller caller, ConnectionName connection, RecordType type, CancellationToken cancellationToken = default) =>
        gate.PassAsync(
            new GateRequest(caller, connection, type, "schema.describe"),
            Access.Describe,
            permit => describe.ExecuteAsync(permit, cancellationToken),
            cancellationToken);

    /// <summary>Tells the pipelines of a record type with their stages in order; none for a caller to whom the stage is not open.</summary>
    /// <param name="pipeline">The one that is wanted, by its id; <see langword="null"/> for all, which HubSpot keeps from users' own tokens.</param>
    public Task<Result<IReadOnlyList<Pipeline>>> PipelinesAsync(
        Caller caller, ConnectionName connection, RecordType type, string? pipeline, CancellationToken cancellationToken = default) =>
        gate.PassAsync(
            new GateRequest(caller, connection, type, "schema.pipelines"),
            Access.Describe,
            permit => describe.PipelinesAsync(permit, pipeline, cancellationToken),
            cancellationToken);

    /// <summary>Reads one page of the records that fit a filter.</summary>
    public Task<Result<QueryPage>> QueryAsync(Caller caller, QueryRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return gate.PassAsync(
            new GateRequest(caller, request.Connection, request.Type, "records.query") { Fields = request.Fields },
            Access.Read,
            async permit => request.Linked is not { } linked || gate.Judge(caller, request.Connection, linked, Access.Read).TryGet(out _, out var denied)
                ? await query.ExecuteAsync(permit, request, gate.ReadingOf(caller, request.Connection), cancellationToken)
                : denied,
            cancellationToken,
            page => new AuditClosing { Records = [.. page.Records.Select(record => record.Ref.Id)] });
    }

    /// <summary>Counts the records that fit a filter.</summary>
    public Task<Result<long>> CountAsync(Caller caller, QueryRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return gate.PassAsync(
            new GateRequest(caller, request.Connection, request.Type, "records.count") { Fields = request.Fields },
            Access.Read,
            permit => query.CountAsync(permit, request, gate.ReadingOf(caller, request.Connection), cancellationToken),
            cancellationToken);
    }

    /// <summary>Reads records by id.</summary>
    public Task<Result<ReadAnswer>> ReadAsync(Caller caller, ReadRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return gate.PassAsync(
            new GateRequest(caller, request.Connection, request.Type, "records.read") { Records = request.Ids, Fields = request.Fields },
            Access.Read,
            permit => read.ExecuteAsync(permit, request, gate.ReadingOf(caller, request.Connection), cancellationToken),
            cancellationToken);
    }

    /// <summary>Reads the links from records of one type to records of another; both types must be readable.</summary>
    public Task<Result<IReadOnlyList<Association>>> AssociatedAsync(
        Caller caller, AssociationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return gate.PassAsync(
            new GateRequest(caller, request.Connection, request.From, "associations.read") { Records = request.Ids },
            Access.Read,
            async permit => gate.Judge(caller, request.Connection, request.To, Access.Read).TryGet(out _, out var denied)
                ? await read.AssociatedAsync(permit, request, cancellationToken)
                : denied,
            cancellationToken);
    }

    /// <summary>Submits changes to records of one type: those that need no person are applied, the rest wait for one.</summary>
    /// <returns>One outcome a change, in the order given; a failure where none could be judged.</returns>
    public Task<Result<IReadOnlyList<ChangeOutcome>>> SubmitAsync(
        Caller caller,
        ConnectionName connection,
        RecordType type,
        IReadOnlyList<ProposedChange> changes,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(changes);
        return SubmitAsync(
            caller, connection, type, [.. changes.Select(change => change.Change.Action.Target.Id)], [.. FieldsOf(changes)], changes, cancellationToken);
    }

    /// <summary>Submits changes that are made as they are taken, so that many of them never lie beside each other.</summary>
    /// <param name="records">The records that they are about.</param>
    /// <param name="fields">The fields that they may name.</param>
    internal Task<Result<IReadOnlyList<ChangeOutcome>>> SubmitAsync(
        Caller caller,
        ConnectionName connection,
        RecordType type,
        IReadOnlyList<string> records,
        IReadOnlyList<string> fields,
        IEnumerable<ProposedChange> changes,
        CancellationToken cancellationToken) =>
        gate.PassAsync(
            new GateRequest(caller, connection, type, "changes.submit") { Records = records, Fields = fields },
            Access.Write,
            permit => submit.ExecuteAsync(permit, changes, cancellationToken),
            cancellationToken,
            outcomes => new AuditClosing { Summary = Summarize(outcomes), Values = [.. outcomes.SelectMany(ChangedValues.Of)] });

    /// <summary>Plans the fields that AI writes, or with <paramref name="apply"/> creates the missing ones.</summary>
    public Task<Result<IReadOnlyList<ProvisionStep>>> ProvisionAsync(
        Caller caller,
        ConnectionName connection,
        RecordType type,
        IReadOnlyList<OptionDefinition> playbooks,
        bool apply,
        CancellationToken cancellationToken = default) =>
        gate.PassAsync(
            new GateRequest(caller, connection, type, apply ? "fields.apply" : "fields.plan"),
            Access.Administer,
            permit => provision.ExecuteAsync(permit, playbooks, apply, cancellationToken),
            cancellationToken);

    /// <summary>Asks the CRM who the connection's credential is and which scopes it lacks.</summary>
    public Task<Result<ConnectionHealth>> IdentifyAsync(
        Caller caller, ConnectionName connection, CancellationToken cancellationToken = default) =>
        gate.PassAsync(
            new GateRequest(caller, connection, default, "connection.test"),
            Access.Administer,
            permit => identify.ExecuteAsync(permit, cancellationToken),
            cancellationToken);

    /// <summary>Asks the CRM the same at the pinned API version and another, and tells what differs; nothing is written.</summary>
    public Task<Result<IReadOnlyList<TypeComparison>>> CompareVersionsAsync(
        Caller caller, ConnectionName connection, string version, CancellationToken cancellationToken = default) =>
        gate.PassAsync(
            new GateRequest(caller, connection, default, "connection.check-version"),
            Access.Administer,
            permit => versions.ExecuteAsync(permit, version, cancellationToken),
            cancellationToken);

    /// <summary>Asks the CRM which scopes the caller's own credential has now; takes no more than the right to read contacts.</summary>
    /// <param name="ahead">The work on records that the scopes must suffice for; none only asks.</param>
    /// <returns>The scopes, none where the CRM tells none; <see cref="FailureKind.Forbidden"/> naming those that the work lacks.</returns>
    public Task<Result<IReadOnlyList<string>>> ScopesAsync(
        Caller caller, ConnectionName connection, IReadOnlyList<RecordUse> ahead, CancellationToken cancellationToken = default) =>
        gate.PassAsync(
            new GateRequest(caller, connection, RecordType.Contact, "connection.scopes"),
            Access.Describe,
            permit => identify.ScopesAsync(permit, ahead, cancellationToken),
            cancellationToken);

    /// <summary>Asks the CRM what is left of its limits, where it has such a question; takes no more than the right to read contacts.</summary>
    public Task<Result<Done>> ReadLimitsAsync(Caller caller, ConnectionName connection, CancellationToken cancellationToken = default) =>
        gate.PassAsync(
            new GateRequest(caller, connection, RecordType.Contact, "connection.limits"),
            Access.Describe,
            permit => limits.ExecuteAsync(permit, cancellationToken),
            cancellationToken);

    /// <summary>Records that somebody lets a run begin that the day's allowance does not hold.</summary>
    internal Task<Result<Done>> BeginOverBudgetAsync(
        Caller caller, ConnectionName connection, string runId, string reason, CancellationToken cancellationToken) =>
        gate.RecordAsync<Done>(
            new GateRequest(caller, connection, new RecordType("run"), "runs.over-budget") { Records = [runId], Reason = reason },
            () => Task.FromResult<Result<Done>>(Done.Value),
            cancellationToken);

    // A submit succeeds as a whole where its changes could be judged: without the counts a denied change would pass for an ok.
    private static string Summarize(IReadOnlyList<ChangeOutcome> outcomes) => outcomes.Count == 0
        ? "no changes"
        : string.Join(", ", outcomes
            .OrderBy(outcome => outcome.Failure is not null)
            .CountBy(outcome => outcome.Unchanged ? "Unchanged" : outcome.Failure?.Kind.ToString() ?? outcome.Receipt!.State.ToString())
            .Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Value} {count.Key}")));

    private static IEnumerable<string> FieldsOf(IReadOnlyList<ProposedChange> changes) => changes
        .Select(change => change.Change.Action)
        .OfType<ChangeAction.UpdateFields>()
        .SelectMany(update => update.Fields)
        .Select(field => field.Field)
        .Distinct(StringComparer.Ordinal);
}
