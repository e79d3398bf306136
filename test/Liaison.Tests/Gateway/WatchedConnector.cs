using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Testing.Connectors;

namespace Liaison.Tests.Gateway;

/// <summary>The in-memory connector, with a place for a test to look at a call or to stand in its way.</summary>
internal sealed class WatchedConnector(InMemoryConnector inner) : IConnector
{
    public delegate Task<Result<IReadOnlyList<WriteOutcome>>> Writing(
        IReadOnlyList<RecordWrite> writes, Func<Task<Result<IReadOnlyList<WriteOutcome>>>> send);

    private readonly Lock gate = new();
    private readonly List<(RecordType Type, IReadOnlyList<string> Ids)> reads = [];
    private readonly List<IReadOnlyList<RecordWrite>> batches = [];

    public ConnectorDescriptor Descriptor { get; set; } = inner.Descriptor;

    public Writing OnWrite { get; set; } = static (_, send) => send();

    /// <summary>Gets or sets what stands before each step of a job, by its name; one that throws is the death of the process.</summary>
    public Func<string, Task> OnJob { get; set; } = static _ => Task.CompletedTask;

    public Func<Task> OnQuery { get; set; } = static () => Task.CompletedTask;

    /// <summary>Gets the ids of every read by id, in order.</summary>
    public IReadOnlyList<(RecordType Type, IReadOnlyList<string> Ids)> Reads => [.. Locked(() => reads.ToList())];

    /// <summary>Gets every batch of writes that was tried, in order.</summary>
    public IReadOnlyList<IReadOnlyList<RecordWrite>> Batches => [.. Locked(() => batches.ToList())];

    public IConnectorSession OpenSession(ConnectionProfile connection, UserCredential credential, ICrmChannel channel) =>
        new Session(this, inner.OpenSession(connection, credential, channel));

    private T Locked<T>(Func<T> run)
    {
        lock (gate)
        {
            return run();
        }
    }

    private sealed class Session(WatchedConnector watch, IConnectorSession session) : IConnectorSession
    {
        public ISessionJobs? Jobs => session.Jobs is { } jobs ? new WatchedJobs(jobs, step => watch.OnJob(step)) : null;

        public Task<Result<IReadOnlyList<LimitStanding>>> ReadLimitsAsync(CancellationToken cancellationToken) => session.ReadLimitsAsync(cancellationToken);

        public Task<Result<AccountIdentity>> IdentifyAsync(CancellationToken cancellationToken) => session.IdentifyAsync(cancellationToken);

        public Task<Result<RecordSchema>> DescribeAsync(RecordType type, CancellationToken cancellationToken) =>
            session.DescribeAsync(type, cancellationToken);

        public Task<Result<long>> CountAsync(RecordQuery query, CancellationToken cancellationToken) => session.CountAsync(query, cancellationToken);

        public async Task<Result<RecordPage>> QueryAsync(RecordQuery query, string? cursor, CancellationToken cancellationToken)
        {
            await watch.OnQuery();
            return await session.QueryAsync(query, cursor, cancellationToken);
        }

        public Task<Result<RecordBatch>> ReadAsync(
            RecordType type, IReadOnlyList<string> ids, IReadOnlyList<FieldDefinition> fields, CancellationToken cancellationToken)
        {
            watch.Locked(() => { watch.reads.Add((type, ids)); return true; });
            return session.ReadAsync(type, ids, fields, cancellationToken);
        }

        public Task<Result<IReadOnlyList<Association>>> ReadAssociationsAsync(
            RecordType from, RecordType to, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
            session.ReadAssociationsAsync(from, to, ids, cancellationToken);

        public Task<Result<IReadOnlyList<WriteOutcome>>> WriteAsync(
            RecordType type, IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken)
        {
            watch.Locked(() => { watch.batches.Add(writes); return true; });
            return watch.OnWrite(writes, () => session.WriteAsync(type, writes, cancellationToken));
        }

        public Task<Result<IReadOnlyList<WriteOutcome>>> LinkAsync(
            RecordType from, RecordType to, IReadOnlyList<LinkWrite> links, CancellationToken cancellationToken) =>
            session.LinkAsync(from, to, links, cancellationToken);

        public Task<Result<IReadOnlyList<WriteOutcome>>> DeleteAsync(
            RecordType type, IReadOnlyList<RecordDelete> deletes, CancellationToken cancellationToken) =>
            session.DeleteAsync(type, deletes, cancellationToken);

        public Task<Result<Done>> CreateFieldAsync(RecordType type, FieldDefinition field, CancellationToken cancellationToken) =>
            session.CreateFieldAsync(type, field, cancellationToken);

        public Task<Result<RecordBatch>> FindAsync(
            RecordType type, FieldDefinition by, IReadOnlyList<string> values, IReadOnlyList<FieldDefinition> fields, CancellationToken cancellationToken) =>
            session.FindAsync(type, by, values, fields, cancellationToken);

        public Task<Result<IReadOnlyList<WriteOutcome>>> UpsertAsync(
            RecordType type, FieldDefinition by, IReadOnlyList<RecordUpsert> upserts, CancellationToken cancellationToken) =>
            session.UpsertAsync(type, by, upserts, cancellationToken);

        public Task<Result<IReadOnlyList<Pipeline>>> ReadPipelinesAsync(RecordType type, string? id, CancellationToken cancellationToken) =>
            session.ReadPipelinesAsync(type, id, cancellationToken);

        public Task<Result<IReadOnlyList<CrmUser>>> ListUsersAsync(CancellationToken cancellationToken) => session.ListUsersAsync(cancellationToken);
    }
}
