using Liaison.Connectors;
using Liaison.Testing.Conformance;
using Liaison.Testing.Stores;

namespace Liaison.Storage.Tests.InMemory;

[Conforms(typeof(LocalSlotStore))]
public sealed class LocalSlotStoreTests : SlotStoreConformance
{
    private LocalSlotStore? store;

    protected override ValueTask<ISlotStore> OpenAsync(TimeProvider time) => new(store ??= new LocalSlotStore(time));
}
