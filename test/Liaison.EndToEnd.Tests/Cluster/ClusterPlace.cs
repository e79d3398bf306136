using Liaison.EndToEnd.Tests.Processes;
using Liaison.Testing.Postgres;
using Npgsql;

namespace Liaison.EndToEnd.Tests.Cluster;

/// <summary>An installation whose state is in a PostgreSQL of its own, so that any number of processes work on it.</summary>
internal sealed class ClusterPlace : IAsyncDisposable
{
    private readonly PrivatePostgres server;

    private ClusterPlace(PrivatePostgres server) => this.server = server;

    public Workplace Place { get; } = new();

    public static async Task<ClusterPlace> CreateAsync()
    {
        if (PostgresPrograms.Find() is null)
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", "PostgreSQL 15 or newer is not on this machine (apt-get install postgresql).");
        }

        var server = await PrivatePostgres.StartAsync(TestContext.Current.CancellationToken);
        var cluster = new ClusterPlace(server);
        cluster.Place.Write("database", server.ConnectionString("postgres") + "\n");
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
        await server.DisposeAsync();
    }
}
