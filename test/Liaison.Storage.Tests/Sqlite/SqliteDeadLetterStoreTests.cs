using Liaison.Storage.Sqlite;
using Liaison.Testing.Conformance;
using Liaison.Testing.Stores;
using Liaison.Work;

namespace Liaison.Storage.Tests.Sqlite;

[Conforms(typeof(SqliteDeadLetterStore))]
public sealed class SqliteDeadLetterStoreTests : DeadLetterStoreConformance, IAsyncDisposable
{
    private readonly SqliteFolder folder = new();

    public ValueTask DisposeAsync() => folder.DisposeAsync();

    protected override async ValueTask<(IWorkStore Work, IDeadLetterStore Letters)> OpenAsync(TimeProvider time)
    {
        var database = await folder.OpenAsync(time);
        return (new SqliteWorkStore(database), new SqliteDeadLetterStore(database));
    }
}
