using System.Globalization;
using Liaison.Audit;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Reading;
using Liaison.Schema;
using Liaison.Work;
using Liaison.Writeback;
using Microsoft.Extensions.Logging;

namespace Liaison.Gateway;

/// <summary>The one way in: every request is recorded, judged, carried out, and its outcome recorded.</summary>
/// <remarks>Safe for concurrent use. Entry points and pipelines call this and have no other way to a CRM.</remarks>
public sealed partial class LiaisonGateway(
    ConnectionRegistry connections,
    PolicyEngine policy,
    AuditTrail audit,
    IdSource ids,
    DescribeType describe,
    QueryRecords query,
    ReadRecords read,
    SubmitChanges submit,
    ProvisionFields provision,
    IdentifyAccount identify,
    ILogger<LiaisonGateway> logger)
{
    /// <summary>Tells which fields a record type has for this caller.</summary>
    public Task<Result<RecordSchema>> DescribeAsync(
        Caller caller, ConnectionName connection, RecordType type, CancellationToken cancellationToken = default) =>
        PassAsync(
            new Request(caller, connection, type, Access.Describe, "schema.describe"),
            permit => describe.ExecuteAsync(permit, cancellationToken),
            concerns: null,
            cancellationToken);

    /// <summary>Reads one page of the records that fit a filter.</summary>
    public Task<Result<QueryPage>> QueryAsync(Caller caller, QueryRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PassAsync(
            new Request(caller, request.Connection, request.Type, Access.Read, "records.query") { Fields = request.Fields },
            permit => query.ExecuteAsync(permit, request, cancellationToken),
            page => [.. page.Records.Select(record => record.Ref.Id)],
            cancellationToken);
    }

    /// <summary>Counts the records that fit a filter.</summary>
    public Task<Result<long>> CountAsync(Caller caller, QueryRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PassAsync(
            new Request(caller, request.Connection, request.Type, Access.Read, "records.count") { Fields = request.Fields },
            permit => query.CountAsync(permit, request, cancellationToken),
            concerns: null,
            cancellationToken);
    }

    /// <summary>Reads records by id.</summary>
    public Task<Result<ReadAnswer>> ReadAsync(Caller caller, ReadRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PassAsync(
            new Request(caller, request.Connection, request.Type, Access.Read, "records.read")
            {
                Records = request.Ids,
                Fields = request.Fields,
            },
            permit => read.ExecuteAsync(permit, request, cancellationToken),
            concerns: null,
            cancellationToken);
    }

    /// <summary>Reads the links from records of one type to records of another; both types must be readable.</summary>
    public async Task<Result<IReadOnlyList<Association>>> AssociatedAsync(
        Caller caller, AssociationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return await PassAsync(
            new Request(caller, request.Connection, request.From, Access.Read, "associations.read") { Records = request.Ids },
            async permit => policy.Judge(caller, permit.Connection, request.To, Access.Read).TryGet(out _, out var denied)
                ? await read.AssociatedAsync(permit, request, cancellationToken)
                : denied,
            concerns: null,
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
        return PassAsync(
            new Request(caller, connection, type, Access.Write, "changes.submit")
            {
                Records = [.. changes.Select(change => change.Change.Action.Target.Id)],
                Fields = [.. FieldsOf(changes)],
            },
            permit => submit.ExecuteAsync(permit, changes, cancellationToken),
            concerns: null,
            cancellationToken,
            Summarize);
    }

    /// <summary>Plans the fields that AI writes, or with <paramref name="apply"/> creates the missing ones.</summary>
    public Task<Result<IReadOnlyList<ProvisionStep>>> ProvisionAsync(
        Caller caller,
        ConnectionName connection,
        RecordType type,
        IReadOnlyList<OptionDefinition> playbooks,
        bool apply,
        CancellationToken cancellationToken = default) =>
        PassAsync(
            new Request(caller, connection, type, Access.Administer, apply ? "fields.apply" : "fields.plan"),
            permit => provision.ExecuteAsync(permit, playbooks, apply, cancellationToken),
            concerns: null,
            cancellationToken);

    /// <summary>Asks the CRM who the connection's credential is and which scopes it lacks.</summary>
    public Task<Result<ConnectionHealth>> IdentifyAsync(
        Caller caller, ConnectionName connection, CancellationToken cancellationToken = default) =>
        PassAsync(
            new Request(caller, connection, default, Access.Administer, "connection.test"),
            permit => identify.ExecuteAsync(permit, cancellationToken),
            concerns: null,
            cancellationToken);

    private async Task<Result<T>> PassAsync<T>(
        Request request,
        Func<Permit, Task<Result<T>>> carryOut,
        Func<T, IReadOnlyList<string>>? concerns,
        CancellationToken cancellationToken,
        Func<T, string>? summarize = null)
    {
        // A request for a connection that is not there is one that somebody made: it is recorded, as the careful environment.
        var found = connections.Find(request.Connection);
        var environment = found.TryGet(out var configured, out _) ? configured.Profile.Environment : CrmEnvironment.Production;

        // Opened before anything is judged or asked: if we die in between, the trace without an outcome tells of it.
        var trace = await audit.OpenAsync(
            new AuditTrace(
                ids.Next("trc"), request.Caller, request.Connection, environment, request.Action, request.Type, request.Records, request.Fields),
            cancellationToken);

        var judged = found.Then(connection => policy.Judge(request.Caller, connection.Profile, request.Type, request.Access));
        var result = judged.TryGet(out var permit, out var failure) ? await carryOut(permit) : failure;

        // No token: the CRM may have taken a write already, so its outcome must not be cancelled away.
        var gave = result.TryGet(out var value, out _);
        var records = gave && concerns is not null ? concerns(value!) : null;
        var summary = gave && summarize is not null ? summarize(value!) : null;
        await audit.CloseAsync(trace, result.Failure, records, summary, CancellationToken.None);

        if (result.Failure is { } refused)
        {
            LogRefused(logger, request.Action, request.Connection.Value, request.Type.Name, refused.Kind, trace.Id);
        }

        return result;
    }

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

    [LoggerMessage(1001, LogLevel.Information, "{Action} on {Connection} {RecordType} refused: {Kind} (trace {TraceId})")]
    private static partial void LogRefused(
        ILogger logger, string action, string connection, string recordType, FailureKind kind, string traceId);

    private sealed record Request(
        Caller Caller, ConnectionName Connection, RecordType Type, Access Access, string Action)
    {
        public IReadOnlyList<string> Records { get; init; } = [];

        public IReadOnlyList<string> Fields { get; init; } = [];
    }
}
