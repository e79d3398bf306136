using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Testing;
using Liaison.Testing.Stores;
using Liaison.Tests.Identity;
using Liaison.Work;

namespace Liaison.Tests.Connectors;

/// <summary>Each connection and each of its limits has a budget of its own: one connection's storm never slows another (R100).</summary>
public sealed class StormTests : IDisposable
{
    private static readonly IConnector Crm = new StandInConnector
    {
        Descriptor = StandInConnector.Describe([
            new Limit(LimitKind.Burst, 10, TimeSpan.FromSeconds(1)),
            new Limit(LimitKind.Search, 10, TimeSpan.FromSeconds(1)),
            new Limit(LimitKind.Concurrency, 5, TimeSpan.Zero),
            new Limit(LimitKind.Daily, 1_000, TimeSpan.FromDays(1)),
        ]),
    };

    private readonly ManualTime time = new();
    private readonly CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly Throttles throttles;

    public StormTests()
    {
        var options = new ConnectionOptions { Crm = "standin", Environment = CrmEnvironment.Sandbox, Credentials = new CredentialOptions { Account = "env:ACCOUNT" } };
        throttles = new Throttles(
            new ConnectionRegistry(new Dictionary<string, ConnectionOptions> { ["stormy"] = options, ["calm"] = options }, [Crm]),
            new ConnectorRegistry([Crm]),
            new InMemoryBudgetStore(),
            new LocalSlotStore(time),
            new IdSource(time),
            new ChannelOptions(),
            new Random(5),
            time);
    }

    private Throttle Stormy => throttles.Of(new ConnectionName("stormy")).Found();

    private Throttle Calm => throttles.Of(new ConnectionName("calm")).Found();

    public void Dispose()
    {
        ending.Cancel();
        throttles.Dispose();
        ending.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_call_of_another_connection_starts_at_the_same_instant(bool interactive)
    {
        var lane = interactive ? Lane.Interactive : Lane.Batch;
        var begun = time.GetUtcNow();
        var queued = Enumerable.Range(0, 500).Select(_ => EnterAsync(Stormy, CrmOperation.Read, Lane.Batch)).ToList();
        await Stormy.SilenceAsync(CrmOperation.Read, LimitKind.Burst, TimeSpan.FromSeconds(10), ending.Token);
        await Stormy.StopDayAsync(LimitKind.Daily, ending.Token);
        await Stormy.CorrectAsync([new LimitReading(LimitKind.Burst) { Permits = 1, Window = TimeSpan.FromSeconds(1) }], ending.Token);

        (await EnterAsync(Calm, CrmOperation.Read, lane)).Failure.ShouldBeNull();

        time.GetUtcNow().ShouldBe(begun);
        queued.Count(call => !call.IsCompleted).ShouldBeGreaterThan(400);
        (await EnterAsync(Stormy, CrmOperation.Read, lane)).Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.QuotaExhausted);
    }

    [Fact]
    public async Task A_search_starts_at_the_same_instant_whatever_waits_under_the_other_limits_of_its_connection()
    {
        var begun = time.GetUtcNow();
        var queued = Enumerable.Range(0, 500).Select(_ => EnterAsync(Stormy, CrmOperation.Read, Lane.Batch)).ToList();

        (await EnterAsync(Stormy, CrmOperation.Query, Lane.Batch)).Failure.ShouldBeNull();

        time.GetUtcNow().ShouldBe(begun);
        queued.Count(call => !call.IsCompleted).ShouldBeGreaterThan(400);
    }

    private Task<Result<Done>> EnterAsync(Throttle throttle, CrmOperation operation, Lane lane) => throttle.EnterAsync(operation, lane, ending.Token).AsTask();
}
