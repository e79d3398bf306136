using Liaison.Audit;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Storage.Postgres;
using Liaison.Testing.Conformance;
using Liaison.Testing.Stores;
using Npgsql;

namespace Liaison.Storage.Tests.Postgres;

[Conforms(typeof(PostgresAuditStore))]
public sealed class PostgresAuditStoreTests(PostgresServer server) : AuditStoreConformance, IAsyncLifetime
{
    private readonly List<PostgresAuditStore> opened = [];
    private PostgresPlace place = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => place = await server.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        opened.ForEach(store => store.Dispose());
        await place.DisposeAsync();
    }

    [Theory]
    [InlineData("DELETE FROM audit_entries")]
    [InlineData("UPDATE audit_entries SET canonical = '{}'")]
    [InlineData("TRUNCATE audit_entries")]
    [InlineData("DELETE FROM audit_checkpoints")]
    [InlineData("UPDATE audit_checkpoints SET signature = ''")]
    [InlineData("TRUNCATE audit_checkpoints")]
    public async Task Entries_are_neither_deleted_nor_changed_by_a_slip(string statement)
    {
        var store = await OpenAsync(TimeProvider.System);
        await store.AppendAsync([Entry("t1")], Token);

        var error = await Should.ThrowAsync<PostgresException>(() => place.RunAsync(statement));

        error.MessageText.ShouldEndWith("is never changed and never deleted");
        (await store.ReadAsync(new AuditQuery(), Token).CountAsync(Token)).ShouldBe(1);
    }

    [Fact]
    public async Task A_node_that_dies_while_it_appends_leaves_the_chain_to_the_others()
    {
        var store = await OpenAsync(TimeProvider.System);
        await using var dying = new NpgsqlConnection(place.ConnectionString + ";Pooling=false");
        await dying.OpenAsync(Token);
        await using var transaction = await dying.BeginTransactionAsync(Token);
        await using var taken = new NpgsqlCommand("SELECT pg_advisory_xact_lock(1281974633, 2), pg_backend_pid()", dying, transaction);
        await taken.ExecuteNonQueryAsync(Token);

        var appending = store.AppendAsync([Entry("t1")], Token);
        await place.RunAsync($"SELECT pg_terminate_backend({dying.ProcessID})");
        await appending;

        (await AuditVerification.WalkAsync(store, Token)).ShouldBe(new AuditVerification(1, FirstBroken: null));
    }

    protected override async ValueTask<IAuditStore> OpenAsync(TimeProvider time)
    {
        var store = new PostgresAuditStore(await place.OpenAsync(time));
        opened.Add(store);
        return store;
    }

    private static AuditEntry Entry(string trace) => new(
        trace, AuditPhase.Opened, DateTimeOffset.UnixEpoch, new Caller(new Subject(SubjectKind.User, "ann@example.com"), new Actor("qualify"), Purpose.Qualification),
        new ConnectionName("demo"), CrmEnvironment.Sandbox, "records.read", RecordType.Contact, [], [], Outcome: null);
}
