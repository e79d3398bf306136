using Liaison.Connectors;
using Liaison.Storage.Postgres;
using Liaison.Testing.Conformance;
using Liaison.Testing.Stores;

namespace Liaison.Storage.Tests.Postgres;

[Conforms(typeof(PostgresSlotStore))]
public sealed class PostgresSlotStoreTests(PostgresServer server) : SlotStoreConformance, IAsyncLifetime
{
    private PostgresPlace place = null!;

    public async ValueTask InitializeAsync() => place = await server.CreateAsync();

    public ValueTask DisposeAsync() => place.DisposeAsync();

    protected override async ValueTask<ISlotStore> OpenAsync(TimeProvider time) =>
        new PostgresSlotStore(await place.OpenAsync(time));
}
