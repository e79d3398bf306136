using Liaison.Identity;
using Liaison.Model;
using Liaison.Storage.Postgres;
using Liaison.Testing.Conformance;
using Liaison.Testing.Stores;
using Liaison.Work;
using Npgsql;

namespace Liaison.Storage.Tests.Postgres;

[Conforms(typeof(PostgresEndedRunStore))]
public sealed class PostgresEndedRunStoreTests(PostgresServer server) : EndedRunStoreConformance, IAsyncLifetime
{
    private const string Partitions = "SELECT count(*) FROM pg_inherits WHERE inhparent = 'work_items'::regclass";
    private static readonly ConnectionName Connection = new("demo");

    private PostgresPlace place = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => place = await server.CreateAsync();

    public ValueTask DisposeAsync() => place.DisposeAsync();

    protected override async ValueTask<EndedRunStores> OpenAsync(TimeProvider time)
    {
        var database = await place.OpenAsync(time);
        return new EndedRunStores(new PostgresWorkStore(database), new PostgresDeadLetterStore(database), new PostgresEndedRunStore(database));
    }

    [Fact]
    public async Task A_week_goes_as_a_file_and_one_with_a_run_that_goes_on_stays_whole()
    {
        var clock = new SuiteClock();
        var (work, _, ended) = await OpenAsync(clock);
        await EndAsync(work, ended, "run-1", clock);
        clock.Advance(TimeSpan.FromDays(7));
        await EndAsync(work, ended, "run-2", clock);
        await work.CreateRunAsync(RunOf("run-3", clock.GetUtcNow()), Token);
        (await ended.DropAsync(Token)).ShouldBe(new DroppedItems(0, 0));
        clock.Advance(TimeSpan.FromDays(40));

        (await ended.DropAsync(Token)).ShouldBe(new DroppedItems(1, 10));

        (await place.NumberAsync(Partitions)).ShouldBe(1);
        (await work.CountAsync("run-1", Token)).Done.ShouldBe(10);
        await work.SetStateAsync("run-3", RunState.Cancelled, "cancelled by a person", Token);
        await ended.NoteAsync("run-3", "{}", last: true, Token);
        (await ended.DropAsync(Token)).ShouldBe(new DroppedItems(1, 10));
        (await place.NumberAsync(Partitions)).ShouldBe(0);
    }

    [Fact]
    public async Task A_drop_gives_way_to_whoever_has_the_items_and_is_made_the_next_time()
    {
        var clock = new SuiteClock();
        var (work, _, ended) = await OpenAsync(clock);
        await EndAsync(work, ended, "run-1", clock);
        clock.Advance(TimeSpan.FromDays(40));
        await using var other = new NpgsqlConnection(place.ConnectionString);
        await other.OpenAsync(Token);
        await using var transaction = await other.BeginTransactionAsync(Token);
        await using var command = new NpgsqlCommand("LOCK TABLE work_items IN ROW EXCLUSIVE MODE", other, transaction);
        await command.ExecuteNonQueryAsync(Token);

        var dropping = ended.DropAsync(Token);
        (await work.CountAsync("run-1", Token)).Done.ShouldBe(10);
        await transaction.RollbackAsync(Token);

        (await dropping).ShouldBe(new DroppedItems(1, 10));
        (await work.CountAsync("run-1", Token)).Done.ShouldBe(10);
    }

    private static async Task EndAsync(IWorkStore work, IEndedRunStore ended, string run, SuiteClock clock)
    {
        await work.CreateRunAsync(RunOf(run, clock.GetUtcNow()), Token);
        var records = Enumerable.Range(1, 10).Select(number => new RecordRef(Connection, RecordType.Contact, $"{number}")).ToList();
        var items = await work.AddItemsAsync(run, records, null, "w1", TimeSpan.FromMinutes(1), Token);
        await work.CompleteAsync(run, [.. items.Select(item => new ItemOutcome(item.Sequence, item.Fence, ItemState.Done))], Token);
        await work.SetStateAsync(run, RunState.Finished, null, Token);
        await ended.NoteAsync(run, "{}", last: true, Token);
    }

    private static Run RunOf(string id, DateTimeOffset createdAt) => new(
        id, "qualify", Connection, new Caller(new Subject(SubjectKind.Principal, "qualification"), new Actor("qualify"), Purpose.Qualification),
        RunState.Running, "{}", Cursor: null, Selected: false, Reason: null, createdAt, createdAt, FinishedAt: null);
}
