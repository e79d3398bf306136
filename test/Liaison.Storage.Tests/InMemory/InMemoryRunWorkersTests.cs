using Liaison.Work;
using Liaison.Testing.Conformance;
using Liaison.Testing.Stores;

namespace Liaison.Storage.Tests.InMemory;

[Conforms(typeof(InMemoryWorkStore))]
public sealed class InMemoryRunWorkersTests : RunWorkersConformance
{
    private InMemoryWorkStore? store;

    protected override ValueTask<IWorkStore> OpenAsync(TimeProvider time) =>
        ValueTask.FromResult<IWorkStore>(store ??= new InMemoryWorkStore(time));
}
