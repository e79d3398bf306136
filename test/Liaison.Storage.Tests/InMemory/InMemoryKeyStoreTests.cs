using Liaison.Identity.Keys;
using Liaison.Testing.Conformance;
using Liaison.Testing.Stores;

namespace Liaison.Storage.Tests.InMemory;

[Conforms(typeof(InMemoryKeyStore))]
public sealed class InMemoryKeyStoreTests : KeyStoreConformance
{
    private InMemoryKeyStore? store;

    protected override ValueTask<IKeyStore> OpenAsync(TimeProvider time) =>
        ValueTask.FromResult<IKeyStore>(store ??= new InMemoryKeyStore());
}
