using System.Globalization;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;

namespace Liaison.Testing.Connectors;

/// <summary>Answers from memory what a CRM would.</summary>
internal sealed class InMemorySession(
    InMemoryCrm crm, UserCredential credential, ConnectorCapabilities capabilities, JobDescriptor? jobs = null) : IConnectorSession
{
    private static readonly Failure NoSuchType = new(FailureKind.NotFound, "There is no such record type; check its name.");

    private static readonly Failure NoSuchPipeline = new(FailureKind.NotFound, "There is no such pipeline; check its id.");

    private static readonly Failure Gone = new(FailureKind.NotFound, "There is no such record.");

    private static readonly Failure NotDeclared = new(FailureKind.Unsupported, "The connector does not declare that it can do this.");

    public ISessionJobs? Jobs => jobs is null ? null : new InMemoryJobs(crm, this, jobs);

    public Task<Result<AccountIdentity>> IdentifyAsync(CancellationToken cancellationToken) => Call<AccountIdentity>(
        CrmOperation.Identify,
        () => new AccountIdentity("memory", "UTC", "in memory", credential.Reach, credential.Identity, null),
        cancellationToken);

    public Task<Result<RecordSchema>> DescribeAsync(RecordType type, CancellationToken cancellationToken) =>
        Call(CrmOperation.Describe, () => SchemaOf(type), cancellationToken);

    public Task<Result<IReadOnlyList<Pipeline>>> ReadPipelinesAsync(RecordType type, string? id, CancellationToken cancellationToken) => Call(
        CrmOperation.Describe,
        ConnectorCapabilities.Pipelines,
        () => SchemaOf(type).Then(schema =>
        {
            IReadOnlyList<Pipeline> all = type != RecordType.Deal ? []
                : schema.Find(FieldNames.Pipeline) is null ? [InMemorySchemas.DealPipelines[0] with { IsDefault = true }]
                : InMemorySchemas.DealPipelines;
            return id is null ? Result<IReadOnlyList<Pipeline>>.Of(all)
                : all.FirstOrDefault(pipeline => pipeline.Id == id) is { } found ? Result<IReadOnlyList<Pipeline>>.Of([found])
                : NoSuchPipeline;
        }),
        cancellationToken);

    public Task<Result<long>> CountAsync(RecordQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);

        return Call(
            CrmOperation.Query, ConnectorCapabilities.Query, () => Matching(query).Then<long>(found => found.Count), cancellationToken);
    }

    public Task<Result<RecordPage>> QueryAsync(RecordQuery query, string? cursor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);

        return Call(
            CrmOperation.Query,
            ConnectorCapabilities.Query,
            () => SchemaOf(query.Type).Then(schema => Page(schema, query, cursor)),
            cancellationToken);
    }

    public Task<Result<RecordBatch>> ReadAsync(
        RecordType type, IReadOnlyList<string> ids, IReadOnlyList<FieldDefinition> fields, CancellationToken cancellationToken)
    {
        Within(ids?.Count ?? 0, nameof(ids));

        return Call(
            CrmOperation.Read,
            () => SchemaOf(type).Then<RecordBatch>(schema => new RecordBatch(
                [.. ids!.Distinct().Select(id => crm.Find(type, id)).OfType<InMemoryRecord>().Select(record => record.ToNative(schema, fields))],
                [.. ids!.Distinct().Where(id => crm.Find(type, id) is null)])),
            cancellationToken);
    }

    public Task<Result<IReadOnlyList<Association>>> ReadAssociationsAsync(
        RecordType from, RecordType to, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        Within(ids?.Count ?? 0, nameof(ids));

        return Call(
            CrmOperation.ReadAssociations,
            ConnectorCapabilities.Associations,
            () => SchemaOf(from).Then(_ => SchemaOf(to)).Then(_ =>
                Result<IReadOnlyList<Association>>.Of([.. ids!.Distinct().SelectMany(id => crm.Links.Of(from, to, id))])),
            cancellationToken);
    }

    public Task<Result<IReadOnlyList<WriteOutcome>>> WriteAsync(
        RecordType type, IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken)
    {
        Within(writes?.Count ?? 0, nameof(writes));
        BatchArguments.ThrowIfLinked(writes!);

        return Call(
            CrmOperation.Write,
            writes!.Aggregate(ConnectorCapabilities.None, (needed, write) => needed | NeededFor(write)),
            () => SchemaOf(type).Then(schema => new InMemoryWriter(crm, schema).Write(writes!)),
            cancellationToken);
    }

    public Task<Result<RecordBatch>> FindAsync(
        RecordType type, FieldDefinition by, IReadOnlyList<string> values, IReadOnlyList<FieldDefinition> fields, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(by);
        Within(values?.Count ?? 0, nameof(values));

        return Call(
            CrmOperation.Read,
            ConnectorCapabilities.Upsert,
            () => SchemaOf(type).Then(schema => new InMemoryUpserter(crm, schema).Find(by, values!, fields)),
            cancellationToken);
    }

    public Task<Result<IReadOnlyList<WriteOutcome>>> UpsertAsync(
        RecordType type, FieldDefinition by, IReadOnlyList<RecordUpsert> upserts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(by);
        Within(upserts?.Count ?? 0, nameof(upserts));
        BatchArguments.ThrowIfKeyless(by.NativeName, upserts!);

        return Call(
            CrmOperation.Write,
            ConnectorCapabilities.Upsert,
            () => SchemaOf(type).Then(schema => new InMemoryUpserter(crm, schema).Write(by, upserts!)),
            cancellationToken);
    }

    public Task<Result<IReadOnlyList<WriteOutcome>>> LinkAsync(
        RecordType from, RecordType to, IReadOnlyList<LinkWrite> links, CancellationToken cancellationToken)
    {
        Within(links?.Count ?? 0, nameof(links));

        return Call(
            CrmOperation.WriteAssociations,
            ConnectorCapabilities.Link,
            () => SchemaOf(from).Then(_ => SchemaOf(to)).Then(_ =>
                Result<IReadOnlyList<WriteOutcome>>.Of([.. links!.Select(link => new InMemoryLinker(crm).Write(from, to, link))])),
            cancellationToken);
    }

    public Task<Result<IReadOnlyList<WriteOutcome>>> DeleteAsync(
        RecordType type, IReadOnlyList<RecordDelete> deletes, CancellationToken cancellationToken)
    {
        Within(deletes?.Count ?? 0, nameof(deletes));

        return Call(
            CrmOperation.Delete,
            ConnectorCapabilities.Delete,
            () => SchemaOf(type).Then(_ => Result<IReadOnlyList<WriteOutcome>>.Of(
                [.. deletes!.Select(delete => new WriteOutcome(delete.Key, delete.Id, crm.Delete(type, delete) ? null : Gone))])),
            cancellationToken);
    }

    public Task<Result<Done>> CreateFieldAsync(RecordType type, FieldDefinition field, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(field);

        return Call(
            CrmOperation.WriteSchema,
            ConnectorCapabilities.CreateField,
            () => SchemaOf(type).Then(schema => Create(schema, field)),
            cancellationToken);
    }

    public Task<Result<IReadOnlyList<CrmUser>>> ListUsersAsync(CancellationToken cancellationToken) => Call(
        CrmOperation.Describe, () => Result<IReadOnlyList<CrmUser>>.Of(crm.Users), cancellationToken);

    private static ConnectorCapabilities NeededFor(RecordWrite write) =>
        (write.Id is null ? ConnectorCapabilities.Create : ConnectorCapabilities.Update)
        | (write.Links.Count > 0 ? ConnectorCapabilities.Link : ConnectorCapabilities.None);

    private Result<Done> Create(RecordSchema schema, FieldDefinition field)
    {
        if (schema.ByNativeName.ContainsKey(field.NativeName))
        {
            return new Failure(FailureKind.Duplicate, "There is such a field already.") { Field = field.Name };
        }

        crm.AddField(schema.Type, field);
        return Done.Value;
    }

    private Task<Result<T>> Call<T>(CrmOperation operation, Func<Result<T>> run, CancellationToken cancellationToken) =>
        Call(operation, ConnectorCapabilities.None, run, cancellationToken);

    private Task<Result<T>> Call<T>(
        CrmOperation operation, ConnectorCapabilities needed, Func<Result<T>> run, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        return Task.FromResult((capabilities & needed) == needed ? crm.Call(operation, run) : NotDeclared);
    }

    internal Result<List<NativeRecord>> All(RecordQuery query) => SchemaOf(query.Type)
        .Then(schema => Matching(query).Then(found => Result<List<NativeRecord>>.Of([.. found.Select(record => record.ToNative(schema, query.Fields))])));

    private Result<RecordSchema> SchemaOf(RecordType type) => crm.SchemaOf(type) is { } schema ? schema : NoSuchType;

    private Result<List<InMemoryRecord>> Matching(RecordQuery query) => SchemaOf(query.Type).Then<List<InMemoryRecord>>(schema =>
    {
        var filter = new InMemoryFilter(schema);

        return filter.UnknownField(query.Filter) is { } unknown
            ? new Failure(FailureKind.Invalid, "The filter names a field that the type lacks.") { Field = unknown }
            : crm.AllOf(query.Type).Where(record => filter.Passes(record, query.Filter)).ToList();
    });

    // The cursor holds the sort value and id of the last record given, so the next page begins behind it whatever left meanwhile.
    private Result<RecordPage> Page(RecordSchema schema, RecordQuery query, string? cursor) => Matching(query).Then<RecordPage>(matching =>
    {
        var sort = query.Sort is { } order ? schema.Find(order.Field) : null;
        if (query.Sort is not null && sort is null)
        {
            return new Failure(FailureKind.Invalid, "The type has no such field to sort by.") { Field = query.Sort.Field };
        }

        var direction = query.Sort?.Descending == true ? -1 : 1;
        (string? Value, long Number) Place(InMemoryRecord record) => (sort is null ? null : record.ValueOf(sort), record.Number);
        int Compare((string? Value, long Number) left, (string? Value, long Number) right) => (left.Value, right.Value) switch
        {
            (null, null) => left.Number.CompareTo(right.Number),
            (null, _) => 1,
            (_, null) => -1,
            var (one, other) => InMemoryFilter.Order(one, other) * direction is var by and not 0 ? by : left.Number.CompareTo(right.Number),
        };

        var places = matching.ToList();
        places.Sort((left, right) => Compare(Place(left), Place(right)));
        if (cursor is not null)
        {
            var parts = cursor.Split('|', 2);
            if (parts.Length != 2 || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return new Failure(FailureKind.Invalid, "The cursor is not one of this query; begin again without a cursor.");
            }

            var last = (parts[1].Length == 0 ? null : parts[1], number);
            places.RemoveAll(record => Compare(Place(record), last) <= 0);
        }

        var size = Math.Clamp(query.PageSize ?? InMemoryConnector.BatchSize, 1, InMemoryConnector.BatchSize);
        var page = places.Take(size).ToList();
        var next = places.Count > size ? $"{page[^1].Number}|{Place(page[^1]).Value}" : null;
        return new RecordPage([.. page.Select(record => record.ToNative(schema, query.Fields))], next, matching.Count)
        {
            Links = jobs is not null && query.Linked is { } linked ? crm.LinksOfAll(query.Type, linked, page.Select(record => record.Id)) : null,
        };
    });

    private static void Within(int count, string parameter)
    {
        if (count > InMemoryConnector.BatchSize)
        {
            throw new ArgumentException("The batch is larger than the descriptor allows.", parameter);
        }
    }
}
