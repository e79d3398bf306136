using Liaison.Connectors;

namespace Liaison.Tests.Connectors;

public sealed class CallPlanTests
{
    private static readonly Dictionary<CrmOperation, OperationDescriptor> Operations = new()
    {
        [CrmOperation.Query] = new(200, [LimitKind.Search, LimitKind.Daily]),
        [CrmOperation.Read] = new(100, [LimitKind.Burst, LimitKind.Daily, LimitKind.Concurrency]),
        [CrmOperation.Write] = new(100, [LimitKind.Burst, LimitKind.Daily, LimitKind.Concurrency]),
    };

    private static readonly LimitProfile Professional = new("professional",
    [
        new Limit(LimitKind.Burst, 190, TimeSpan.FromSeconds(10)),
        new Limit(LimitKind.Search, 5, TimeSpan.FromSeconds(1)),
        new Limit(LimitKind.Daily, 650_000, TimeSpan.FromDays(1)),
        new Limit(LimitKind.Concurrency, 6, TimeSpan.Zero),
    ]);

    [Fact]
    public void The_least_time_is_that_of_the_slowest_limit_and_the_first_call_is_free()
    {
        var calls = new Dictionary<CrmOperation, long> { [CrmOperation.Query] = 50, [CrmOperation.Read] = 10, [CrmOperation.Write] = 100 };

        var plan = CallPlan.Of(calls, Operations, Professional, 0.8);

        plan.Total.ShouldBe(160);
        plan.Spent[LimitKind.Burst].ShouldBe(110);
        plan.LeastTime.TotalSeconds.ShouldBe(49 / 4.0, 0.001);
        plan.DailyShare!.Value.ShouldBe(160 / 520_000.0, 1e-9);
    }

    [Fact]
    public void A_profile_without_limits_costs_no_time_and_no_share()
    {
        var calls = new Dictionary<CrmOperation, long> { [CrmOperation.Write] = 100 };

        var plan = CallPlan.Of(calls, Operations, new LimitProfile("none", []), 0.8);

        plan.LeastTime.ShouldBe(TimeSpan.Zero);
        plan.DailyShare.ShouldBeNull();
    }
}
