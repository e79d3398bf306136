using Liaison.Connectors;
using Liaison.Storage.Postgres;
using Liaison.Testing.Conformance;
using Liaison.Testing.Stores;

namespace Liaison.Storage.Tests.Postgres;

[Conforms(typeof(PostgresBudgetStore))]
public sealed class PostgresBudgetStoreTests(PostgresServer server) : BudgetStoreConformance, IAsyncLifetime
{
    private PostgresPlace place = null!;

    public async ValueTask InitializeAsync() => place = await server.CreateAsync();

    public ValueTask DisposeAsync() => place.DisposeAsync();

    protected override async ValueTask<IBudgetStore> OpenAsync(TimeProvider time) =>
        new PostgresBudgetStore(await place.OpenAsync(time));
}
