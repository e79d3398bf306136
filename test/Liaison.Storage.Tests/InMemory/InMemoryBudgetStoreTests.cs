using Liaison.Connectors;
using Liaison.Testing.Conformance;
using Liaison.Testing.Stores;

namespace Liaison.Storage.Tests.InMemory;

[Conforms(typeof(InMemoryBudgetStore))]
public sealed class InMemoryBudgetStoreTests : BudgetStoreConformance
{
    private InMemoryBudgetStore? store;

    protected override ValueTask<IBudgetStore> OpenAsync(TimeProvider time) =>
        ValueTask.FromResult<IBudgetStore>(store ??= new InMemoryBudgetStore());
}
