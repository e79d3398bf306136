using Liaison.Identity;
using Liaison.Model;
using Liaison.Storage.Postgres;
using Liaison.Testing;
using Liaison.Work;

namespace Liaison.Storage.Tests.Postgres;

/// <summary>Two nodes on one database: what one sets going the other hears of, and finds by looking where it does not.</summary>
public sealed class PostgresHintTests(PostgresServer server) : IAsyncLifetime
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    // No claim about speed: only that a test which would wait for ever fails.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    // Stands still, so that an interval ends only where a test lets it.
    private readonly ManualTime time = new();
    private PostgresPlace place = null!;
    private PostgresWorkStore here = null!;
    private PostgresWorkStore there = null!;
    private int looks;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        place = await server.CreateAsync();
        here = new PostgresWorkStore(await place.OpenAsync(TimeProvider.System));
        there = new PostgresWorkStore(await place.OpenAsync(TimeProvider.System));
        await here.CreateRunAsync(PausedRun("run-1"), Token);
    }

    public ValueTask DisposeAsync() => place.DisposeAsync();

    [Fact]
    public async Task A_run_that_one_node_sets_going_is_taken_up_by_another_before_its_interval_ends()
    {
        var taking = TakeUpAsync();
        await UntilAsync(() => there.HintsHeard > 0);

        await here.TryMoveAsync("run-1", RunState.Paused, RunState.Running, null, Token);

        (await taking.WaitAsync(Patience, Token)).Id.ShouldBe("run-1");
    }

    [Fact]
    public async Task Items_that_one_worker_hands_over_end_the_wait_of_another()
    {
        var items = await here.AddItemsAsync(
            "run-1", [new RecordRef(new ConnectionName("demo"), RecordType.Contact, "1")], null, "w1", TimeSpan.FromMinutes(5), Token);
        var claiming = ClaimAsync();
        await UntilAsync(() => there.HintsHeard > 0);

        await here.HandOverAsync("run-1", items, Token);

        (await claiming.WaitAsync(Patience, Token)).ShouldHaveSingleItem().Sequence.ShouldBe(1);
    }

    [Fact]
    public async Task Where_hints_are_lost_the_next_look_finds_the_run()
    {
        var taking = TakeUpAsync();
        await UntilAsync(() => there.HintsHeard > 0);
        await UntilAsync(() => Volatile.Read(ref looks) > 1);
        var heard = there.HintsHeard;
        await place.RunAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'");

        await here.TryMoveAsync("run-1", RunState.Paused, RunState.Running, null, Token);
        await UntilAsync(() =>
        {
            time.Advance(Interval);
            return taking.IsCompleted;
        });

        (await taking).Id.ShouldBe("run-1");
        there.HintsHeard.ShouldBe(heard);
    }

    [Fact]
    public async Task What_was_told_between_the_look_and_the_wait_ends_the_wait_at_once()
    {
        var waiting = there.WaitForHintAsync(there.HintsHeard, Interval, time, Token);
        await waiting.WaitAsync(Patience, Token);
        var heard = there.HintsHeard;

        await here.TryMoveAsync("run-1", RunState.Paused, RunState.Running, null, Token);
        await UntilAsync(() => there.HintsHeard > heard);

        await there.WaitForHintAsync(heard, Interval, time, Token).WaitAsync(Patience, Token);
    }

    // As a serving node does it: look, and wait for a hint or the interval.
    private async Task<Run> TakeUpAsync()
    {
        while (true)
        {
            var heard = there.HintsHeard;
            Interlocked.Increment(ref looks);
            if (await there.ListRunsAsync(RunState.Running, Token) is [var run])
            {
                return run;
            }

            await there.WaitForHintAsync(heard, Interval, time, Token);
        }
    }

    private async Task<IReadOnlyList<WorkItem>> ClaimAsync()
    {
        while (true)
        {
            var heard = there.HintsHeard;
            if (await there.ClaimAsync("run-1", "w2", 10, TimeSpan.FromMinutes(5), Token) is { Count: > 0 } items)
            {
                return items;
            }

            await there.WaitForHintAsync(heard, Interval, time, Token);
        }
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Token);
        }
    }

    private static Run PausedRun(string id) => new(
        id, "qualify", new ConnectionName("demo"), new Caller(new Subject(SubjectKind.Principal, "qualification"), new Actor("qualify"), Purpose.Qualification),
        RunState.Paused, "{}", Cursor: null, Selected: false, Reason: null, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, FinishedAt: null);
}
