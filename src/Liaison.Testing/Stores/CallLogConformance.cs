using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
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
    public async Task A_call_is_listed_with_all_that_was_told_of_it()
    {
        var log = await OpenAsync(clock);
        var whole = Whole();
        await AppendAsync(log, whole, Sample.Call(null, CrmOperation.Describe));

        var listed = await log.ListAsync(new CallQuery(), Token);

        listed.Count.ShouldBe(2);
        listed[0].Number.ShouldBeGreaterThan(listed[1].Number);
        listed[0].Entry.ShouldBe(Sample.Call(null, CrmOperation.Describe) with { RecordIds = listed[0].Entry.RecordIds });
        listed[1].Entry.RecordIds.ShouldBe(whole.RecordIds);
        (listed[1].Entry with { RecordIds = whole.RecordIds }).ShouldBe(whole);
    }

    [Fact]
    public async Task Calls_are_found_by_record_run_actor_connection_status_failure_time_and_every_id_that_joins_them()
    {
        var log = await OpenAsync(clock);
        var other = Sample.Call("run-2", CrmOperation.Read, at: Sample.Start.AddHours(1)) with
        {
            Connection = new ConnectionName("other"), Actor = "cli", CorrelationId = "corr-9", RecordIds = ["501", "50"], TraceId = "trc-9", CallerId = "mine-9",
        };
        await AppendAsync(log, Whole(), other);

        foreach (var ofFirst in new CallQuery[]
        {
            new() { RecordId = "5" },
            new() { RunId = "run-1" },
            new() { Actor = "qualify" },
            new() { Connection = Sample.Connection },
            new() { Status = 400 },
            new() { FailuresOnly = true },
            new() { Until = Sample.Start.AddHours(1) },
            new() { Correlation = "trc-1" },
            new() { Correlation = "mine-1" },
            new() { Correlation = "corr-1" },
        })
        {
            (await log.ListAsync(ofFirst, Token)).ShouldHaveSingleItem().Entry.RunId.ShouldBe("run-1", ofFirst.ToString());
        }

        (await log.ListAsync(new CallQuery { Since = Sample.Start.AddHours(1) }, Token)).ShouldHaveSingleItem().Entry.RunId.ShouldBe("run-2");
        (await log.ListAsync(new CallQuery { RunId = "run-1", FailuresOnly = true, RecordId = "501" }, Token)).ShouldHaveSingleItem();
        (await log.ListAsync(new CallQuery { RecordId = "0" }, Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gaps_while_calls_are_added()
    {
        var log = await OpenAsync(clock);
        for (var number = 0; number < 7; number++)
        {
            await log.AppendAsync(Sample.Call("run-1", CrmOperation.Read) with { Attempt = number }, Token);
        }

        var first = await log.ListAsync(new CallQuery(3), Token);
        await log.AppendAsync(Sample.Call("run-1", CrmOperation.Read) with { Attempt = 99 }, Token);
        var second = await log.ListAsync(new CallQuery(3) { Before = first[^1].Number }, Token);
        var third = await log.ListAsync(new CallQuery(3) { Before = second[^1].Number }, Token);

        first.Concat(second).Concat(third).Select(row => row.Entry.Attempt).ShouldBe([6, 5, 4, 3, 2, 1, 0]);
    }

    [Fact]
    public async Task What_is_too_old_or_too_much_is_purged_and_the_newest_stay()
    {
        var log = await OpenAsync(clock);
        for (var second = 0; second < 100; second++)
        {
            await log.AppendAsync(Sample.Call("run-1", CrmOperation.Read, at: Sample.Start.AddSeconds(second)), Token);
        }

        (await log.PurgeAsync(Sample.Start.AddSeconds(30), rowsKept: 1000, Token)).ShouldBe(30);
        (await log.PurgeAsync(Sample.Start, rowsKept: 50, Token)).ShouldBe(20);

        (await log.SummarizeAsync("run-1", Token)).First.ShouldBe(Sample.Start.AddSeconds(50));
        (await log.ListAsync(new CallQuery(1000), Token)).Count.ShouldBe(50);
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

    private static CallEntry Whole() => Sample.Call("run-1", CrmOperation.Write, 400, nameof(FailureKind.Invalid)) with
    {
        Host = "api.acme.test",
        Actor = "qualify",
        TraceId = "trc-1",
        CallerId = "mine-1",
        RecordIds = ["5", "501"],
        Told = "HubSpot refused a value.",
        RequestBody = """{"inputs":["[text 4]"]}""",
        AnswerBody = """{"category":"VALIDATION_ERROR"}""",
    };

    private static async Task AppendAsync(ICallLog log, params IReadOnlyList<CallEntry> entries)
    {
        foreach (var entry in entries)
        {
            await log.AppendAsync(entry, Token);
        }
    }
}
