using Liaison.Testing.Postgres;

[assembly: AssemblyFixture(typeof(Liaison.Storage.Tests.Postgres.PostgresServer))]

namespace Liaison.Storage.Tests.Postgres;

/// <summary>The one server of a test run, started for the first test that needs it.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly Lazy<Task<PrivatePostgres>> server = new(StartAsync);
    private int databases;

    /// <summary>Makes an empty database with a schema that is up to date and a clock that tests may move.</summary>
    internal async Task<PostgresPlace> CreateAsync()
    {
        var running = await RunningAsync();
        var name = $"test_{Interlocked.Increment(ref databases)}";
        await PostgresPlace.RunAsync(running.ConnectionString("postgres"), $"CREATE DATABASE {name} TEMPLATE liaison_template");
        return new PostgresPlace(running, name);
    }

    /// <summary>Makes a database with nothing in it.</summary>
    internal async Task<PostgresPlace> CreateBareAsync(string options = "")
    {
        var running = await RunningAsync();
        var name = $"bare_{Interlocked.Increment(ref databases)}";
        await PostgresPlace.RunAsync(running.ConnectionString("postgres"), $"CREATE DATABASE {name} {options}");
        return new PostgresPlace(running, name);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (server.IsValueCreated && server.Value.IsCompletedSuccessfully)
        {
            await (await server.Value).DisposeAsync();
        }
    }

    /// <summary>Skips the test where the machine has no PostgreSQL; where the project is proven, that is a failure.</summary>
    internal static void Need()
    {
        if (PostgresPrograms.Find() is null)
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", "PostgreSQL 15 or newer is not on this machine (apt-get install postgresql).");
            Assert.Fail("PostgreSQL 15 or newer is not on this machine, and CI=true allows no skipping.");
        }
    }

    private Task<PrivatePostgres> RunningAsync()
    {
        Need();
        return server.Value;
    }

    private static async Task<PrivatePostgres> StartAsync()
    {
        var started = await PrivatePostgres.StartAsync(CancellationToken.None);
        await PostgresPlace.RunAsync(started.ConnectionString("postgres"), "CREATE DATABASE liaison_template");
        await PostgresPlace.MakeTemplateAsync(started.ConnectionString("liaison_template"));
        return started;
    }
}
