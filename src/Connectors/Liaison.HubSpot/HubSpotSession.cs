using Liaison.Connectors;
using Liaison.Failures;
using Liaison.HubSpot.Declaration;
using Liaison.HubSpot.Records;
using Liaison.HubSpot.Schema;
using Liaison.HubSpot.Search;
using Liaison.HubSpot.Wire;
using Liaison.Identity;
using Liaison.Model;

namespace Liaison.HubSpot;

/// <summary>What can be asked of HubSpot with one credential; each question has its own class.</summary>
internal sealed class HubSpotSession : IConnectorSession
{
    private static readonly Failure NoSuchType = new(
        FailureKind.NotFound, "HubSpot has no such record type; check its name.");

    private readonly AccountReader accounts;
    private readonly SchemaReader schemas;
    private readonly PipelineReader pipelines;
    private readonly FieldCreator fieldCreator;
    private readonly OwnerReader owners;
    private readonly SearchReader searches;
    private readonly BatchReader records;
    private readonly AssociationReader associations;
    private readonly BatchWriter writer;
    private readonly LinkWriter linkWriter;
    private readonly RecordArchiver archiver;

    internal HubSpotSession(HubSpotApi api, CredentialReach reach, bool isStatic, AccountShelf shelf, AccountShelf.Key key)
    {
        accounts = new(api, reach, isStatic, shelf, key);
        schemas = new(api, accounts);
        pipelines = new(api, reach);
        fieldCreator = new(api);
        owners = new(api);
        searches = new(api);
        records = new(api);
        associations = new(api, reach);
        var types = new AssociationTypeReader(api);
        linkWriter = new(api, reach, types);
        writer = new(api, new BirthLinks(reach, types, linkWriter));
        archiver = new(api, records);
    }

    public Task<Result<AccountIdentity>> IdentifyAsync(CancellationToken cancellationToken) => accounts.IdentifyAsync(cancellationToken);

    public Task<Result<RecordSchema>> DescribeAsync(RecordType type, CancellationToken cancellationToken) =>
        IsType(type) ? schemas.DescribeAsync(type, cancellationToken) : Refused<RecordSchema>();

    public Task<Result<IReadOnlyList<Pipeline>>> ReadPipelinesAsync(RecordType type, string? id, CancellationToken cancellationToken) =>
        IsType(type) ? pipelines.ReadAsync(type, id, cancellationToken) : Refused<IReadOnlyList<Pipeline>>();

    public Task<Result<long>> CountAsync(RecordQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);

        return IsType(query.Type) ? searches.CountAsync(query, cancellationToken) : Refused<long>();
    }

    public Task<Result<RecordPage>> QueryAsync(RecordQuery query, string? cursor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);

        return IsType(query.Type) ? searches.QueryAsync(query, cursor, cancellationToken) : Refused<RecordPage>();
    }

    public Task<Result<RecordBatch>> ReadAsync(
        RecordType type, IReadOnlyList<string> ids, IReadOnlyList<FieldDefinition> fields, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentNullException.ThrowIfNull(fields);
        Within(CrmOperation.Read, ids.Count, nameof(ids));

        return IsType(type) ? records.ReadAsync(type, ids, fields, cancellationToken) : Refused<RecordBatch>();
    }

    public Task<Result<IReadOnlyList<Association>>> ReadAssociationsAsync(
        RecordType from, RecordType to, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        Within(CrmOperation.ReadAssociations, ids.Count, nameof(ids));

        return IsType(from) && IsType(to)
            ? associations.ReadAsync(from, to, ids, cancellationToken)
            : Refused<IReadOnlyList<Association>>();
    }

    public Task<Result<IReadOnlyList<WriteOutcome>>> WriteAsync(
        RecordType type, IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(writes);
        Within(CrmOperation.Write, writes.Count, nameof(writes));
        BatchArguments.ThrowIfLinked(writes);

        return IsType(type) ? writer.WriteAsync(type, writes, cancellationToken) : Refused<IReadOnlyList<WriteOutcome>>();
    }

    public Task<Result<RecordBatch>> FindAsync(
        RecordType type, FieldDefinition by, IReadOnlyList<string> values, IReadOnlyList<FieldDefinition> fields, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(fields);
        Within(CrmOperation.Read, values.Count, nameof(values));

        return IsType(type) ? records.FindAsync(type, by, values, fields, cancellationToken) : Refused<RecordBatch>();
    }

    public Task<Result<IReadOnlyList<WriteOutcome>>> UpsertAsync(
        RecordType type, FieldDefinition by, IReadOnlyList<RecordUpsert> upserts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(upserts);
        Within(CrmOperation.Write, upserts.Count, nameof(upserts));
        BatchArguments.ThrowIfKeyless(by.NativeName, upserts);

        return IsType(type) ? writer.UpsertAsync(type, by, upserts, cancellationToken) : Refused<IReadOnlyList<WriteOutcome>>();
    }

    public Task<Result<IReadOnlyList<WriteOutcome>>> LinkAsync(
        RecordType from, RecordType to, IReadOnlyList<LinkWrite> links, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(links);
        Within(CrmOperation.WriteAssociations, links.Count, nameof(links));

        return IsType(from) && IsType(to) ? linkWriter.WriteAsync(from, to, links, cancellationToken) : Refused<IReadOnlyList<WriteOutcome>>();
    }

    public Task<Result<IReadOnlyList<WriteOutcome>>> DeleteAsync(
        RecordType type, IReadOnlyList<RecordDelete> deletes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(deletes);
        Within(CrmOperation.Delete, deletes.Count, nameof(deletes));

        return IsType(type) ? archiver.DeleteAsync(type, deletes, cancellationToken) : Refused<IReadOnlyList<WriteOutcome>>();
    }

    public Task<Result<Done>> CreateFieldAsync(RecordType type, FieldDefinition field, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(field);

        return IsType(type) ? fieldCreator.CreateAsync(type, field, cancellationToken) : Refused<Done>();
    }

    public Task<Result<IReadOnlyList<CrmUser>>> ListUsersAsync(CancellationToken cancellationToken) => owners.ListAsync(cancellationToken);

    private static bool IsType(RecordType type) => HubSpotPaths.IsSegment(HubSpotRecordTypes.Of(type).NativeName);

    private static Task<Result<T>> Refused<T>() => Task.FromResult<Result<T>>(NoSuchType);

    private static void Within(CrmOperation operation, int count, string parameter) =>
        BatchArguments.ThrowIfTooMany(HubSpotLimits.Operations, operation, count, parameter);
}
