using Liaison.Identity;
using Liaison.Storage.Postgres;
using Liaison.Testing.Conformance;
using Liaison.Testing.Stores;

namespace Liaison.Storage.Tests.Postgres;

[Conforms(typeof(PostgresSecretStore))]
public sealed class PostgresSecretStoreTests(PostgresServer server) : SecretStoreConformance, IAsyncLifetime
{
    private PostgresPlace place = null!;

    public async ValueTask InitializeAsync() => place = await server.CreateAsync();

    public ValueTask DisposeAsync() => place.DisposeAsync();

    protected override async ValueTask<ISecretStore> OpenAsync(TimeProvider time) =>
        new PostgresSecretStore(await place.OpenAsync(time));
}
