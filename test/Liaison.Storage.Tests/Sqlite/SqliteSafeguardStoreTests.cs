using Liaison.Policy;
using Liaison.Storage.Sqlite;
using Liaison.Testing.Conformance;
using Liaison.Testing.Stores;

namespace Liaison.Storage.Tests.Sqlite;

[Conforms(typeof(SqliteSafeguardStore))]
public sealed class SqliteSafeguardStoreTests : SafeguardStoreConformance, IAsyncDisposable
{
    private readonly SqliteFolder folder = new();

    public ValueTask DisposeAsync() => folder.DisposeAsync();

    protected override async ValueTask<ISafeguardStore> OpenAsync() =>
        new SqliteSafeguardStore(await folder.OpenAsync(TimeProvider.System));
}
