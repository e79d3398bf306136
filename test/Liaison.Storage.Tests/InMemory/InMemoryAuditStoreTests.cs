using Liaison.Audit;
using Liaison.Testing.Conformance;
using Liaison.Testing.Stores;

namespace Liaison.Storage.Tests.InMemory;

[Conforms(typeof(InMemoryAuditStore))]
public sealed class InMemoryAuditStoreTests : AuditStoreConformance
{
    private InMemoryAuditStore? store;

    protected override ValueTask<IAuditStore> OpenAsync(TimeProvider time) =>
        ValueTask.FromResult<IAuditStore>(store ??= new InMemoryAuditStore());
}
