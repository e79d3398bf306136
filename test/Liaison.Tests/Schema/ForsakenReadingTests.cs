using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Schema;
using Liaison.Testing;
using Liaison.Testing.Connectors;

namespace Liaison.Tests.Schema;

public sealed class ForsakenReadingTests
{
    [Fact]
    public async Task A_failure_that_comes_when_nobody_waits_any_more_is_not_kept()
    {
        var session = new SlowSession();
        var catalogue = new SchemaCatalogue(new ManualTime());
        using var impatient = new CancellationTokenSource();
        var first = catalogue.GetAsync(session, Ada, RecordType.Contact, impatient.Token);
        await impatient.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);

        session.Readings[0].SetResult(new Failure(FailureKind.Unavailable, "The CRM is down."));
        var second = catalogue.GetAsync(session, Ada, RecordType.Contact, TestContext.Current.CancellationToken);
        session.Readings.Count.ShouldBe(2);
        session.Readings[1].SetResult(ASchema.Of());

        (await second).Failure.ShouldBeNull();
    }

    private static UserCredential Ada => TestCredentials.Of(
        new ConnectionProfile(new ConnectionName("crm"), "memory", CrmEnvironment.Sandbox, new Uri("https://crm.test"), "1", "default"),
        CredentialReach.User,
        "ada",
        "token");

    /// <summary>Answers each reading when the test says so.</summary>
    private sealed class SlowSession : IConnectorSession
    {
        public List<TaskCompletionSource<Result<RecordSchema>>> Readings { get; } = [];

        public Task<Result<RecordSchema>> DescribeAsync(RecordType type, CancellationToken cancellationToken)
        {
            Readings.Add(new TaskCompletionSource<Result<RecordSchema>>());
            return Readings[^1].Task;
        }

        public Task<Result<AccountIdentity>> IdentifyAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Result<long>> CountAsync(RecordQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Result<RecordPage>> QueryAsync(RecordQuery query, string? cursor, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<Result<RecordBatch>> ReadAsync(
            RecordType type, IReadOnlyList<string> ids, IReadOnlyList<FieldDefinition> fields, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<Result<IReadOnlyList<Association>>> ReadAssociationsAsync(
            RecordType from, RecordType to, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<Result<IReadOnlyList<WriteOutcome>>> WriteAsync(
            RecordType type, IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Result<IReadOnlyList<WriteOutcome>>> LinkAsync(
            RecordType from, RecordType to, IReadOnlyList<LinkWrite> links, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<Result<IReadOnlyList<WriteOutcome>>> DeleteAsync(
            RecordType type, IReadOnlyList<RecordDelete> deletes, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<Result<Done>> CreateFieldAsync(RecordType type, FieldDefinition field, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<Result<IReadOnlyList<CrmUser>>> ListUsersAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
