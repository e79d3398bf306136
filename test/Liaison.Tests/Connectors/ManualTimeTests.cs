using Liaison.Testing;

namespace Liaison.Tests.Connectors;

public sealed class ManualTimeTests
{
    [Fact]
    public void Timers_fire_in_order_each_at_its_own_instant()
    {
        var time = new ManualTime();
        var start = time.GetUtcNow();
        var fired = new List<(string Name, double Seconds)>();

        using var late = time.CreateTimer(_ => fired.Add(("late", (time.GetUtcNow() - start).TotalSeconds)), null, TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);
        using var ticking = time.CreateTimer(_ => fired.Add(("tick", (time.GetUtcNow() - start).TotalSeconds)), null, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2));
        time.Advance(TimeSpan.FromSeconds(6));

        fired.ShouldBe([("tick", 2), ("tick", 4), ("late", 5), ("tick", 6)]);
        (time.GetUtcNow() - start).ShouldBe(TimeSpan.FromSeconds(6));
    }

    [Fact]
    public async Task A_delay_ends_when_the_clock_passes_it_and_not_before()
    {
        var time = new ManualTime();

        var delay = Task.Delay(TimeSpan.FromSeconds(10), time, TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(9));
        var before = delay.IsCompleted;
        time.Advance(TimeSpan.FromSeconds(1));
        await delay;

        before.ShouldBeFalse();
        time.Pending.ShouldBeEmpty();
    }
}
