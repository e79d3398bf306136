using System.Runtime.Versioning;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Storage.Migrations;
using Liaison.Storage.Sqlite;
using Liaison.Work;
using Microsoft.Extensions.Logging.Abstractions;

namespace Liaison.Storage.Tests.Sqlite;

public sealed class SqliteDatabaseTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    private readonly SqliteFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => folder.DisposeAsync();

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_new_file_and_its_folder_are_for_this_user_only()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        var database = await folder.OpenAsync(TimeProvider.System);
        await database.WriteAsync(session => session.Statement("DELETE FROM secrets").Execute(), Token);

        const UnixFileMode readAndWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.GetUnixFileMode(database.Path).ShouldBe(readAndWrite);
        File.GetUnixFileMode(database.Path + "-wal").ShouldBe(readAndWrite);
        File.GetUnixFileMode(Path.GetDirectoryName(database.Path)!).ShouldBe(readAndWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task Writes_are_synced_in_full()
    {
        var database = await folder.OpenAsync(TimeProvider.System);

        (await database.WriteAsync(session => session.Statement("PRAGMA synchronous").Number(), Token)).ShouldBe(2);
        (await database.ReadAsync(session => session.Statement("PRAGMA journal_mode").First(row => row.Text(0)), Token)).ShouldBe("wal");
    }

    [Fact]
    public async Task A_database_that_is_up_to_date_is_opened_without_a_step()
    {
        await (await folder.OpenAsync(TimeProvider.System)).DisposeAsync();

        var again = await folder.OpenAsync(TimeProvider.System);

        (await StepsAsync(again)).ShouldBe(Migration.Embedded("Sqlite").Select(step => step.Name));
    }

    [Fact]
    public async Task Many_may_open_a_new_file_at_once()
    {
        var opened = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            _ => Task.Run(() => SqliteDatabase.OpenAsync(folder.File, TimeProvider.System, Token), Token)));

        foreach (var database in opened)
        {
            (await StepsAsync(database)).Count.ShouldBe(Migration.Embedded("Sqlite").Count);
            await database.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_step_that_is_new_is_made_on_what_is_there()
    {
        await (await folder.OpenAsync(TimeProvider.System)).DisposeAsync();
        var known = Migration.Embedded("Sqlite");

        await using var database = await OpenAsync([.. known, Migration.Of($"{known.Count + 1:D4}_more.sql", "CREATE TABLE more (id TEXT) STRICT;")]);

        (await StepsAsync(database)).Count.ShouldBe(known.Count + 1);
        (await database.ReadAsync(session => session.Statement("SELECT count(*) FROM more").Number(), Token)).ShouldBe(0);
    }

    [Fact]
    public async Task A_step_that_fails_leaves_no_trace()
    {
        var known = Migration.Embedded("Sqlite");

        await Should.ThrowAsync<Microsoft.Data.Sqlite.SqliteException>(
            () => OpenAsync([.. known, Migration.Of($"{known.Count + 1:D4}_wrong.sql", "CREATE TABLE wrong (id TEXT) STRICT; CREATE NONSENSE;")]));

        var database = await folder.OpenAsync(TimeProvider.System);
        (await database.ReadAsync(session => session.Statement("SELECT count(*) FROM sqlite_schema WHERE name = 'wrong'").Number(), Token)).ShouldBe(0);
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_refused_in_one_sentence()
    {
        await (await folder.OpenAsync(TimeProvider.System)).DisposeAsync();

        var error = await Should.ThrowAsync<StorageException>(() => OpenAsync([.. Migration.Embedded("Sqlite").Take(1)]));

        error.Message.ShouldContain($"{folder.File} is at schema version {Migration.Embedded("Sqlite").Count}, newer than the 1 of this program");
        error.Message.ShouldEndWith("upgrade liaison or restore the backup from before the upgrade.");
    }

    [Fact]
    public async Task A_step_whose_text_has_changed_is_refused_by_name()
    {
        await (await folder.OpenAsync(TimeProvider.System)).DisposeAsync();
        var known = Migration.Embedded("Sqlite").ToList();
        known[1] = Migration.Of(known[1].Name, known[1].Sql + "-- changed");

        var error = await Should.ThrowAsync<StorageException>(() => OpenAsync(known));

        error.Message.ShouldContain("0002_change_sets.sql");
    }

    [Fact]
    public void Line_endings_are_no_change_of_a_step() =>
        Migration.Of("0001_a.sql", "SELECT 1;\r\nSELECT 2;\r\n").ShouldBe(Migration.Of("0001_a.sql", "SELECT 1;\nSELECT 2;\n"));

    [Fact]
    public async Task A_file_that_is_no_database_is_told_apart()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.File)!);
        await File.WriteAllTextAsync(folder.File, new string('x', 8192), Token);

        var error = await Should.ThrowAsync<StorageException>(() => folder.OpenAsync(TimeProvider.System));

        error.Message.ShouldBe($"The file {folder.File} is damaged or no SQLite database; restore it from a backup or name another file.");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_told()
    {
        await File.WriteAllTextAsync(Path.Combine(folder.Root, "file"), "", Token);

        var error = await Should.ThrowAsync<StorageException>(
            () => SqliteDatabase.OpenAsync(Path.Combine(folder.Root, "file", "deep", "liaison.db"), TimeProvider.System, Token));

        error.Message.ShouldContain("check that its folder can be created");
    }

    [Fact]
    public async Task A_lock_that_another_process_does_not_give_up_is_told()
    {
        var database = await OpenAsync(Migration.Embedded("Sqlite"));
        using var other = SqliteSession.Open(database.Path, Patience);
        other.Run("BEGIN IMMEDIATE");

        var error = await Should.ThrowAsync<StorageException>(
            () => new SqliteSecretStore(database).PutAsync("demo", [1], Token));

        error.Message.ShouldContain("is locked by another process");
        other.Run("ROLLBACK");
        await new SqliteSecretStore(database).PutAsync("demo", [1], Token);
        await database.DisposeAsync();
    }

    [Fact]
    public async Task A_full_disk_is_told_and_work_goes_on_when_there_is_space()
    {
        var database = await folder.OpenAsync(TimeProvider.System);
        var secrets = new SqliteSecretStore(database);
        await database.WriteAsync(session => session.Statement("PRAGMA max_page_count = 100").Number(), Token);

        var error = await Should.ThrowAsync<StorageException>(() => secrets.PutAsync("large", new byte[1_000_000], Token));

        error.Message.ShouldContain("is full; free some space");
        (await secrets.GetAsync("large", Token)).ShouldBeNull();
        await database.WriteAsync(session => session.Statement("PRAGMA max_page_count = 100000").Number(), Token);
        await secrets.PutAsync("large", new byte[1_000_000], Token);
        (await secrets.GetAsync("large", Token))!.Length.ShouldBe(1_000_000);
    }

    [Fact]
    public async Task A_disk_that_is_full_in_mid_run_is_logged_once_and_costs_no_item()
    {
        var log = new RecordingLogger<SqliteDatabase>();
        await using var database = await SqliteDatabase.OpenAsync(folder.File, TimeProvider.System, log, Token);
        var work = new SqliteWorkStore(database);
        await work.CreateRunAsync(SampleRun, Token);
        var items = await work.AddItemsAsync("run-1", Records(1), "page-2", "w1", TimeSpan.FromMinutes(5), Token);
        await database.WriteAsync(session => session.Statement("PRAGMA max_page_count = 1").Number(), Token);

        await Should.ThrowAsync<StorageException>(() => work.AddItemsAsync("run-1", Records(2), "page-3", "w1", TimeSpan.FromMinutes(5), Token));
        await Should.ThrowAsync<StorageException>(() => work.AddItemsAsync("run-1", Records(2), "page-3", "w1", TimeSpan.FromMinutes(5), Token));
        var kept = await work.CountAsync("run-1", Token);
        var cursor = (await work.FindRunAsync("run-1", Token))!.Cursor;
        await database.WriteAsync(session => session.Statement("PRAGMA max_page_count = 100000").Number(), Token);
        await work.AddItemsAsync("run-1", Records(2), "page-3", "w1", TimeSpan.FromMinutes(5), Token);

        log.Lines.ShouldHaveSingleItem().ShouldContain("is full; free some space, and work goes on where it stood");
        kept.Leased.ShouldBe(items.Count);
        cursor.ShouldBe("page-2");
        (await work.CountAsync("run-1", Token)).Leased.ShouldBe(2 * items.Count);
    }

    [Fact]
    public async Task A_file_that_may_not_be_written_is_told()
    {
        var database = await folder.OpenAsync(TimeProvider.System);
        await database.WriteAsync(session => session.Statement("PRAGMA query_only = ON").Execute(), Token);

        var error = await Should.ThrowAsync<StorageException>(() => new SqliteSecretStore(database).PutAsync("demo", [1], Token));

        error.Message.ShouldContain("cannot be written");
    }

    private static Run SampleRun => new(
        "run-1", "qualify", new ConnectionName("demo"), new Caller(new Subject(SubjectKind.User, "ann@example.com"), new Actor("qualify"), Purpose.Qualification),
        RunState.Running, "{}", Cursor: null, Selected: false, Reason: null, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, FinishedAt: null);

    private static IReadOnlyList<RecordRef> Records(int page) => [.. Enumerable.Range(page * 1000, 1000)
        .Select(number => new RecordRef(new ConnectionName("demo"), RecordType.Contact, $"{number}"))];

    private static async Task<List<string>> StepsAsync(SqliteDatabase database) => await database.ReadAsync(
        session => session.Statement("SELECT name FROM schema_migrations ORDER BY version").List(row => row.Text(0)), Token);

    private Task<SqliteDatabase> OpenAsync(IReadOnlyList<Migration> migrations) =>
        SqliteDatabase.OpenAsync(folder.File, TimeProvider.System, Patience, migrations, NullLogger.Instance, Token);
}
