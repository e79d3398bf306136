using Liaison.Storage.Sqlite;
using Liaison.Testing.Conformance;
using Liaison.Testing.Stores;
using Liaison.Work;

namespace Liaison.Storage.Tests.Sqlite;

[Conforms(typeof(SqliteScheduleStore))]
public sealed class SqliteScheduleStoreTests : ScheduleStoreConformance, IAsyncDisposable
{
    private readonly SqliteFolder folder = new();

    public ValueTask DisposeAsync() => folder.DisposeAsync();

    protected override async ValueTask<IScheduleStore> OpenAsync(TimeProvider time) =>
        new SqliteScheduleStore(await folder.OpenAsync(time));
}
