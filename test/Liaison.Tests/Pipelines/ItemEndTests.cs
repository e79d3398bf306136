using Liaison.Failures;
using Liaison.Pipelines;
using Liaison.Work;

namespace Liaison.Tests.Pipelines;

public sealed class ItemEndTests
{
    [Theory]
    [InlineData(FailureKind.NotFound, ItemState.Gone, false)]
    [InlineData(FailureKind.QuotaExhausted, ItemState.Parked, true)]
    [InlineData(FailureKind.Unauthenticated, ItemState.Parked, true)]
    [InlineData(FailureKind.Forbidden, ItemState.Parked, true)]
    [InlineData(FailureKind.Drifted, ItemState.Parked, true)]
    [InlineData(FailureKind.Denied, ItemState.Parked, true)]
    [InlineData(FailureKind.Unsupported, ItemState.Parked, true)]
    [InlineData(FailureKind.Ambiguous, ItemState.Parked, false)]
    [InlineData(FailureKind.Invalid, ItemState.Dead, false)]
    [InlineData(FailureKind.Conflict, ItemState.Dead, false)]
    [InlineData(FailureKind.Duplicate, ItemState.Dead, false)]
    [InlineData(FailureKind.NeedsApproval, ItemState.Parked, true)]
    [InlineData(FailureKind.RateLimited, ItemState.Dead, false)]
    [InlineData(FailureKind.Unavailable, ItemState.Dead, false)]
    public void Each_failure_has_its_end(FailureKind kind, ItemState end, bool stops)
    {
        ItemEnd.Of(kind).ShouldBe(end);
        ItemEnd.StopsRun(kind).ShouldBe(stops);
    }

    [Fact]
    public void No_failure_is_without_an_end()
    {
        foreach (var kind in Enum.GetValues<FailureKind>())
        {
            Should.NotThrow(() => ItemEnd.Of(kind));
        }
    }
}
