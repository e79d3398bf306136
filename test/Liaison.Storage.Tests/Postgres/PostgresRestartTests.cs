using Liaison.Audit;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Storage.Postgres;
using Liaison.Testing.Postgres;
using Liaison.Work;

namespace Liaison.Storage.Tests.Postgres;

/// <summary>A server that is restarted while a node works: in order, and as a crash does it.</summary>
public sealed class PostgresRestartTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Caller Caller => new(new Subject(SubjectKind.User, "ann@example.com"), new Actor("qualify"), Purpose.Qualification);

    [Fact]
    public async Task Work_goes_on_after_a_restart_and_a_crash_and_loses_and_doubles_nothing()
    {
        PostgresServer.Need();
        await using var server = await PrivatePostgres.StartAsync(Token);
        await using var database = await PostgresDatabase.OpenAsync(server.ConnectionString("postgres"), TimeProvider.System, cancellationToken: Token);
        using var audit = new PostgresAuditStore(database);
        var work = new PostgresWorkStore(database);
        await work.CreateRunAsync(SampleRun("run-1"), Token);
        await work.AddItemsAsync("run-1", Records(2000), next: null, "w0", Lease, Token);
        await work.ReleaseAsync("run-1", Token);

        var workers = Task.WhenAll(Enumerable.Range(0, 4).Select(number => Task.Run(() => WorkAsync(work, audit, $"w{number}"), Token)));
        foreach (var (done, signal) in new[] { (400, "INT"), (1200, "QUIT") })
        {
            await UntilDoneAsync(work, done);
            await server.StopAsync(signal);
            await server.StartAgainAsync(Token);
        }

        (await workers).Sum().ShouldBe(2000);
        (await work.CountAsync("run-1", Token)).ShouldBe(new RunCounts(0, 0, Done: 2000, 0, 0, 0, 0));
        var traces = await audit.ReadAsync(new AuditQuery(Limit: int.MaxValue), Token).Select(row => AuditChain.Open(row).TraceId).ToListAsync(Token);
        traces.Order(StringComparer.Ordinal).ShouldBe(Enumerable.Range(1, 2000).Select(number => $"trc-{number}").Order(StringComparer.Ordinal));
        (await AuditVerification.WalkAsync(audit, Token)).ShouldBe(new AuditVerification(2000, FirstBroken: null));
    }

    private static async Task<int> WorkAsync(PostgresWorkStore work, PostgresAuditStore audit, string worker)
    {
        var ended = 0;
        while (await work.ClaimAsync("run-1", worker, 20, Lease, Token) is { Count: > 0 } claimed)
        {
            await audit.AppendAsync([.. claimed.Select(item => Entry($"trc-{item.Sequence}"))], Token);
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

    private static IReadOnlyList<RecordRef> Records(int count) =>
        [.. Enumerable.Range(1, count).Select(number => new RecordRef(new ConnectionName("demo"), RecordType.Contact, $"{number}"))];

    private static Run SampleRun(string id) => new(
        id, "qualify", new ConnectionName("demo"), Caller, RunState.Running, "{}", Cursor: null, Selected: false, Reason: null,
        DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, FinishedAt: null);

    private static AuditEntry Entry(string trace) => new(
        trace, AuditPhase.Closed, DateTimeOffset.UnixEpoch, Caller,
        new ConnectionName("demo"), CrmEnvironment.Sandbox, "records.read", RecordType.Contact, [], [], "ok");
}
