using Liaison.Connectors;
using Liaison.Storage.Postgres;
using Liaison.Testing.Conformance;
using Liaison.Testing.Stores;

namespace Liaison.Storage.Tests.Postgres;

[Conforms(typeof(PostgresCallLog))]
public sealed class PostgresCallLogTests(PostgresServer server) : CallLogConformance, IAsyncLifetime
{
    private readonly List<PostgresCallLog> opened = [];
    private PostgresPlace place = null!;

    public async ValueTask InitializeAsync() => place = await server.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var log in opened)
        {
            await log.DisposeAsync();
        }

        await place.DisposeAsync();
    }

    protected override async ValueTask<ICallLog> OpenAsync(TimeProvider time)
    {
        var log = new PostgresCallLog(await place.OpenAsync(time));
        opened.Add(log);
        return log;
    }
}
