using Liaison.Storage.Postgres;
using Liaison.Testing.Conformance;
using Liaison.Testing.Stores;
using Liaison.Writeback;

namespace Liaison.Storage.Tests.Postgres;

[Conforms(typeof(PostgresChangeSetStore))]
public sealed class PostgresChangeSetStoreTests(PostgresServer server) : ChangeSetStoreConformance, IAsyncLifetime
{
    private PostgresPlace place = null!;

    public async ValueTask InitializeAsync() => place = await server.CreateAsync();

    public ValueTask DisposeAsync() => place.DisposeAsync();

    protected override async ValueTask<IChangeSetStore> OpenAsync(TimeProvider time) =>
        new PostgresChangeSetStore(await place.OpenAsync(time));
}
