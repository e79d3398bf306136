using Liaison.Audit;
using Liaison.Connectors;
using Liaison.Identity;
using Liaison.Identity.Keys;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Storage.Copying;
using Liaison.Storage.Postgres;
using Liaison.Storage.Sqlite;
using Liaison.Storage.Tests.Sqlite;
using Liaison.Work;
using Liaison.Writeback;

namespace Liaison.Storage.Tests.Postgres;

public sealed class StoreCopyTests(PostgresServer server) : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, 123, TimeSpan.Zero);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly ConnectionName Connection = new("demo");
    private static readonly Caller Caller = new(new Subject(SubjectKind.User, "zoë@example.com"), new Actor("qualify"), Purpose.Qualification, "run-0");

    private readonly SqliteFolder folder = new();
    private PostgresPlace place = null!;
    private SqliteDatabase from = null!;
    private PostgresDatabase to = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        place = await server.CreateBareAsync();
        from = await folder.OpenAsync(TimeProvider.System);
        to = await place.OpenAsync(TimeProvider.System);
        await FillAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await place.DisposeAsync();
        await folder.DisposeAsync();
    }

    [Fact]
    public async Task Everything_is_found_in_its_new_place_as_it_was()
    {
        var report = await new StoreCopy(from, to).RunAsync(progressed: null, Token);

        report.Audit.ShouldBe(new AuditVerification(60, FirstBroken: null));
        report.Tables.Select(table => table.Table).ShouldBe(await TablesAsync(), ignoreOrder: true);
        (await WorkOf(new PostgresWorkStore(to))).ShouldBe(await WorkOf(new SqliteWorkStore(from)));
        (await ChangesOf(new PostgresChangeSetStore(to))).ShouldBe(await ChangesOf(new SqliteChangeSetStore(from)));
        using var audit = new PostgresAuditStore(to);
        (await AuditOf(audit)).ShouldBe(await AuditOf(new SqliteAuditStore(from)));
        (await OthersOf(new PostgresSecretStore(to), new PostgresKeyStore(to), new PostgresSafeguardStore(to), new PostgresBudgetStore(to)))
            .ShouldBe(await OthersOf(new SqliteSecretStore(from), new SqliteKeyStore(from), new SqliteSafeguardStore(from), new SqliteBudgetStore(from)));
        (await place.NumberAsync("SELECT count(*) FROM credentials WHERE tokens = '\\x0102' AND needs_authorization AND expires_at = '2026-03-02 09:00:00.123Z'")).ShouldBe(1);
        (await place.NumberAsync("SELECT count(*) FROM dead_letters JOIN work_items USING (run_no, sequence, record_id) WHERE sequence = 7 AND operation = '{\"steps\":[]}'")).ShouldBe(1);
        (await place.NumberAsync("SELECT count(*) FROM alerts WHERE id = 'alt-1' AND first_at = '2026-03-02 09:00:00.123Z'")).ShouldBe(1);
        report.Tables.ShouldAllBe(table => table.Rows > 0, "a table that the test leaves empty proves nothing");
        await using var calls = new PostgresCallLog(to);
        (await calls.SummarizeAsync("run-1", Token)).Calls.ShouldBe(1);
    }

    [Fact]
    public async Task Work_goes_on_behind_what_was_copied()
    {
        await new StoreCopy(from, to).RunAsync(progressed: null, Token);
        var work = new PostgresWorkStore(to);
        var changes = new PostgresChangeSetStore(to);

        await work.CreateRunAsync(SampleRun("run-9"), Token);
        (await work.AddItemsAsync("run-1", [Record(61), Record(62)], null, "w", Lease, Token)).Select(item => item.Sequence).ShouldBe([61, 62]);
        await changes.AddAsync([Change(9)], Token);
        using var audit = new PostgresAuditStore(to);
        await audit.AppendAsync([Entry(99, AuditPhase.Opened)], Token);

        (await changes.ListAsync(new ChangeQuery(Limit: 1), Token)).ShouldHaveSingleItem().Id.ShouldBe(Change(9).Id);
        (await AuditVerification.WalkAsync(audit, Token)).ShouldBe(new AuditVerification(61, FirstBroken: null));
    }

    [Fact]
    public async Task A_copy_that_was_broken_off_goes_on_where_it_stood()
    {
        using var broken = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(() => new StoreCopy(from, to).RunAsync(
            progress =>
            {
                if (progress.Table == "audit_entries" && progress.Copied > 0)
                {
                    broken.Cancel();
                }
            },
            broken.Token));
        var seen = new List<CopyProgress>();

        var report = await new StoreCopy(from, to).RunAsync(seen.Add, Token);

        seen.First(progress => progress.Table == "runs").Copied.ShouldBe(2);
        seen.First(progress => progress.Table == "secrets").Copied.ShouldBe(0);
        report.Audit.ShouldBe(new AuditVerification(60, FirstBroken: null));
        (await WorkOf(new PostgresWorkStore(to))).ShouldBe(await WorkOf(new SqliteWorkStore(from)));
    }

    [Fact]
    public async Task A_copy_does_not_go_on_from_a_file_that_has_changed()
    {
        using var broken = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(
            () => new StoreCopy(from, to).RunAsync(_ => broken.Cancel(), broken.Token));
        await new SqliteSecretStore(from).PutAsync("more", [9], Token);

        var error = await Should.ThrowAsync<StorageException>(() => new StoreCopy(from, to).RunAsync(progressed: null, Token));

        error.Message.ShouldContain("is not as it was when a copy");
    }

    [Fact]
    public async Task A_database_that_holds_something_is_refused_and_left_alone()
    {
        await new PostgresSecretStore(to).PutAsync("mine", [1], Token);

        var error = await Should.ThrowAsync<StorageException>(() => new StoreCopy(from, to).RunAsync(progressed: null, Token));

        error.Message.ShouldBe($"The database {to.Place} is not empty: there are rows in secrets. Copy into an empty one.");
        (await new PostgresSecretStore(to).GetAsync("mine", Token)).ShouldBe([1]);
        (await place.NumberAsync("SELECT count(*) FROM runs")).ShouldBe(0);
    }

    [Fact]
    public async Task A_second_copy_into_the_same_database_is_refused()
    {
        await new StoreCopy(from, to).RunAsync(progressed: null, Token);

        (await Should.ThrowAsync<StorageException>(() => new StoreCopy(from, to).RunAsync(progressed: null, Token))).Message.ShouldContain("is not empty");
    }

    // Schedules are stored anew from the configuration.
    private Task<List<string>> TablesAsync() => from.ReadAsync(
        session => session.Statement("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('schema_migrations', 'sqlite_sequence') AND name NOT LIKE 'qrtz%'").List(row => row.Text(0)),
        Token);

    private async Task FillAsync()
    {
        var work = new SqliteWorkStore(from);
        await work.CreateRunAsync(SampleRun("run-1"), Token);
        await work.CreateRunAsync(SampleRun("run-2") with { CreatedAt = Start.AddDays(-30) }, Token);
        var items = await work.AddItemsAsync("run-1", [.. Enumerable.Range(1, 60).Select(Record)], "page-2", "w1", Lease, Token);
        await work.AddItemsAsync("run-2", [Record(1)], null, "w1", Lease, Token);
        await work.CompleteAsync("run-1", [.. items.Take(20).Select(item => new ItemOutcome(item.Sequence, item.Fence, ItemState.Dead, "Invalid", "Zoë's score: 雪."))], Token);
        await work.ReleaseAsync("run-2", Token);
        await work.JoinAsync("run-1", "w1", Token);

        var changes = new SqliteChangeSetStore(from);
        await changes.AddAsync([.. Enumerable.Range(1, 5).Select(Change)], Token);
        await changes.MoveAsync([new ChangeMove(Change(2).Id, ChangeState.Waiting, ChangeState.Approved, "boss", "Go.") { Approval = new Approval("boss", null, Start, "c0ffee", null, null) }], Token);

        var audit = new SqliteAuditStore(from);
        await audit.AppendAsync([.. Enumerable.Range(0, 60).Select(number => Entry(number / 2, number % 2 == 0 || number > 50 ? AuditPhase.Opened : AuditPhase.Closed))], Token);
        await audit.AddCheckpointAsync(new AuditCheckpoint(10, "hash", Start, "key", AuditChain.Genesis, "c2ln"), Token);

        await new SqliteSecretStore(from).PutAsync("demo", [.. Enumerable.Range(0, 256).Select(value => (byte)value)], Token);
        await from.WriteAsync(
            session => session.Statement("INSERT INTO credentials (connection, owner, tokens, expires_at, needs_authorization) VALUES ('demo', '(account)', x'0102', 1772442000123, 1)").Execute(),
            Token);
        await from.WriteAsync(
            session => session.Statement("""
                INSERT OR REPLACE INTO dead_letters (run_no, sequence, state, failure_kind, failure, operation, created_at, updated_at)
                SELECT run_no, 7, 'waiting', 'Invalid', 'No score.', '{"steps":[]}', 1772442000123, 1772442000123 FROM runs WHERE id = 'run-1'
                """).Execute(),
            Token);
        await from.WriteAsync(
            session => session.Statement("""
                INSERT INTO alerts (id, kind, connection, cause, alert, count, before, first_at, last_at, attempts)
                VALUES ('alt-1', 'dead-letters', 'demo', '', '{}', 1, 0, 1772442000123, 1772442000123, 0)
                """).Execute(),
            Token);
        await new SqliteBudgetStore(from).TakeAsync(Connection, LimitKind.Daily, Start, 70, 100, Token);
        await new SqliteKeyStore(from).AddAsync(new StoredKey(new ApiKey("key-1", "Anna's", Caller.Subject, Caller.Actor, [Purpose.Assistance], null, Start, Start.AddDays(90), null, null), [1, 2]), Token);
        var safeguards = new SqliteSafeguardStore(from);
        await safeguards.StopAsync(new StoppedAgent("qualify", "ann", "Nonsense.", Start), Token);
        await safeguards.ApproveVolumeAsync("run-1", "ann", Start, Token);
        await safeguards.PromoteAsync([new Promotion(Connection, PromotedWrite.Of(RecordType.Contact, ChangeKind.CreateTask), "ann", Start) { Reason = "No sandbox." }], Token);
        await using var calls = new SqliteCallLog(from);
        await calls.AppendAsync(new CallEntry(Connection, "run-1", CrmOperation.Read, "contacts.read", "POST", "/contacts", null, "Ambiguous", null, 1, 1, TimeSpan.Zero, TimeSpan.FromMilliseconds(3), Start), Token);
    }

    private static async Task<string> WorkOf(IWorkStore work)
    {
        var runs = await work.ListRunsAsync(10, Token);
        var items = await work.ListItemsAsync("run-1", null, Token).Concat(work.ListItemsAsync("run-2", null, Token)).ToListAsync(Token);
        return string.Join('\n', runs.Cast<object>().Concat(items));
    }

    private static async Task<string> ChangesOf(IChangeSetStore changes)
    {
        var rows = await changes.ListAsync(new ChangeQuery(), Token);
        var moves = await changes.ListMovesAsync(Change(2).Id, Token);
        return string.Join('\n', rows.Cast<object>().Concat(moves));
    }

    private static async Task<string> AuditOf(IAuditStore audit)
    {
        var rows = await audit.ReadAsync(new AuditQuery(Limit: int.MaxValue), Token).Select(row => (row.Sequence, row.Hash, AuditChain.Open(row).Outcome)).ToListAsync(Token);
        var found = await audit.ReadAsync(new AuditQuery(RecordId: "7") { Since = Start, DenialsOnly = false }, Token).CountAsync(Token);
        return string.Join('\n', [.. rows, found, .. await audit.FindUnclosedAsync(100, Token), await audit.FindLastCheckpointAsync(Token)]);
    }

    private static async Task<string> OthersOf(ISecretStore secrets, IKeyStore keys, ISafeguardStore safeguards, IBudgetStore budgets) => string.Join('\n',
        [
            Convert.ToHexString((await secrets.GetAsync("demo", Token))!),
            Convert.ToHexString([.. (await keys.FindAsync("key-1", Token))!.SecretHash]),
            (await keys.ListAsync(null, Token))[0] with { Purposes = [] },
            (await safeguards.ListStoppedAsync(Token))[0],
            await safeguards.FindVolumeApprovalAsync("run-1", Token),
            await budgets.SpentAsync(Connection, LimitKind.Daily, Start, Token),
        ]);

    private static RecordRef Record(int number) => new(Connection, RecordType.Contact, $"{number}");

    private static Run SampleRun(string id) => new(
        id, "qualify", Connection, Caller, RunState.Running, "{}", Cursor: null, Selected: false, Reason: null, Start, Start, FinishedAt: null);

    private static ChangeSetRow Change(int number) => new(
        $"chg-{number}", $"key-{number}", Record(number), number % 2 == 0 ? ChangeState.Waiting : ChangeState.Proposed, RiskClass.Low, "{}", "c0ffee",
        "v1", Caller, Note: null, Start.AddSeconds(number), Start.AddSeconds(number));

    private static AuditEntry Entry(int trace, AuditPhase phase) => new(
        $"trc-{trace:D4}", phase, Start.AddSeconds(trace), Caller, Connection, CrmEnvironment.Sandbox, "records.read", RecordType.Contact,
        [$"{trace}"], ["email"], phase == AuditPhase.Closed ? "Forbidden: Zoë may not." : null);
}
