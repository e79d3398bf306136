using Liaison.Work;
using Liaison.Testing.Conformance;
using Liaison.Testing.Stores;

namespace Liaison.Storage.Tests.InMemory;

[Conforms(typeof(InMemoryScheduleStore))]
public sealed class InMemoryScheduleStoreTests : ScheduleStoreConformance
{
    private InMemoryScheduleStore? store;

    protected override ValueTask<IScheduleStore> OpenAsync(TimeProvider time) =>
        ValueTask.FromResult<IScheduleStore>(store ??= new InMemoryScheduleStore(time));
}
