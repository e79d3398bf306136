using Liaison.Alerts;
using Liaison.Storage.Sqlite;
using Liaison.Testing.Conformance;
using Liaison.Testing.Stores;

namespace Liaison.Storage.Tests.Sqlite;

[Conforms(typeof(SqliteAlertStore))]
public sealed class SqliteAlertStoreTests : AlertStoreConformance, IAsyncDisposable
{
    private readonly SqliteFolder folder = new();

    public ValueTask DisposeAsync() => folder.DisposeAsync();

    protected override async ValueTask<IAlertStore> OpenAsync(TimeProvider time) => new SqliteAlertStore(await folder.OpenAsync(time));
}
