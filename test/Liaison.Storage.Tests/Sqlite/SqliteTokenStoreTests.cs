using Liaison.Identity.Tokens;
using Liaison.Storage.Sqlite;
using Liaison.Testing.Conformance;
using Liaison.Testing.Stores;

namespace Liaison.Storage.Tests.Sqlite;

[Conforms(typeof(SqliteTokenStore))]
public sealed class SqliteTokenStoreTests : TokenStoreConformance, IAsyncDisposable
{
    private readonly SqliteFolder folder = new();

    public ValueTask DisposeAsync() => folder.DisposeAsync();

    protected override async ValueTask<ITokenStore> OpenAsync(TimeProvider time) =>
        new SqliteTokenStore(await folder.OpenAsync(time));

    protected override async ValueTask<ITokenStore> ReopenAsync(TimeProvider time) =>
        new SqliteTokenStore(await folder.OpenAfterKillAsync(time));
}
