using Liaison.Identity.Tokens;
using Liaison.Storage.Postgres;
using Liaison.Testing.Conformance;
using Liaison.Testing.Stores;

namespace Liaison.Storage.Tests.Postgres;

[Conforms(typeof(PostgresTokenStore))]
public sealed class PostgresTokenStoreTests(PostgresServer server) : TokenStoreConformance, IAsyncLifetime
{
    private PostgresPlace place = null!;

    public async ValueTask InitializeAsync() => place = await server.CreateAsync();

    public ValueTask DisposeAsync() => place.DisposeAsync();

    protected override async ValueTask<ITokenStore> OpenAsync(TimeProvider time) =>
        new PostgresTokenStore(await place.OpenAsync(time));
}
