using Liaison.Connectors;
using Liaison.Testing.Conformance;
using Liaison.Testing.Stores;

namespace Liaison.Storage.Tests.InMemory;

[Conforms(typeof(InMemoryCallLog))]
public sealed class InMemoryCallLogTests : CallLogConformance
{
    private InMemoryCallLog? store;

    protected override ValueTask<ICallLog> OpenAsync(TimeProvider time) =>
        ValueTask.FromResult<ICallLog>(store ??= new InMemoryCallLog());
}
