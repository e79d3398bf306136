using Liaison.Identity;
using Liaison.Storage.Sqlite;
using Liaison.Testing.Conformance;
using Liaison.Testing.Stores;

namespace Liaison.Storage.Tests.Sqlite;

[Conforms(typeof(SqliteSecretStore))]
public sealed class SqliteSecretStoreTests : SecretStoreConformance, IAsyncDisposable
{
    private readonly SqliteFolder folder = new();

    public ValueTask DisposeAsync() => folder.DisposeAsync();

    protected override async ValueTask<ISecretStore> OpenAsync(TimeProvider time) =>
        new SqliteSecretStore(await folder.OpenAsync(time));

    protected override async ValueTask<ISecretStore> ReopenAsync(TimeProvider time) =>
        new SqliteSecretStore(await folder.OpenAfterKillAsync(time));
}
