using Liaison.Storage.Postgres;
using Liaison.Testing.Conformance;
using Liaison.Testing.Stores;
using Liaison.Work;

namespace Liaison.Storage.Tests.Postgres;

[Conforms(typeof(PostgresWorkStore))]
public sealed class PostgresRunWorkersTests(PostgresServer server) : RunWorkersConformance, IAsyncLifetime
{
    private PostgresPlace place = null!;

    public async ValueTask InitializeAsync() => place = await server.CreateAsync();

    public ValueTask DisposeAsync() => place.DisposeAsync();

    protected override async ValueTask<IWorkStore> OpenAsync(TimeProvider time) =>
        new PostgresWorkStore(await place.OpenAsync(time));
}
