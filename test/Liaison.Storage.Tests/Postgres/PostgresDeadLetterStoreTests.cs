using Liaison.Storage.Postgres;
using Liaison.Testing.Conformance;
using Liaison.Testing.Stores;
using Liaison.Work;

namespace Liaison.Storage.Tests.Postgres;

[Conforms(typeof(PostgresDeadLetterStore))]
public sealed class PostgresDeadLetterStoreTests(PostgresServer server) : DeadLetterStoreConformance, IAsyncLifetime
{
    private PostgresPlace place = null!;

    public async ValueTask InitializeAsync() => place = await server.CreateAsync();

    public ValueTask DisposeAsync() => place.DisposeAsync();

    protected override async ValueTask<(IWorkStore Work, IDeadLetterStore Letters)> OpenAsync(TimeProvider time)
    {
        var database = await place.OpenAsync(time);
        return (new PostgresWorkStore(database), new PostgresDeadLetterStore(database));
    }
}
