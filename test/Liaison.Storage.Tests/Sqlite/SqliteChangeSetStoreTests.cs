using Liaison.Writeback;
using Liaison.Storage.Sqlite;
using Liaison.Testing.Conformance;
using Liaison.Testing.Stores;

namespace Liaison.Storage.Tests.Sqlite;

[Conforms(typeof(SqliteChangeSetStore))]
public sealed class SqliteChangeSetStoreTests : ChangeSetStoreConformance, IAsyncDisposable
{
    private readonly SqliteFolder folder = new();

    public ValueTask DisposeAsync() => folder.DisposeAsync();

    protected override async ValueTask<IChangeSetStore> OpenAsync(TimeProvider time) =>
        new SqliteChangeSetStore(await folder.OpenAsync(time));

    protected override async ValueTask<IChangeSetStore> ReopenAsync(TimeProvider time) =>
        new SqliteChangeSetStore(await folder.OpenAfterKillAsync(time));
}
