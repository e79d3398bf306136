using Liaison.Storage.Migrations;
using Liaison.Storage.Postgres;
using Npgsql;

namespace Liaison.Storage.Tests.Postgres;

public sealed class PostgresDatabaseTests(PostgresServer server) : IAsyncLifetime
{
    private PostgresPlace place = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static IReadOnlyList<Migration> Known => Migration.Embedded("Postgres");

    public async ValueTask InitializeAsync() => place = await server.CreateBareAsync();

    public ValueTask DisposeAsync() => place.DisposeAsync();

    [Fact]
    public async Task Nodes_that_start_at_once_on_an_empty_database_all_find_it_ready()
    {
        var opened = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => OpenAsync(Known), Token)));

        (await place.NumberAsync("SELECT count(*) FROM schema_migrations")).ShouldBe(Known.Count);
        foreach (var database in opened)
        {
            await database.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_step_that_is_new_is_made_on_what_is_there()
    {
        await (await OpenAsync(Known)).DisposeAsync();

        await (await OpenAsync([.. Known, Migration.Of($"{Known.Count + 1:D4}_more.sql", "CREATE TABLE more (id text);")])).DisposeAsync();

        (await place.NumberAsync("SELECT count(*) FROM schema_migrations")).ShouldBe(Known.Count + 1);
        (await place.NumberAsync("SELECT count(*) FROM more")).ShouldBe(0);
    }

    [Fact]
    public async Task A_step_that_fails_leaves_no_trace()
    {
        await Should.ThrowAsync<PostgresException>(
            () => OpenAsync([.. Known, Migration.Of($"{Known.Count + 1:D4}_wrong.sql", "CREATE TABLE wrong (id text); CREATE NONSENSE;")]));

        (await place.NumberAsync("SELECT count(*) FROM pg_class WHERE relname IN ('wrong', 'runs', 'schema_migrations')")).ShouldBe(0);
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_refused_in_one_sentence()
    {
        await (await OpenAsync(Known)).DisposeAsync();

        var error = await Should.ThrowAsync<StorageException>(() => OpenAsync([.. Known.Take(1)]));

        error.Message.ShouldContain($"is at schema version {Known.Count}, newer than the 1 of this program");
        error.Message.ShouldEndWith("upgrade liaison or restore the backup from before the upgrade.");
    }

    [Fact]
    public async Task A_step_whose_text_has_changed_is_refused_by_name()
    {
        await (await OpenAsync(Known)).DisposeAsync();
        var changed = Known.ToList();
        changed[1] = Migration.Of(changed[1].Name, changed[1].Sql + "-- changed");

        var error = await Should.ThrowAsync<StorageException>(() => OpenAsync(changed));

        error.Message.ShouldContain("0002_change_sets.sql");
    }

    [Fact]
    public async Task A_wrong_password_is_told_without_waiting_and_without_itself()
    {
        var error = await Should.ThrowAsync<StorageException>(
            () => OpenAsync(new NpgsqlConnectionStringBuilder(place.ConnectionString) { Password = "pa55word" }.ToString(), TimeSpan.FromHours(1)));

        error.Message.ShouldContain("refuses the user or the password");
        error.ToString().ShouldNotContain("pa55word");
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_told_without_waiting()
    {
        var error = await Should.ThrowAsync<StorageException>(
            () => OpenAsync(new NpgsqlConnectionStringBuilder(place.ConnectionString) { Database = "nowhere" }.ToString(), TimeSpan.FromHours(1)));

        error.Message.ShouldContain("There is no database");
        error.Message.ShouldContain("/nowhere");
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told_when_patience_ends()
    {
        var error = await Should.ThrowAsync<StorageException>(
            () => OpenAsync("Host=127.0.0.1;Port=1;Database=liaison;Username=liaison;Password=pa55word", TimeSpan.FromMilliseconds(100)));

        error.Message.ShouldBe("The database 127.0.0.1:1/liaison cannot be reached; check that PostgreSQL runs there and that the network lets this node through. Nothing is lost, and work goes on when it is back.");
    }

    [Theory]
    [InlineData("postgres://liaison:pa55word@db/liaison")]
    [InlineData("Host=db;Passwort=pa55word;Database=liaison")]
    [InlineData("Host=db;Port=pa55word;Database=liaison")]
    [InlineData("pa55word")]
    [InlineData("Password=pa55word;Database=liaison")]
    [InlineData("Password=pa55word;Host=db")]
    public async Task What_is_no_connection_string_is_refused_and_not_repeated(string text)
    {
        var error = await Should.ThrowAsync<StorageException>(() => OpenAsync(text, TimeSpan.FromHours(1)));

        error.ToString().ShouldNotContain("pa55word");
        error.Message.ShouldContain("Host=db;");
    }

    [Fact]
    public async Task A_database_that_cannot_hold_every_name_is_refused()
    {
        await using var latin = await server.CreateBareAsync("ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");

        var error = await Should.ThrowAsync<StorageException>(() => OpenAsync(latin.ConnectionString, TimeSpan.Zero));

        error.Message.ShouldContain("is encoded in LATIN1");
    }

    [Fact]
    public async Task A_user_who_may_not_make_tables_is_told_what_to_grant()
    {
        await place.RunAsync("CREATE ROLE reader LOGIN PASSWORD 'reads'");
        var settings = new NpgsqlConnectionStringBuilder(place.ConnectionString) { Username = "reader", Password = "reads" };

        var error = await Should.ThrowAsync<StorageException>(() => OpenAsync(settings.ToString(), TimeSpan.Zero));

        await place.RunAsync("DROP ROLE reader");
        error.Message.ShouldContain("grant it CREATE and USAGE there");
    }

    [Fact]
    public async Task A_database_that_takes_no_writes_is_told_as_a_standby()
    {
        await place.RunAsync($"ALTER DATABASE {new NpgsqlConnectionStringBuilder(place.ConnectionString).Database} SET default_transaction_read_only = on");

        var error = await Should.ThrowAsync<StorageException>(() => OpenAsync(Known));

        error.Message.ShouldContain("name the primary");
    }

    private Task<PostgresDatabase> OpenAsync(IReadOnlyList<Migration> migrations) => PostgresDatabase.OpenAsync(
        place.ConnectionString, TimeProvider.System, logger: null, TimeSpan.FromSeconds(20), migrations, Token);

    private static Task<PostgresDatabase> OpenAsync(string connectionString, TimeSpan patience) =>
        PostgresDatabase.OpenAsync(connectionString, TimeProvider.System, logger: null, patience, Known, Token);
}
