using Liaison.Audit;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Storage.Migrations;
using Liaison.Storage.Postgres;
using Liaison.Testing.Postgres;
using Liaison.Work;
using Npgsql;

namespace Liaison.Storage.Tests.Postgres;

/// <summary>What becomes of work when the network between node and database fails.</summary>
public sealed class PostgresLossTests(PostgresServer server) : IAsyncLifetime
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    private readonly RecordingLogger<PostgresDatabase> log = new();
    private PostgresPlace place = null!;
    private CuttableNetwork network = null!;
    private PostgresDatabase database = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        place = await server.CreateAsync();
        network = new CuttableNetwork(new NpgsqlConnectionStringBuilder(place.ConnectionString).Port);
        database = await OpenAsync(TimeSpan.FromSeconds(30));
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        await network.DisposeAsync();
        await place.DisposeAsync();
    }

    [Theory]
    [InlineData((int)CommitCut.BeforeItArrives)]
    [InlineData((int)CommitCut.BeforeItIsAnswered)]
    public async Task An_entry_stands_once_whenever_the_network_fails_around_its_commit(int when)
    {
        using var audit = new PostgresAuditStore(database);
        await audit.AppendAsync([Entry("t1")], Token);
        network.CutAtNextCommit((CommitCut)when);

        await audit.AppendAsync([Entry("t2")], Token);

        network.Cuts.ShouldBe(1);
        var traces = await audit.ReadAsync(new AuditQuery(), Token).Select(row => AuditChain.Open(row).TraceId).ToListAsync(Token);
        traces.ShouldBe(["t1", "t2"]);
        (await AuditVerification.WalkAsync(audit, Token)).ShouldBe(new AuditVerification(2, FirstBroken: null));
    }

    [Fact]
    public async Task An_end_that_was_stored_is_told_as_stored_though_its_answer_was_lost()
    {
        var work = new PostgresWorkStore(database);
        await work.CreateRunAsync(SampleRun("run-1"), Token);
        var items = await work.AddItemsAsync("run-1", Records(3), next: null, "w1", Lease, Token);
        network.CutAtNextCommit(CommitCut.BeforeItIsAnswered);

        var taken = await work.CompleteAsync("run-1", [.. items.Select(item => new ItemOutcome(item.Sequence, item.Fence, ItemState.Done))], Token);

        network.Cuts.ShouldBe(1);
        taken.ShouldBe(3);
    }

    [Fact]
    public async Task Items_all_get_their_end_through_a_network_that_fails_again_and_again()
    {
        var work = new PostgresWorkStore(database);
        await work.CreateRunAsync(SampleRun("run-1"), Token);
        await work.AddItemsAsync("run-1", Records(3000), next: null, "w0", Lease, Token);
        await work.ReleaseAsync("run-1", Token);

        var workers = Task.WhenAll(Enumerable.Range(0, 4).Select(number => Task.Run(() => WorkAsync(work, $"w{number}"), Token)));
        for (var fall = 0; fall < 5; fall++)
        {
            await UntilDoneAsync(work, (fall + 1) * 400);
            network.Cut();
            network.Mend();
            network.CutAtNextCommit(fall % 2 == 0 ? CommitCut.BeforeItArrives : CommitCut.BeforeItIsAnswered);
        }

        var ended = await workers;

        ended.Sum().ShouldBe(3000);
        (await work.CountAsync("run-1", Token)).ShouldBe(new RunCounts(0, 0, Done: 3000, 0, 0, 0, 0));
    }

    [Fact]
    public async Task A_loss_is_told_once_and_so_is_its_end()
    {
        var secrets = new PostgresSecretStore(database);
        network.Cut();

        var writes = Task.WhenAll(Enumerable.Range(0, 10).Select(number => secrets.PutAsync($"name-{number}", [1], Token)));
        await log.ToldAsync("cannot be reached");
        network.Mend();
        await writes;

        log.Lines.Count(line => line.Contains("cannot be reached", StringComparison.Ordinal)).ShouldBe(1);
        log.Lines.Count(line => line.EndsWith("is back", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task When_patience_ends_one_sentence_tells_it_and_later_work_goes_on()
    {
        await using var hasty = await OpenAsync(TimeSpan.FromMilliseconds(200));
        var secrets = new PostgresSecretStore(hasty);
        network.Cut();

        var error = await Should.ThrowAsync<StorageException>(() => secrets.PutAsync("name", [1], Token));
        network.Mend();
        await secrets.PutAsync("name", [2], Token);

        error.Message.ShouldContain("cannot be reached");
        (await secrets.GetAsync("name", Token)).ShouldBe([2]);
    }

    [Fact]
    public async Task A_hold_ends_with_its_connection_and_not_before()
    {
        var away = new PostgresWorkStore(database);
        var here = new PostgresWorkStore(await place.OpenAsync(TimeProvider.System));
        await using var held = await away.TryHoldAsync("run-1", Token);
        (await here.TryHoldAsync("run-1", Token)).ShouldBeNull();

        network.Cut();

        await using var taken = await UntilHeldAsync(here);
        taken.ShouldNotBeNull();
        (await held!.StandsAsync(Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task Two_writes_that_wait_for_each_other_both_succeed()
    {
        await place.RunAsync("INSERT INTO secrets VALUES ('a', '', now()), ('b', '', now())");
        var met = new TaskCompletionSource[] { new(), new() };

        await Task.WhenAll(TouchAsync("a", "b", met[0], met[1].Task), TouchAsync("b", "a", met[1], met[0].Task));

        (await place.NumberAsync("SELECT sum(length(protected_secret))::bigint FROM secrets")).ShouldBe(4);
    }

    [Fact]
    public async Task A_full_disk_is_told_and_nothing_is_half_stored()
    {
        // What the server says when its disk is full, said by a trigger: a disk to fill is not every machine's to have.
        await place.RunAsync("""
            CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$;
            CREATE TRIGGER full_disk BEFORE INSERT ON audit_records EXECUTE FUNCTION full_disk()
            """);
        using var audit = new PostgresAuditStore(database);

        var error = await Should.ThrowAsync<StorageException>(() => audit.AppendAsync([Entry("t1") with { Records = ["101"] }], Token));
        var kept = await audit.ReadAsync(new AuditQuery(), Token).CountAsync(Token);
        await place.RunAsync("DROP TRIGGER full_disk ON audit_records");
        await audit.AppendAsync([Entry("t2") with { Records = ["101"] }], Token);

        error.Message.ShouldContain("is full; free some space, and work goes on where it stood.");
        log.Lines.ShouldHaveSingleItem().ShouldContain("is full; writes are refused until there is space");
        kept.ShouldBe(0);
        (await AuditVerification.WalkAsync(audit, Token)).ShouldBe(new AuditVerification(1, FirstBroken: null));
    }

    private Task<PostgresDatabase> OpenAsync(TimeSpan patience) => PostgresDatabase.OpenAsync(
        new NpgsqlConnectionStringBuilder(place.ConnectionString) { Port = network.Port }.ToString(),
        TimeProvider.System,
        log,
        patience,
        Migration.Embedded("Postgres"),
        Token);

    private static async Task<int> WorkAsync(PostgresWorkStore work, string worker)
    {
        var ended = 0;
        while (await work.CountAsync("run-1", Token) is { Open: > 0 })
        {
            // An item whose claim was answered into the void would come back when its lease ends; here the claimer is told in the end.
            var claimed = await work.ClaimAsync("run-1", worker, 20, Lease, Token);
            ended += await work.CompleteAsync(
                "run-1", [.. claimed.Select(item => new ItemOutcome(item.Sequence, item.Fence, ItemState.Done))], Token);
        }

        return ended;
    }

    private static async Task UntilDoneAsync(PostgresWorkStore work, long done)
    {
        while ((await work.CountAsync("run-1", Token)).Done < done)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Token);
        }
    }

    private static async Task<IWorkHold> UntilHeldAsync(PostgresWorkStore work)
    {
        while (true)
        {
            if (await work.TryHoldAsync("run-1", Token) is { } hold)
            {
                return hold;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Token);
        }
    }

    // The first attempts meet crosswise; the one that the server takes back runs again after the other.
    private Task<int> TouchAsync(string first, string second, TaskCompletionSource here, Task other) => database.WriteAsync(
        async session =>
        {
            await Append(session, first);
            here.TrySetResult();
            await other;
            return await Append(session, second);

            static Task<int> Append(PostgresSession session, string name) =>
                session.Statement("UPDATE secrets SET protected_secret = protected_secret || '\\x01' WHERE name = @name").With("@name", name).ExecuteAsync();
        },
        Token);

    private static IReadOnlyList<RecordRef> Records(int count) =>
        [.. Enumerable.Range(1, count).Select(number => new RecordRef(new ConnectionName("demo"), RecordType.Contact, $"{number}"))];

    private static Run SampleRun(string id) => new(
        id, "qualify", new ConnectionName("demo"), Caller, RunState.Running, "{}", Cursor: null, Selected: false, Reason: null,
        DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, FinishedAt: null);

    private static Caller Caller => new(new Subject(SubjectKind.User, "ann@example.com"), new Actor("qualify"), Purpose.Qualification);

    private static AuditEntry Entry(string trace) => new(
        trace, AuditPhase.Opened, DateTimeOffset.UnixEpoch, Caller,
        new ConnectionName("demo"), CrmEnvironment.Sandbox, "records.read", RecordType.Contact, [], [], Outcome: null);
}
