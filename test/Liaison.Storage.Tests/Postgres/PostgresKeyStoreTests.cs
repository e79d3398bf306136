using Liaison.Identity.Keys;
using Liaison.Storage.Postgres;
using Liaison.Testing.Conformance;
using Liaison.Testing.Stores;

namespace Liaison.Storage.Tests.Postgres;

[Conforms(typeof(PostgresKeyStore))]
public sealed class PostgresKeyStoreTests(PostgresServer server) : KeyStoreConformance, IAsyncLifetime
{
    private PostgresPlace place = null!;

    public async ValueTask InitializeAsync() => place = await server.CreateAsync();

    public ValueTask DisposeAsync() => place.DisposeAsync();

    protected override async ValueTask<IKeyStore> OpenAsync(TimeProvider time) =>
        new PostgresKeyStore(await place.OpenAsync(time));
}
