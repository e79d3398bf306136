using Liaison.Connectors;
using Liaison.Storage.Sqlite;
using Liaison.Testing.Conformance;
using Liaison.Testing.Stores;

namespace Liaison.Storage.Tests.Sqlite;

[Conforms(typeof(SqliteCallLog))]
public sealed class SqliteCallLogTests : CallLogConformance, IAsyncDisposable
{
    private readonly SqliteFolder folder = new();
    private readonly List<SqliteCallLog> opened = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var log in opened)
        {
            await log.DisposeAsync();
        }

        await folder.DisposeAsync();
    }

    protected override async ValueTask<ICallLog> OpenAsync(TimeProvider time)
    {
        var log = new SqliteCallLog(await folder.OpenAsync(time));
        opened.Add(log);
        return log;
    }
}
