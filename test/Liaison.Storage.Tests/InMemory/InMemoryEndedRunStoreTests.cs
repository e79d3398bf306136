using Liaison.Testing.Conformance;
using Liaison.Testing.Stores;

namespace Liaison.Storage.Tests.InMemory;

[Conforms(typeof(InMemoryEndedRunStore))]
public sealed class InMemoryEndedRunStoreTests : EndedRunStoreConformance
{
    protected override ValueTask<EndedRunStores> OpenAsync(TimeProvider time)
    {
        var work = new InMemoryWorkStore(time);
        return ValueTask.FromResult(new EndedRunStores(work, new InMemoryDeadLetterStore(work), new InMemoryEndedRunStore(work)));
    }
}
