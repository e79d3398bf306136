using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Salesforce.Bulk;
using Liaison.Salesforce.Declaration;
using Liaison.Salesforce.Records;
using Liaison.Salesforce.Schema;
using Liaison.Salesforce.Soql;
using Liaison.Salesforce.Wire;

namespace Liaison.Salesforce;

/// <summary>What can be asked of Salesforce with one credential; each question has its own class.</summary>
internal sealed class SalesforceSession : IConnectorSession
{
    private static readonly Failure FieldsAreDeployed = new(
        FailureKind.Unsupported, "Fields of Salesforce are deployed by an administrator; liaison fields plan with --package writes what to deploy.");

    private readonly AccountReader accounts;
    private readonly SchemaReader schemas;
    private readonly StageReader stages;
    private readonly UserReader users;
    private readonly QueryReader queries;
    private readonly RecordReader records;
    private readonly LinkReader links;
    private readonly RecordWriter writer;
    private readonly LinkWriter linkWriter;
    private readonly RecordDeleter deleter;
    private readonly RecordUpserter upserter;
    private readonly RecordFinder finder;
    private readonly LimitReader limits;

    internal SalesforceSession(SalesforceApi api, CredentialReach reach, Uri host)
    {
        var rows = new RowSource(api);
        var collections = new CollectionSender(api);
        accounts = new(api, reach);
        schemas = new(api);
        stages = new(rows);
        users = new(rows);
        queries = new(rows, schemas, host);
        records = new(api, rows, schemas, host);
        links = new(api, rows, schemas);
        var roles = new RoleLinks(collections, links, schemas);
        linkWriter = new(new FieldLinks(collections, links), roles);
        writer = new(collections, new ConditionalUpdate(api), new BirthLinks(linkWriter, roles));
        deleter = new(rows, collections);
        upserter = new(api, collections);
        finder = new(rows, schemas, host);
        limits = new(api);
        Jobs = new SalesforceJobs(api, host);
    }

    public ISessionJobs Jobs { get; }

    public Task<Result<IReadOnlyList<LimitStanding>>> ReadLimitsAsync(CancellationToken cancellationToken) => limits.ReadAsync(cancellationToken);

    public Task<Result<AccountIdentity>> IdentifyAsync(CancellationToken cancellationToken) => accounts.IdentifyAsync(cancellationToken);

    public Task<Result<RecordSchema>> DescribeAsync(RecordType type, CancellationToken cancellationToken) =>
        OfTypeAsync(type, target => schemas.DescribeAsync(target, cancellationToken));

    public Task<Result<IReadOnlyList<Pipeline>>> ReadPipelinesAsync(RecordType type, string? id, CancellationToken cancellationToken) =>
        OfTypeAsync(type, target => stages.ReadAsync(target, id, cancellationToken));

    public Task<Result<long>> CountAsync(RecordQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);

        return OfTypeAsync(query.Type, target => queries.CountAsync(target, query, cancellationToken));
    }

    public Task<Result<RecordPage>> QueryAsync(RecordQuery query, string? cursor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);

        return OfTypeAsync(query.Type, target => queries.QueryAsync(target, query, cursor, cancellationToken));
    }

    public Task<Result<RecordBatch>> ReadAsync(
        RecordType type, IReadOnlyList<string> ids, IReadOnlyList<FieldDefinition> fields, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentNullException.ThrowIfNull(fields);
        Within(CrmOperation.Read, ids.Count, nameof(ids));

        return OfTypeAsync(type, target => records.ReadAsync(target, ids, fields, cancellationToken));
    }

    public Task<Result<IReadOnlyList<Association>>> ReadAssociationsAsync(
        RecordType from, RecordType to, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        Within(CrmOperation.ReadAssociations, ids.Count, nameof(ids));

        return OfTypeAsync(from, target => OfTypeAsync(to, other => links.ReadAsync(target, other, ids, cancellationToken)));
    }

    public Task<Result<IReadOnlyList<WriteOutcome>>> WriteAsync(
        RecordType type, IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(writes);
        Within(CrmOperation.Write, writes.Count, nameof(writes));
        BatchArguments.ThrowIfLinked(writes);

        return OfTypeAsync(type, target => writer.WriteAsync(target, writes, cancellationToken));
    }

    public Task<Result<RecordBatch>> FindAsync(
        RecordType type, FieldDefinition by, IReadOnlyList<string> values, IReadOnlyList<FieldDefinition> fields, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(fields);
        Within(CrmOperation.Read, values.Count, nameof(values));

        return OfTypeAsync(type, target => finder.FindAsync(target, by, values, fields, cancellationToken));
    }

    public Task<Result<IReadOnlyList<WriteOutcome>>> UpsertAsync(
        RecordType type, FieldDefinition by, IReadOnlyList<RecordUpsert> upserts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(upserts);
        Within(CrmOperation.Write, upserts.Count, nameof(upserts));
        BatchArguments.ThrowIfKeyless(by.NativeName, upserts);

        return OfTypeAsync(type, target => upserter.UpsertAsync(target, by, upserts, cancellationToken));
    }

    public Task<Result<IReadOnlyList<WriteOutcome>>> LinkAsync(
        RecordType from, RecordType to, IReadOnlyList<LinkWrite> links, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(links);
        Within(CrmOperation.WriteAssociations, links.Count, nameof(links));

        return OfTypeAsync(from, target => OfTypeAsync(to, other => linkWriter.WriteAsync(target, other, links, cancellationToken)));
    }

    public Task<Result<IReadOnlyList<WriteOutcome>>> DeleteAsync(
        RecordType type, IReadOnlyList<RecordDelete> deletes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(deletes);
        Within(CrmOperation.Delete, deletes.Count, nameof(deletes));

        return OfTypeAsync(type, target => deleter.DeleteAsync(target, deletes, cancellationToken));
    }

    public Task<Result<Done>> CreateFieldAsync(RecordType type, FieldDefinition field, CancellationToken cancellationToken) =>
        Task.FromResult<Result<Done>>(FieldsAreDeployed);

    public Task<Result<IReadOnlyList<CrmUser>>> ListUsersAsync(CancellationToken cancellationToken) => users.ListAsync(cancellationToken);

    private static async Task<Result<T>> OfTypeAsync<T>(RecordType type, Func<SalesforceObject, Task<Result<T>>> ask) =>
        SalesforceObject.Of(type).TryGet(out var target, out var unknown) ? await ask(target) : unknown;

    private static void Within(CrmOperation operation, int count, string parameter) =>
        BatchArguments.ThrowIfTooMany(SalesforceLimits.Operations, operation, count, parameter);
}
