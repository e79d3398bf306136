using Liaison.Policy;
using Liaison.Storage.Postgres;
using Liaison.Testing.Conformance;
using Liaison.Testing.Stores;

namespace Liaison.Storage.Tests.Postgres;

[Conforms(typeof(PostgresSafeguardStore))]
public sealed class PostgresSafeguardStoreTests(PostgresServer server) : SafeguardStoreConformance, IAsyncLifetime
{
    private PostgresPlace place = null!;

    public async ValueTask InitializeAsync() => place = await server.CreateAsync();

    public ValueTask DisposeAsync() => place.DisposeAsync();

    protected override async ValueTask<ISafeguardStore> OpenAsync() =>
        new PostgresSafeguardStore(await place.OpenAsync(TimeProvider.System));
}
