using Liaison.Failures;
using Liaison.Model;

namespace Liaison.Connectors.Mapped;

/// <summary>A session with an account-wide credential that gives and takes only what lies within one user's scope.</summary>
/// <remarks>
/// It stands between the engine and the connector, so that no use case can forget to narrow: whatever reads or writes records for
/// the user goes through here. A record outside is told like one that is not there; one whose owner cannot be told is outside.
/// </remarks>
internal sealed class ScopedSession(IConnectorSession session, ConnectorDescriptor descriptor, RecordScope scope) : IConnectorSession
{
    private readonly OwnedRecords owned = new(session, descriptor, scope);
    private readonly ScopedWrites narrowed = new(session, scope, new OwnedRecords(session, descriptor, scope));

    // No jobs: what a user's part of a large job would be, no connector could narrow.
    public Task<Result<IReadOnlyList<LimitStanding>>> ReadLimitsAsync(CancellationToken cancellationToken) => session.ReadLimitsAsync(cancellationToken);

    public Task<Result<AccountIdentity>> IdentifyAsync(CancellationToken cancellationToken) => session.IdentifyAsync(cancellationToken);

    public Task<Result<RecordSchema>> DescribeAsync(RecordType type, CancellationToken cancellationToken) =>
        session.DescribeAsync(type, cancellationToken);

    public Task<Result<IReadOnlyList<Pipeline>>> ReadPipelinesAsync(RecordType type, string? id, CancellationToken cancellationToken) =>
        session.ReadPipelinesAsync(type, id, cancellationToken);

    public async Task<Result<long>> CountAsync(RecordQuery query, CancellationToken cancellationToken) =>
        IsHidden(query.Type) ? 0L : await session.CountAsync(query with { Filter = scope.Narrow(query.Filter) }, cancellationToken);

    public async Task<Result<RecordPage>> QueryAsync(RecordQuery query, string? cursor, CancellationToken cancellationToken)
    {
        if (IsHidden(query.Type))
        {
            return new RecordPage([], null, 0);
        }

        var within = query with { Fields = WithOwner(query.Type, query.Fields), Filter = scope.Narrow(query.Filter) };
        var answered = await session.QueryAsync(within, cursor, cancellationToken);

        // A search index lags behind the records: what the filter let through is looked at once more.
        return answered.Then<RecordPage>(page => page with { Records = Within(query.Type, page.Records) });
    }

    public async Task<Result<RecordBatch>> ReadAsync(
        RecordType type, IReadOnlyList<string> ids, IReadOnlyList<FieldDefinition> fields, CancellationToken cancellationToken)
    {
        if (IsHidden(type))
        {
            return new RecordBatch([], ids);
        }

        var answered = await session.ReadAsync(type, ids, WithOwner(type, fields), cancellationToken);
        return answered.Then<RecordBatch>(batch => Narrowed(type, batch));
    }

    public async Task<Result<IReadOnlyList<Association>>> ReadAssociationsAsync(
        RecordType from, RecordType to, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        if (!(await owned.WithinAsync(from, ids, cancellationToken)).TryGet(out var begins, out var failure)
            || !(await LinksOfAsync(from, to, [.. ids.Where(begins.Contains)], cancellationToken)).TryGet(out var links, out failure)
            || !(await owned.WithinAsync(to, links.Select(link => link.ToId), cancellationToken)).TryGet(out var ends, out failure))
        {
            return failure;
        }

        return Result<IReadOnlyList<Association>>.Of([.. links.Where(link => ends.Contains(link.ToId))]);
    }

    public Task<Result<IReadOnlyList<WriteOutcome>>> WriteAsync(
        RecordType type, IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken) =>
        narrowed.WriteAsync(type, writes, cancellationToken);

    public async Task<Result<RecordBatch>> FindAsync(
        RecordType type, FieldDefinition by, IReadOnlyList<string> values, IReadOnlyList<FieldDefinition> fields, CancellationToken cancellationToken)
    {
        if (IsHidden(type))
        {
            return new RecordBatch([], values);
        }

        var answered = await session.FindAsync(type, by, values, WithOwner(type, fields), cancellationToken);
        return answered.Then<RecordBatch>(batch => Narrowed(type, batch));
    }

    public Task<Result<IReadOnlyList<WriteOutcome>>> UpsertAsync(
        RecordType type, FieldDefinition by, IReadOnlyList<RecordUpsert> upserts, CancellationToken cancellationToken) =>
        narrowed.UpsertAsync(type, by, upserts, cancellationToken);

    public Task<Result<IReadOnlyList<WriteOutcome>>> LinkAsync(
        RecordType from, RecordType to, IReadOnlyList<LinkWrite> links, CancellationToken cancellationToken) =>
        narrowed.LinkAsync(from, to, links, cancellationToken);

    public Task<Result<IReadOnlyList<WriteOutcome>>> DeleteAsync(
        RecordType type, IReadOnlyList<RecordDelete> deletes, CancellationToken cancellationToken) =>
        narrowed.DeleteAsync(type, deletes, cancellationToken);

    // What an account looks like is nobody's own: that takes a principal or a token of one's own.
    public Task<Result<Done>> CreateFieldAsync(RecordType type, FieldDefinition field, CancellationToken cancellationToken) =>
        Task.FromResult<Result<Done>>(ScopedWrites.Denied("creating fields"));

    public async Task<Result<IReadOnlyList<CrmUser>>> ListUsersAsync(CancellationToken cancellationToken) =>
        (await session.ListUsersAsync(cancellationToken)).Then(users =>
            Result<IReadOnlyList<CrmUser>>.Of([.. users.Where(user => scope.Contains(user.OwnerId))]));

    private async Task<Result<IReadOnlyList<Association>>> LinksOfAsync(
        RecordType from, RecordType to, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        ids.Count > 0
            ? await session.ReadAssociationsAsync(from, to, ids, cancellationToken)
            : Result<IReadOnlyList<Association>>.Of([]);

    private bool IsHidden(RecordType type) => !scope.IsWhole && owned.OwnerFieldOf(type) is null;

    // Read for the judging; what the caller gets of it is decided by the permit, above.
    private IReadOnlyList<FieldDefinition> WithOwner(RecordType type, IReadOnlyList<FieldDefinition> fields) =>
        !scope.IsWhole && owned.OwnerFieldOf(type) is { } owner && fields.All(field => field.NativeName != owner.NativeName)
            ? [.. fields, owner]
            : fields;

    private RecordBatch Narrowed(RecordType type, RecordBatch batch)
    {
        var within = Within(type, batch.Records);
        return new RecordBatch(
            within, [.. batch.Missing, .. batch.Records.Except(within).Select(outside => outside.RequestedId ?? outside.Id)]);
    }

    private IReadOnlyList<NativeRecord> Within(RecordType type, IReadOnlyList<NativeRecord> records) =>
        scope.IsWhole ? records : [.. records.Where(record => owned.IsWithin(record, owned.OwnerFieldOf(type)!))];
}
