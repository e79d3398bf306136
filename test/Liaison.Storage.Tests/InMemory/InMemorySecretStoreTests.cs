using Liaison.Identity;
using Liaison.Testing.Conformance;
using Liaison.Testing.Stores;

namespace Liaison.Storage.Tests.InMemory;

[Conforms(typeof(InMemorySecretStore))]
public sealed class InMemorySecretStoreTests : SecretStoreConformance
{
    private InMemorySecretStore? store;

    protected override ValueTask<ISecretStore> OpenAsync(TimeProvider time) =>
        ValueTask.FromResult<ISecretStore>(store ??= new InMemorySecretStore());
}
