using Liaison.Alerts;
using Liaison.Testing.Conformance;
using Liaison.Testing.Stores;

namespace Liaison.Storage.Tests.InMemory;

[Conforms(typeof(InMemoryAlertStore))]
public sealed class InMemoryAlertStoreTests : AlertStoreConformance
{
    private InMemoryAlertStore? store;

    protected override ValueTask<IAlertStore> OpenAsync(TimeProvider time) =>
        ValueTask.FromResult<IAlertStore>(store ??= new InMemoryAlertStore(time));
}
