using Liaison.Connectors;
using Liaison.Model;
using Liaison.Storage.Sqlite;
using Liaison.Testing.Conformance;
using Liaison.Testing.Stores;

namespace Liaison.Storage.Tests.Sqlite;

[Conforms(typeof(SqliteCallLog))]
public sealed class SqliteCallLogTests : CallLogConformance, IAsyncDisposable
{
    private readonly SqliteFolder folder = new();
    private readonly List<SqliteCallLog> opened = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        foreach (var log in opened)
        {
            await log.DisposeAsync();
        }

        await folder.DisposeAsync();
    }

    [Fact]
    public async Task Many_calls_are_written_without_anybody_asking()
    {
        var database = await folder.OpenAsync(TimeProvider.System);
        await using var log = new SqliteCallLog(database);

        for (var number = 0; number < 256; number++)
        {
            await log.AppendAsync(Call(number), Token);
        }

        (await RowsAsync(database)).ShouldBe(256);
    }

    [Fact]
    public async Task What_has_gathered_is_written_as_time_passes()
    {
        var time = new TickingTime();
        var database = await folder.OpenAsync(time);
        await using var log = new SqliteCallLog(database);
        await log.AppendAsync(Call(1), Token);

        time.Tick();

        (await RowsAsync(database)).ShouldBe(1);
    }

    [Fact]
    public async Task A_failure_is_written_at_once()
    {
        var database = await folder.OpenAsync(new TickingTime());
        await using var log = new SqliteCallLog(database);

        await log.AppendAsync(Call(1) with { FailureKind = "Unavailable" }, Token);

        (await RowsAsync(database)).ShouldBe(1);
    }

    [Fact]
    public async Task A_disk_that_refuses_for_long_costs_successes_and_no_failure()
    {
        var database = await folder.OpenAsync(new TickingTime());
        await using var log = new SqliteCallLog(database);
        await database.WriteAsync(session => session.Statement("PRAGMA max_page_count = 1").Number(), Token);
        for (var number = 0; number < 20_000; number++)
        {
            await log.AppendAsync(Call(number) with { FailureKind = number % 4 == 0 ? "Unavailable" : null, Path = new string('x', 1000) }, Token);
        }

        await database.WriteAsync(session => session.Statement("PRAGMA max_page_count = 1000000").Number(), Token);
        var summary = await log.SummarizeAsync("run-1", Token);

        summary.Failed.ShouldBe(5_000);
        summary.Calls.ShouldBeInRange(10_000, 16_384);
    }

    [Fact]
    public async Task A_disk_that_refuses_for_a_while_costs_no_line()
    {
        var database = await folder.OpenAsync(TimeProvider.System);
        await using var log = new SqliteCallLog(database);
        await database.WriteAsync(session => session.Statement("PRAGMA max_page_count = 1").Number(), Token);
        for (var number = 0; number < 200; number++)
        {
            await log.AppendAsync(Call(number) with { Path = new string('x', 1000) }, Token);
        }

        await Should.ThrowAsync<StorageException>(() => log.SummarizeAsync("run-1", Token));
        await database.WriteAsync(session => session.Statement("PRAGMA max_page_count = 100000").Number(), Token);

        (await log.SummarizeAsync("run-1", Token)).Calls.ShouldBe(200);
    }

    protected override async ValueTask<ICallLog> OpenAsync(TimeProvider time)
    {
        var log = new SqliteCallLog(await folder.OpenAsync(time));
        opened.Add(log);
        return log;
    }

    private static CallEntry Call(int second) => new(
        new ConnectionName("demo"), "run-1", CrmOperation.Read, "contacts.batch-read", "POST", "/contacts", 200, FailureKind: null,
        CorrelationId: null, RecordCount: 1, Attempt: 1, TimeSpan.Zero, TimeSpan.Zero, DateTimeOffset.UnixEpoch.AddSeconds(second));

    // The count goes through the writer's queue, behind whatever the log has sent there.
    private static Task<long?> RowsAsync(SqliteDatabase database) =>
        database.WriteAsync(session => session.Statement("SELECT count(*) FROM crm_calls").Number(), Token);

    /// <summary>A clock whose timers go off when a test says so.</summary>
    private sealed class TickingTime : TimeProvider
    {
        private Action tick = () => { };

        public void Tick() => tick();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            tick = () => callback(state);
            return base.CreateTimer(_ => { }, state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
