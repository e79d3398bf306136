using Liaison.Alerts;
using Liaison.Storage.Postgres;
using Liaison.Testing.Conformance;
using Liaison.Testing.Stores;

namespace Liaison.Storage.Tests.Postgres;

[Conforms(typeof(PostgresAlertStore))]
public sealed class PostgresAlertStoreTests(PostgresServer server) : AlertStoreConformance, IAsyncLifetime
{
    private PostgresPlace place = null!;

    public async ValueTask InitializeAsync() => place = await server.CreateAsync();

    public ValueTask DisposeAsync() => place.DisposeAsync();

    protected override async ValueTask<IAlertStore> OpenAsync(TimeProvider time) => new PostgresAlertStore(await place.OpenAsync(time));
}
