using Liaison.Storage.Sqlite;

namespace Liaison.Storage.Tests.Sqlite;

public sealed class SqliteWriterTests : IAsyncDisposable
{
    private readonly SqliteFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => folder.DisposeAsync();

    [Fact]
    public async Task A_write_that_fails_takes_none_of_its_group_with_it()
    {
        var database = await folder.OpenAsync(TimeProvider.System);
        using var gate = new ManualResetEventSlim();
        var first = database.WriteAsync(session => Hold(session, gate), Token);

        var stored = database.WriteAsync(session => Insert(session, "stored"), Token);
        var failed = database.WriteAsync(session => Insert(session, "failed") / 0, Token);
        var refused = database.WriteAsync(session => Insert(session, "stored"), Token);
        var last = database.WriteAsync(session => Insert(session, "last"), Token);
        gate.Set();

        await Task.WhenAll(first, stored, last);
        await Should.ThrowAsync<DivideByZeroException>(() => failed);
        await Should.ThrowAsync<Microsoft.Data.Sqlite.SqliteException>(() => refused);
        (await NamesAsync(await folder.OpenAfterKillAsync(TimeProvider.System))).ShouldBe(["last", "stored"]);
    }

    [Fact]
    public async Task Waiting_writes_share_one_transaction()
    {
        var database = await folder.OpenAsync(TimeProvider.System);
        using var gate = new ManualResetEventSlim();
        var first = database.WriteAsync(session => Hold(session, gate), Token);

        var writes = Enumerable.Range(0, 100).Select(number => database.WriteAsync(session => Insert(session, $"s{number}"), Token)).ToList();
        var seenByOthers = database.WriteAsync(_ => NamesAsync(database), Token);
        gate.Set();
        await Task.WhenAll([first, .. writes]);

        (await await seenByOthers).ShouldBeEmpty();
        (await NamesAsync(database)).Count.ShouldBe(100);
    }

    [Fact]
    public async Task A_write_whose_caller_has_gone_is_not_made()
    {
        var database = await folder.OpenAsync(TimeProvider.System);
        using var gate = new ManualResetEventSlim();
        using var gone = new CancellationTokenSource();
        var first = database.WriteAsync(session => Hold(session, gate), Token);
        var cancelled = database.WriteAsync(session => Insert(session, "cancelled"), gone.Token);

        await gone.CancelAsync();
        gate.Set();

        await first;
        await Should.ThrowAsync<OperationCanceledException>(() => cancelled);
        (await NamesAsync(database)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_queued_when_the_database_is_closed_becomes_durable()
    {
        var database = await folder.OpenAsync(TimeProvider.System);
        var writes = Enumerable.Range(0, 50).Select(number => database.WriteAsync(session => Insert(session, $"s{number}"), Token)).ToList();

        await database.DisposeAsync();

        await Task.WhenAll(writes);
        (await NamesAsync(await folder.OpenAsync(TimeProvider.System))).Count.ShouldBe(50);
        await Should.ThrowAsync<ObjectDisposedException>(() => database.WriteAsync(session => Insert(session, "late"), Token));
        await Should.ThrowAsync<ObjectDisposedException>(() => NamesAsync(database));
    }

    private static int Hold(SqliteSession session, ManualResetEventSlim gate)
    {
        gate.Wait(Token);
        return session.Statement("SELECT 1").Execute();
    }

    private static int Insert(SqliteSession session, string name) => session
        .Statement("INSERT INTO secrets (name, protected_secret, updated_at) VALUES ($name, x'00', 0)")
        .With("$name", name)
        .Execute();

    private static Task<List<string>> NamesAsync(SqliteDatabase database) => database.ReadAsync(
        session => session.Statement("SELECT name FROM secrets ORDER BY name").List(row => row.Text(0)), Token);
}
