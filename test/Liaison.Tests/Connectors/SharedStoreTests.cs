using Liaison.Connectors;
using Liaison.Testing.Stores;
using Liaison.Work;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Tests.Connectors;

public sealed class SharedStoreTests
{
    [Fact]
    public void Nodes_that_share_their_runs_must_share_the_budgets_too()
    {
        using var apart = Compose(isShared: true);
        using var alone = Compose(isShared: false);

        Should.Throw<InvalidOperationException>(() => apart.GetRequiredService<ISlotStore>()).Message
            .ShouldContain("add an ISlotStore on the same database");
        alone.GetRequiredService<ISlotStore>().ShouldBeOfType<LocalSlotStore>();
    }

    private static ServiceProvider Compose(bool isShared) => new ServiceCollection()
        .AddSingleton<IWorkStore>(new InMemoryWorkStore(TimeProvider.System) { IsShared = isShared })
        .AddLiaison()
        .BuildServiceProvider();
}
