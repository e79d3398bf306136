using Liaison.EndToEnd.Tests.Processes;
using Liaison.Testing.Postgres;

namespace Liaison.EndToEnd.Tests.Serving;

/// <summary>An installation whose state is in PostgreSQL: chosen by configuration or by the command line, and brought there from SQLite.</summary>
public sealed class PostgresStoreTests : IAsyncLifetime
{
    private const string Sqlite = "storage: { folder: state }\n";

    private readonly Workplace place = new();
    private PrivatePostgres server = null!;

    private static string Postgres => Sqlite + "store: { kind: postgres, connectionString: file:database }\n";

    public async ValueTask InitializeAsync()
    {
        if (PostgresPrograms.Find() is null)
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", "PostgreSQL 15 or newer is not on this machine (apt-get install postgresql).");
        }

        server = await PrivatePostgres.StartAsync(TestContext.Current.CancellationToken);
        place.Write("database", server.ConnectionString("postgres") + "\n");
    }

    public async ValueTask DisposeAsync()
    {
        place.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task What_was_done_with_SQLite_is_there_after_the_copy_and_work_goes_on_in_PostgreSQL()
    {
        place.With(Sqlite);
        await KeyAsync("before");

        var copied = await place.JsonAsync("store", "copy", "--to", "file:database");
        place.With(Postgres);
        await KeyAsync("after");

        copied.GetProperty("tables").EnumerateArray().Single(table => table.GetProperty("table").GetString() == "api_keys").GetProperty("rows").GetInt64().ShouldBe(1);
        copied.GetProperty("auditEntries").GetInt64().ShouldBe(2);
        (await place.JsonAsync("key", "list")).EnumerateArray().Select(key => key.GetProperty("name").GetString()).ShouldBe(["after", "before"]);
        (await place.RunAsync("audit", "verify")).ShouldEndWith(0);
        var again = (await place.RunAsync("store", "copy")).ShouldEndWith(1);
        again.Errors.ShouldContain("is not empty");
    }

    [Fact]
    public async Task Two_servers_chosen_by_the_command_line_share_one_database_and_no_output_holds_its_password()
    {
        place.With(Sqlite);
        string[] arguments = ["serve", "--urls", "http://127.0.0.1:0", "--store", "postgres", "--connection-string-ref", "file:database"];
        await using var one = place.Start(arguments);
        await using var other = place.Start(arguments);
        await one.LineWithAsync("Press Ctrl+C");
        await other.LineWithAsync("Press Ctrl+C");

        Ended[] ended = [(await one.TerminateAsync()).ShouldEndWith(0), (await other.TerminateAsync()).ShouldEndWith(0)];

        var password = server.ConnectionString("postgres").Split("Password=")[1];
        ended.ShouldAllBe(each => !each.Everything.Contains(password, StringComparison.Ordinal));
        File.Exists(Path.Combine(place.Folder, "state", "liaison.db")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_node_with_other_keys_than_those_that_the_database_is_bound_to_is_refused()
    {
        place.With(Postgres);
        await KeyAsync("ours");
        using var elsewhere = new Workplace();
        elsewhere.Write("database", server.ConnectionString("postgres"));
        elsewhere.With(Postgres);

        var refused = (await elsewhere.RunAsync("key", "list")).ShouldEndWith(1);

        refused.Errors.ShouldContain($"belongs to an installation whose keys are not those in {Path.Combine(elsewhere.Folder, "state", "keys")}");
        (await place.RunAsync("key", "list")).ShouldEndWith(0);
    }

    [Theory]
    [InlineData("store: { kind: postgres }", "liaison.yaml:2: store.connectionString: PostgreSQL needs the reference")]
    [InlineData("store: { kind: postgres, connectionString: \"Host=db;Password=pa55word\" }", "liaison.yaml:2: store.connectionString: the connection string is given by reference")]
    [InlineData("store: { kind: postgres, connectionString: store:database }", "lies outside the database")]
    [InlineData("store: { connectionString: env:DATABASE }", "it stands for PostgreSQL only")]
    [InlineData("store: { kind: postgres, connectionString: env:NOT_SET }", "the environment variable NOT_SET is not set")]
    [InlineData("store: { kind: postgres, connectionString: file:nowhere }", "there is no file")]
    [InlineData("store: { kind: mongo }", "\"mongo\" is not possible here; expected")]
    public async Task A_store_that_cannot_be_is_refused_where_it_stands(string store, string expected)
    {
        place.With(Sqlite + store + "\n");

        var ended = await place.RunAsync("key", "list");

        ended.Code.ShouldNotBe(0);
        ended.Errors.ShouldContain(expected);
        ended.Everything.ShouldNotContain("pa55word");
    }

    [Fact]
    public async Task A_copy_from_nowhere_or_to_a_connection_string_in_plain_sight_is_refused()
    {
        place.With(Sqlite);

        (await place.RunAsync("store", "copy", "--from", "nowhere.db", "--to", "file:database")).ShouldEndWith(2).Errors.ShouldContain("There is no file");
        (await place.RunAsync("key", "list")).ShouldEndWith(0);
        var plain = (await place.RunAsync("store", "copy", "--to", "Host=db;Password=pa55word")).ShouldEndWith(2);

        plain.Errors.ShouldContain("--to needs the reference to a connection string, never the string itself");
        plain.Everything.ShouldNotContain("pa55word");
    }

    private async Task KeyAsync(string name) =>
        (await place.RunAsync("key", "create", "--name", name, "--subject", "manager", "--actor", "assistant")).ShouldEndWith(0);
}
