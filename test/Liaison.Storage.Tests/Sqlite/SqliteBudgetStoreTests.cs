using Liaison.Connectors;
using Liaison.Storage.Sqlite;
using Liaison.Testing.Conformance;
using Liaison.Testing.Stores;

namespace Liaison.Storage.Tests.Sqlite;

[Conforms(typeof(SqliteBudgetStore))]
public sealed class SqliteBudgetStoreTests : BudgetStoreConformance, IAsyncDisposable
{
    private readonly SqliteFolder folder = new();

    public ValueTask DisposeAsync() => folder.DisposeAsync();

    protected override async ValueTask<IBudgetStore> OpenAsync(TimeProvider time) =>
        new SqliteBudgetStore(await folder.OpenAsync(time));

    protected override async ValueTask<IBudgetStore> ReopenAsync(TimeProvider time) =>
        new SqliteBudgetStore(await folder.OpenAfterKillAsync(time));
}
