using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;

namespace Liaison.Tests.Connectors;

/// <summary>A session of which a test uses nothing but what it overrides.</summary>
internal abstract class UnusedSession : IConnectorSession
{
    public virtual Task<Result<AccountIdentity>> IdentifyAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public virtual Task<Result<RecordSchema>> DescribeAsync(RecordType type, CancellationToken cancellationToken) => throw new NotSupportedException();

    public virtual Task<Result<long>> CountAsync(RecordQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public virtual Task<Result<RecordPage>> QueryAsync(RecordQuery query, string? cursor, CancellationToken cancellationToken) => throw new NotSupportedException();

    public virtual Task<Result<RecordBatch>> ReadAsync(
        RecordType type, IReadOnlyList<string> ids, IReadOnlyList<FieldDefinition> fields, CancellationToken cancellationToken) => throw new NotSupportedException();

    public virtual Task<Result<IReadOnlyList<Association>>> ReadAssociationsAsync(
        RecordType from, RecordType to, IReadOnlyList<string> ids, CancellationToken cancellationToken) => throw new NotSupportedException();

    public virtual Task<Result<IReadOnlyList<WriteOutcome>>> WriteAsync(
        RecordType type, IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken) => throw new NotSupportedException();

    public virtual Task<Result<IReadOnlyList<WriteOutcome>>> LinkAsync(
        RecordType from, RecordType to, IReadOnlyList<LinkWrite> links, CancellationToken cancellationToken) => throw new NotSupportedException();

    public virtual Task<Result<IReadOnlyList<WriteOutcome>>> DeleteAsync(
        RecordType type, IReadOnlyList<RecordDelete> deletes, CancellationToken cancellationToken) => throw new NotSupportedException();

    public virtual Task<Result<Done>> CreateFieldAsync(RecordType type, FieldDefinition field, CancellationToken cancellationToken) => throw new NotSupportedException();

    public virtual Task<Result<IReadOnlyList<CrmUser>>> ListUsersAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
}
