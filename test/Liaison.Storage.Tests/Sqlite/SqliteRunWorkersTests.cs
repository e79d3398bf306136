using Liaison.Storage.Sqlite;
using Liaison.Testing.Conformance;
using Liaison.Testing.Stores;
using Liaison.Work;

namespace Liaison.Storage.Tests.Sqlite;

[Conforms(typeof(SqliteWorkStore))]
public sealed class SqliteRunWorkersTests : RunWorkersConformance, IAsyncDisposable
{
    private readonly SqliteFolder folder = new();

    public ValueTask DisposeAsync() => folder.DisposeAsync();

    protected override async ValueTask<IWorkStore> OpenAsync(TimeProvider time) =>
        new SqliteWorkStore(await folder.OpenAsync(time));
}
