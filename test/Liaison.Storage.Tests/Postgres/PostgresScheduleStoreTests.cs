using Liaison.Storage.Postgres;
using Liaison.Testing.Conformance;
using Liaison.Testing.Stores;
using Liaison.Work;

namespace Liaison.Storage.Tests.Postgres;

[Conforms(typeof(PostgresScheduleStore))]
public sealed class PostgresScheduleStoreTests(PostgresServer server) : ScheduleStoreConformance, IAsyncLifetime
{
    private PostgresPlace place = null!;

    public async ValueTask InitializeAsync() => place = await server.CreateAsync();

    public ValueTask DisposeAsync() => place.DisposeAsync();

    protected override async ValueTask<IScheduleStore> OpenAsync(TimeProvider time) =>
        new PostgresScheduleStore(await place.OpenAsync(time));
}
