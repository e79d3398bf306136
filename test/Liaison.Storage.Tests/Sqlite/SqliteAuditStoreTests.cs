using Liaison.Audit;
using Liaison.Storage.Sqlite;
using Liaison.Testing.Conformance;
using Liaison.Testing.Stores;

namespace Liaison.Storage.Tests.Sqlite;

[Conforms(typeof(SqliteAuditStore))]
public sealed class SqliteAuditStoreTests : AuditStoreConformance, IAsyncDisposable
{
    private readonly SqliteFolder folder = new();

    public ValueTask DisposeAsync() => folder.DisposeAsync();

    protected override async ValueTask<IAuditStore> OpenAsync(TimeProvider time) =>
        new SqliteAuditStore(await folder.OpenAsync(time));

    protected override async ValueTask<IAuditStore> ReopenAsync(TimeProvider time) =>
        new SqliteAuditStore(await folder.OpenAfterKillAsync(time));
}
