using Liaison.Audit;
using Liaison.Storage.Sqlite;
using Liaison.Testing.Conformance;
using Liaison.Testing.Stores;
using Microsoft.Data.Sqlite;

namespace Liaison.Storage.Tests.Sqlite;

[Conforms(typeof(SqliteAuditStore))]
public sealed class SqliteAuditStoreTests : AuditStoreConformance, IAsyncDisposable
{
    private readonly SqliteFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => folder.DisposeAsync();

    [Theory]
    [InlineData("DELETE FROM audit_entries")]
    [InlineData("UPDATE audit_entries SET canonical = '{}'")]
    [InlineData("DELETE FROM audit_checkpoints")]
    [InlineData("UPDATE audit_checkpoints SET signature = ''")]
    public async Task Entries_are_neither_deleted_nor_changed_by_a_slip(string statement)
    {
        var database = await folder.OpenAsync(TimeProvider.System);
        await database.WriteAsync(session => session.Statement("INSERT INTO audit_entries (sequence, canonical, previous_hash, hash, trace_id) VALUES (1, '{}', '', '', 't')").Execute(), Token);
        await database.WriteAsync(session => session.Statement("INSERT INTO audit_checkpoints VALUES (1, '', 0, '', '', '')").Execute(), Token);

        await Should.ThrowAsync<SqliteException>(() => database.WriteAsync(session => session.Statement(statement).Execute(), Token));
    }

    protected override async ValueTask<IAuditStore> OpenAsync(TimeProvider time) =>
        new SqliteAuditStore(await folder.OpenAsync(time));

    protected override async ValueTask<IAuditStore> ReopenAsync(TimeProvider time) =>
        new SqliteAuditStore(await folder.OpenAfterKillAsync(time));
}
