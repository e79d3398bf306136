using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Testing.Conformance;
using Shouldly;
using Xunit;

namespace Liaison.Testing.Stores;

/// <summary>What every call log must do: sums that hold every call made so far.</summary>
[ConformanceSuite(typeof(ICallLog))]
public abstract class CallLogConformance
{
    private readonly SuiteClock clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Opens the test's storage, which is empty at first, as one more process beside those that have it open.</summary>
    /// <remarks>The deriving class closes what it opened when it is disposed; closing twice must do no harm.</remarks>
    protected abstract ValueTask<ICallLog> OpenAsync(TimeProvider time);

    [Fact]
    public async Task A_run_without_calls_has_an_empty_summary()
    {
        var log = await OpenAsync(clock);

        var summary = await log.SummarizeAsync("run-1", Token);

        summary.Calls.ShouldBe(0);
        summary.ByOperation.ShouldBeEmpty();
        (summary.First, summary.Last).ShouldBe((null, null));
    }

    [Fact]
    public async Task A_summary_holds_what_was_appended_just_before()
    {
        var log = await OpenAsync(clock);
        await log.AppendAsync(Sample.Call("run-1", CrmOperation.Read), Token);

        (await log.SummarizeAsync("run-1", Token)).Calls.ShouldBe(1);
    }

    [Fact]
    public async Task Calls_are_summed_by_operation_for_their_run_only()
    {
        var log = await OpenAsync(clock);
        await AppendAsync(
            log,
            Sample.Call("run-1", CrmOperation.ReadAssociations),
            Sample.Call("run-1", CrmOperation.Write),
            Sample.Call("run-1", CrmOperation.Write),
            Sample.Call("run-2", CrmOperation.Write),
            Sample.Call(null, CrmOperation.Describe));

        var summary = await log.SummarizeAsync("run-1", Token);

        summary.ByOperation.OrderBy(pair => pair.Key).ShouldBe(
            [KeyValuePair.Create(CrmOperation.ReadAssociations, 1L), KeyValuePair.Create(CrmOperation.Write, 2L)]);
        summary.Failed.ShouldBe(0);
        summary.Throttled.ShouldBe(0);
    }

    [Fact]
    public async Task Failures_are_counted_and_refusals_for_number_apart()
    {
        var log = await OpenAsync(clock);
        await AppendAsync(
            log,
            Sample.Call("run-1", CrmOperation.Read, 429, nameof(FailureKind.RateLimited)),
            Sample.Call("run-1", CrmOperation.Read, 403, nameof(FailureKind.QuotaExhausted)),
            Sample.Call("run-1", CrmOperation.Write, 503, nameof(FailureKind.Unavailable)),
            Sample.Call("run-1", CrmOperation.Write, null, nameof(FailureKind.Ambiguous)),
            Sample.Call("run-1", CrmOperation.Write));

        var summary = await log.SummarizeAsync("run-1", Token);

        summary.Calls.ShouldBe(5);
        summary.Failed.ShouldBe(4);
        summary.Throttled.ShouldBe(2);
    }

    [Fact]
    public async Task A_summary_tells_of_the_first_and_the_last_call_in_whatever_order_they_came()
    {
        var log = await OpenAsync(clock);
        await AppendAsync(
            log,
            Sample.Call("run-1", CrmOperation.Read, at: Sample.Start.AddSeconds(7)),
            Sample.Call("run-1", CrmOperation.Write, at: Sample.Start.AddSeconds(2)),
            Sample.Call("run-1", CrmOperation.Write, at: Sample.Start.AddSeconds(9)));

        var summary = await log.SummarizeAsync("run-1", Token);

        summary.First.ShouldBe(Sample.Start.AddSeconds(2));
        summary.Last.ShouldBe(Sample.Start.AddSeconds(9));
    }

    [Fact]
    public async Task Nothing_is_lost_or_doubled_when_many_append_and_ask_at_once()
    {
        var log = await OpenAsync(clock);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            async () =>
            {
                for (var number = 0; number < 500; number++)
                {
                    await log.AppendAsync(Sample.Call("run-1", CrmOperation.Read), Token);
                    if (number % 100 == 0)
                    {
                        await log.SummarizeAsync("run-1", Token);
                    }
                }
            },
            Token)));

        (await log.SummarizeAsync("run-1", Token)).Calls.ShouldBe(4000);
    }

    [Fact]
    public async Task A_log_that_was_closed_in_order_has_lost_nothing()
    {
        var log = await OpenAsync(clock);
        await log.AppendAsync(Sample.Call("run-1", CrmOperation.Read), Token);

        if (log is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }

        (await (await OpenAsync(clock)).SummarizeAsync("run-1", Token)).Calls.ShouldBe(1);
    }

    private static async Task AppendAsync(ICallLog log, params IReadOnlyList<CallEntry> entries)
    {
        foreach (var entry in entries)
        {
            await log.AppendAsync(entry, Token);
        }
    }
}
