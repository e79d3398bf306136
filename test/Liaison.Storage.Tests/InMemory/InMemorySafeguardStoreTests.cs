using Liaison.Policy;
using Liaison.Testing.Conformance;
using Liaison.Testing.Stores;

namespace Liaison.Storage.Tests.InMemory;

[Conforms(typeof(InMemorySafeguardStore))]
public sealed class InMemorySafeguardStoreTests : SafeguardStoreConformance
{
    private readonly InMemorySafeguardStore store = new();

    protected override ValueTask<ISafeguardStore> OpenAsync() => ValueTask.FromResult<ISafeguardStore>(store);
}
