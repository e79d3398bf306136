using Liaison.Storage.Sqlite;
using Liaison.Testing.Conformance;
using Liaison.Testing.Stores;

namespace Liaison.Storage.Tests.Sqlite;

[Conforms(typeof(SqliteEndedRunStore))]
public sealed class SqliteEndedRunStoreTests : EndedRunStoreConformance, IAsyncDisposable
{
    private readonly SqliteFolder folder = new();

    public ValueTask DisposeAsync() => folder.DisposeAsync();

    protected override async ValueTask<EndedRunStores> OpenAsync(TimeProvider time)
    {
        var database = await folder.OpenAsync(time);
        return new EndedRunStores(new SqliteWorkStore(database), new SqliteDeadLetterStore(database), new SqliteEndedRunStore(database));
    }
}
