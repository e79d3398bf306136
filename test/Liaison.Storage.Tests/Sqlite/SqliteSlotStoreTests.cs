using Liaison.Connectors;
using Liaison.Storage.Sqlite;
using Liaison.Testing.Conformance;
using Liaison.Testing.Stores;

namespace Liaison.Storage.Tests.Sqlite;

[Conforms(typeof(SqliteSlotStore))]
public sealed class SqliteSlotStoreTests : SlotStoreConformance, IAsyncDisposable
{
    private readonly SqliteFolder folder = new();
    private readonly List<SqliteSlotStore> opened = [];

    public async ValueTask DisposeAsync()
    {
        opened.ForEach(store => store.Dispose());
        await folder.DisposeAsync();
    }

    protected override async ValueTask<ISlotStore> OpenAsync(TimeProvider time)
    {
        var store = SqliteSlotStore.Open(await folder.OpenAsync(time));
        opened.Add(store);
        return store;
    }
}
