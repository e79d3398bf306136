using Liaison.EndToEnd.Tests.Processes;
using Liaison.Testing.Postgres;
using Npgsql;

namespace Liaison.EndToEnd.Tests.Cluster;

/// <summary>An installation whose state is in a PostgreSQL of its own, so that any number of processes work on it.</summary>
internal sealed class ClusterPlace : IAsyncDisposable
{
    private readonly PrivatePostgres server;
    private readonly CuttableNetwork? network;

    private ClusterPlace(PrivatePostgres server, CuttableNetwork? network) => (this.server, this.network) = (server, network);

    public Workplace Place { get; } = new();

    /// <param name="cuttable">Whether its processes reach the database through a network that can be cut.</param>
    public static async Task<ClusterPlace> CreateAsync(bool cuttable = false)
    {
        if (PostgresPrograms.Find() is null)
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", "PostgreSQL 15 or newer is not on this machine (apt-get install postgresql).");
        }

        var server = await PrivatePostgres.StartAsync(TestContext.Current.CancellationToken);
        var network = cuttable ? new CuttableNetwork(server.Port) : null;
        var cluster = new ClusterPlace(server, network);
        var reached = new NpgsqlConnectionStringBuilder(server.ConnectionString("postgres"));
        reached.Port = network?.Port ?? reached.Port;
        cluster.Place.Write("database", reached.ConnectionString + "\n");
        return cluster;
    }

    /// <summary>Gives a configuration the database to keep its state in.</summary>
    public string On(string yaml) => $"{yaml}\nstore: {{ kind: postgres, connectionString: file:{Path.Combine(Place.Folder, "database")} }}\n";

    /// <summary>Starts a node and waits until it serves.</summary>
    public async Task<LiaisonProcess> ServeAsync()
    {
        var node = Place.Start("serve", "--urls", "http://127.0.0.1:0");
        await node.LineWithAsync("Press Ctrl+C");
        return node;
    }

    /// <summary>Cuts the network to the database for a while.</summary>
    public async Task CutAsync(TimeSpan length)
    {
        network!.Cut();
        await Task.Delay(length, TimeProvider.System, TestContext.Current.CancellationToken);
        network.Mend();
    }

    /// <summary>Stops the database and starts it again after a while.</summary>
    /// <param name="signal">INT ends it in order, QUIT as a crash does.</param>
    public async Task RestartAsync(string signal, TimeSpan length)
    {
        await server.StopAsync(signal);
        await Task.Delay(length, TimeProvider.System, TestContext.Current.CancellationToken);
        await server.StartAgainAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Tells how many items a process has in hand.</summary>
    public async Task<long> InHandAsync(int process)
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionString("postgres"));
        await using var command = source.CreateCommand("SELECT count(*) FROM work_items WHERE state = 'leased' AND worker LIKE $1");
        command.Parameters.Add(new NpgsqlParameter { Value = $"%-{process}-%" });
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    public async ValueTask DisposeAsync()
    {
        Place.Dispose();
        await (network?.DisposeAsync() ?? ValueTask.CompletedTask);
        await server.DisposeAsync();
    }
}
