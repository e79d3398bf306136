using System.Collections.Frozen;
using System.Diagnostics;
using Liaison.Failures;
using Liaison.Model;

namespace Liaison.Connectors;

/// <summary>A session whose canonical fields stand where the account keeps them, and not where the connector would look.</summary>
/// <remarks>
/// Every organisation has fields of its own for what a CRM lacks, or keeps apart what the CRM has one field for. A field that gives its
/// canonical name up goes by its own. Filters and orders are handed on by the CRM's names, so that the connector need not know of it.
/// </remarks>
/// <param name="names">Native field names by record type and canonical name.</param>
internal sealed class NamedFields(IConnectorSession session, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> names) : IConnectorSession
{
    private static readonly FrozenDictionary<string, string> None = FrozenDictionary<string, string>.Empty;

    public ISessionJobs? Jobs => session.Jobs is { } jobs ? new NamedJobs(jobs, Native) : null;

    public Task<Result<IReadOnlyList<LimitStanding>>> ReadLimitsAsync(CancellationToken cancellationToken) => session.ReadLimitsAsync(cancellationToken);

    public Task<Result<AccountIdentity>> IdentifyAsync(CancellationToken cancellationToken) => session.IdentifyAsync(cancellationToken);

    public async Task<Result<RecordSchema>> DescribeAsync(RecordType type, CancellationToken cancellationToken) =>
        (await session.DescribeAsync(type, cancellationToken)).Then<RecordSchema>(schema => Named(schema, NamesOf(type)));

    public Task<Result<IReadOnlyList<Pipeline>>> ReadPipelinesAsync(RecordType type, string? id, CancellationToken cancellationToken) =>
        session.ReadPipelinesAsync(type, id, cancellationToken);

    public Task<Result<long>> CountAsync(RecordQuery query, CancellationToken cancellationToken) =>
        session.CountAsync(Native(query), cancellationToken);

    public Task<Result<RecordPage>> QueryAsync(RecordQuery query, string? cursor, CancellationToken cancellationToken) =>
        session.QueryAsync(Native(query), cursor, cancellationToken);

    public Task<Result<RecordBatch>> ReadAsync(
        RecordType type, IReadOnlyList<string> ids, IReadOnlyList<FieldDefinition> fields, CancellationToken cancellationToken) =>
        session.ReadAsync(type, ids, fields, cancellationToken);

    public Task<Result<IReadOnlyList<Association>>> ReadAssociationsAsync(
        RecordType from, RecordType to, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        session.ReadAssociationsAsync(from, to, ids, cancellationToken);

    public Task<Result<IReadOnlyList<WriteOutcome>>> WriteAsync(
        RecordType type, IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken) =>
        session.WriteAsync(type, writes, cancellationToken);

    public Task<Result<RecordBatch>> FindAsync(
        RecordType type, FieldDefinition by, IReadOnlyList<string> values, IReadOnlyList<FieldDefinition> fields, CancellationToken cancellationToken) =>
        session.FindAsync(type, by, values, fields, cancellationToken);

    public Task<Result<IReadOnlyList<WriteOutcome>>> UpsertAsync(
        RecordType type, FieldDefinition by, IReadOnlyList<RecordUpsert> upserts, CancellationToken cancellationToken) =>
        session.UpsertAsync(type, by, upserts, cancellationToken);

    public Task<Result<IReadOnlyList<WriteOutcome>>> LinkAsync(
        RecordType from, RecordType to, IReadOnlyList<LinkWrite> links, CancellationToken cancellationToken) =>
        session.LinkAsync(from, to, links, cancellationToken);

    public Task<Result<IReadOnlyList<WriteOutcome>>> DeleteAsync(
        RecordType type, IReadOnlyList<RecordDelete> deletes, CancellationToken cancellationToken) =>
        session.DeleteAsync(type, deletes, cancellationToken);

    public Task<Result<Done>> CreateFieldAsync(RecordType type, FieldDefinition field, CancellationToken cancellationToken) =>
        session.CreateFieldAsync(type, field, cancellationToken);

    public Task<Result<IReadOnlyList<CrmUser>>> ListUsersAsync(CancellationToken cancellationToken) => session.ListUsersAsync(cancellationToken);

    /// <summary>Gives a schema's fields the names that the account's administrator chose; a field that is not there changes nothing.</summary>
    internal static RecordSchema Named(RecordSchema schema, IReadOnlyDictionary<string, string> names)
    {
        var chosen = names.Where(pair => schema.ByNativeName.ContainsKey(pair.Value)).ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
        if (chosen.Count == 0)
        {
            return schema;
        }

        var given = chosen.Values.ToHashSet(StringComparer.Ordinal);
        return schema with
        {
            Fields = schema.Fields.Values
                .Select(field => chosen.TryGetValue(field.NativeName, out var name) ? field with { Name = name }
                    : given.Contains(field.Name) ? field with { Name = field.NativeName }
                    : field)
                .DistinctBy(field => field.Name)
                .ToFrozenDictionary(field => field.Name, StringComparer.Ordinal),
        };
    }

    private IReadOnlyDictionary<string, string> NamesOf(RecordType type) => names.GetValueOrDefault(type.Name) ?? None;

    private RecordQuery Native(RecordQuery query)
    {
        var chosen = NamesOf(query.Type);
        return chosen.Count == 0 ? query : query with
        {
            Filter = Native(query.Filter, chosen),
            Sort = query.Sort is { } sort ? sort with { Field = chosen.GetValueOrDefault(sort.Field, sort.Field) } : null,
        };
    }

    internal static RecordFilter Native(RecordFilter filter, IReadOnlyDictionary<string, string> chosen) => filter switch
    {
        RecordFilter.All all => new RecordFilter.All([.. all.Parts.Select(part => Native(part, chosen))]),
        RecordFilter.Any any => new RecordFilter.Any([.. any.Parts.Select(part => Native(part, chosen))]),
        RecordFilter.Compare compare => compare with { Field = chosen.GetValueOrDefault(compare.Field, compare.Field) },
        RecordFilter.OneOf oneOf => oneOf with { Field = chosen.GetValueOrDefault(oneOf.Field, oneOf.Field) },
        RecordFilter.HasValue has => has with { Field = chosen.GetValueOrDefault(has.Field, has.Field) },
        _ => throw new UnreachableException(),
    };
}
