using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Liaison.Testing.Postgres;

/// <summary>A PostgreSQL server of one's own on loopback, with its own folder, port and password; it goes with all it holds when it is disposed.</summary>
/// <remarks>
/// It ends with the process that started it, however that dies. It never runs as root: started by root, it becomes the account
/// <c>postgres</c> or <c>nobody</c>. By default it keeps nothing through a power cut, which makes tests quick; a kill it survives.
/// </remarks>
public sealed class PrivatePostgres : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // The server runs beside a reader of this process's pipe, which tells how to end it, or closes when this process dies.
    private const string Script = """
        "$@" & server=$!
        read -r signal || signal=QUIT
        kill -"$signal" "$server"
        wait "$server"
        """;

    private readonly string programs;
    private readonly string folder;
    private readonly string password;
    private readonly IReadOnlyList<string> settings;
    private Process? server;

    private PrivatePostgres(string programs, string folder, string password, int port, IReadOnlyList<string> settings)
    {
        this.programs = programs;
        this.folder = folder;
        this.password = password;
        this.settings = settings;
        Port = port;
    }

    /// <summary>Gets the port on 127.0.0.1; it stays the same when the server is started again.</summary>
    public int Port { get; }

    /// <summary>Makes and starts a server.</summary>
    /// <param name="settings">Settings of its own, each as in <c>max_connections=50</c>.</param>
    /// <exception cref="InvalidOperationException">There are no programs (<see cref="PostgresPrograms.Find"/>), or the server does not start; the message holds what it said.</exception>
    public static async Task<PrivatePostgres> StartAsync(CancellationToken cancellationToken, params IReadOnlyList<string> settings)
    {
        var programs = PostgresPrograms.Find()
            ?? throw new InvalidOperationException("PostgreSQL 15 or newer is not on this machine; install it (apt-get install postgresql).");
        var folder = Directory.CreateTempSubdirectory("liaison-postgres-").FullName;
        var made = new PrivatePostgres(programs, folder, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), FreePort.Find(), settings);
        try
        {
            await made.MakeAsync(cancellationToken);
            await made.StartAgainAsync(cancellationToken);
            return made;
        }
        catch
        {
            await made.DisposeAsync();
            throw;
        }
    }

    /// <summary>Gives the connection string of one of its databases, for its owner.</summary>
    public string ConnectionString(string database) => string.Create(
        CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Database={database};Username=liaison;Password={password}");

    /// <summary>Starts it again after a stop.</summary>
    public async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        server = Start("sh", [
            "-c", Script, "sh", Path.Combine(programs, "postgres"), "-D", Path.Combine(folder, "data"),
            .. Settings().SelectMany(setting => (string[])["-c", setting]),
        ]);
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var told = new List<string>();
        var reading = ReadAsync(server.StandardError, ready, told);
        var first = await Task.WhenAny(ready.Task, reading).WaitAsync(Patience, cancellationToken);
        if (first == reading)
        {
            throw new InvalidOperationException($"PostgreSQL did not start: {string.Join(" ", told)}");
        }
    }

    /// <summary>Stops it.</summary>
    /// <param name="signal">INT ends it in order; QUIT ends it as a crash does, and its next start recovers.</param>
    public async Task StopAsync(string signal = "INT")
    {
        if (server is null)
        {
            return;
        }

        await server.StandardInput.WriteLineAsync(signal);
        server.StandardInput.Close();
        await server.WaitForExitAsync().WaitAsync(Patience);
        server.Dispose();
        server = null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync("QUIT");
        Directory.Delete(folder, recursive: true);
    }

    private async Task MakeAsync(CancellationToken cancellationToken)
    {
        var secret = Path.Combine(folder, "password");
        await File.WriteAllTextAsync(secret, password, cancellationToken);
        if (ServerAccount.IsNeeded)
        {
            await RunAsync("chown", ["-R", ServerAccount.Find().Owner, folder], asAccount: false, cancellationToken);
        }

        await RunAsync(
            Path.Combine(programs, "initdb"),
            [
                "--pgdata", Path.Combine(folder, "data"), "--username", "liaison", "--pwfile", secret, "--auth", "scram-sha-256",
                "--encoding", "UTF8", "--locale", "C", "--no-sync",
            ],
            asAccount: true,
            cancellationToken);
    }

    private IEnumerable<string> Settings() =>
    [
        "listen_addresses=127.0.0.1",
        string.Create(CultureInfo.InvariantCulture, $"port={Port}"),
        $"unix_socket_directories={folder}",
        "fsync=off",
        "full_page_writes=off",
        "shared_buffers=64MB",
        "max_connections=300",
        .. settings,
    ];

    private async Task RunAsync(string program, IReadOnlyList<string> arguments, bool asAccount, CancellationToken cancellationToken)
    {
        using var process = Start(program, arguments, asAccount);
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        await output;
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{Path.GetFileName(program)} failed: {errors}");
        }
    }

    private Process Start(string program, IReadOnlyList<string> arguments, bool asAccount = true)
    {
        IReadOnlyList<string> command = asAccount && ServerAccount.IsNeeded
            ? ["setpriv", .. ServerAccount.Find().Options, program, .. arguments]
            : [program, .. arguments];
        return Process.Start(new ProcessStartInfo(command[0], command.Skip(1))
        {
            // Where every account may be: the caller's folder may be closed to the server's.
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["LC_ALL"] = "C" },
        })!;
    }

    private static async Task ReadAsync(StreamReader errors, TaskCompletionSource ready, List<string> told)
    {
        // Read to the end: a server whose pipe is full stands still.
        while (await errors.ReadLineAsync() is { } line)
        {
            if (line.Contains("database system is ready to accept connections", StringComparison.Ordinal))
            {
                ready.TrySetResult();
            }
            else if (!ready.Task.IsCompleted)
            {
                told.Add(line);
            }
        }
    }
}
