using Liaison.Testing.Conformance;
using Liaison.Testing.Stores;
using Liaison.Work;

namespace Liaison.Storage.Tests.InMemory;

[Conforms(typeof(InMemoryDeadLetterStore))]
public sealed class InMemoryDeadLetterStoreTests : DeadLetterStoreConformance
{
    protected override ValueTask<(IWorkStore Work, IDeadLetterStore Letters)> OpenAsync(TimeProvider time)
    {
        var work = new InMemoryWorkStore(time);
        return ValueTask.FromResult<(IWorkStore, IDeadLetterStore)>((work, new InMemoryDeadLetterStore(work)));
    }
}
