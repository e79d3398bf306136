using Liaison.Identity.Keys;
using Liaison.Storage.Sqlite;
using Liaison.Testing.Conformance;
using Liaison.Testing.Stores;

namespace Liaison.Storage.Tests.Sqlite;

[Conforms(typeof(SqliteKeyStore))]
public sealed class SqliteKeyStoreTests : KeyStoreConformance, IAsyncDisposable
{
    private readonly SqliteFolder folder = new();

    public ValueTask DisposeAsync() => folder.DisposeAsync();

    protected override async ValueTask<IKeyStore> OpenAsync(TimeProvider time) =>
        new SqliteKeyStore(await folder.OpenAsync(time));

    protected override async ValueTask<IKeyStore> ReopenAsync(TimeProvider time) =>
        new SqliteKeyStore(await folder.OpenAfterKillAsync(time));
}
