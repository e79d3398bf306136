using Liaison.Writeback;
using Liaison.Testing.Conformance;
using Liaison.Testing.Stores;

namespace Liaison.Storage.Tests.InMemory;

[Conforms(typeof(InMemoryChangeSetStore))]
public sealed class InMemoryChangeSetStoreTests : ChangeSetStoreConformance
{
    private InMemoryChangeSetStore? store;

    protected override ValueTask<IChangeSetStore> OpenAsync(TimeProvider time) =>
        ValueTask.FromResult<IChangeSetStore>(store ??= new InMemoryChangeSetStore(time));
}
