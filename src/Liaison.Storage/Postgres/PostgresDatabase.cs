using System.Data;
using Liaison.Storage.Migrations;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Liaison.Storage.Postgres;

/// <summary>One PostgreSQL database with everything that Liaison keeps: the storage of a cluster, whose nodes hold nothing themselves.</summary>
/// <remarks>
/// Safe for concurrent use, by any number of processes. What is stored is durable when its task ends. A lost connection, a restarted
/// server, a deadlock are met by trying again for half a minute; a write whose answer was lost is settled by looking for its mark, never
/// by repeating it blindly. Whoever opens it disposes it, after the stores that stand on it.
/// </remarks>
public sealed class PostgresDatabase : IAsyncDisposable
{
    private static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(30);

    private readonly NpgsqlDataSource source;
    private readonly PostgresRetries retries;
    private readonly PostgresMarks marks = new();

    private PostgresDatabase(NpgsqlDataSource source, string place, TimeProvider time, PostgresRetries retries)
    {
        this.source = source;
        this.retries = retries;
        Place = place;
        Time = time;
        Hints = new PostgresHints(this);
    }

    /// <summary>Gets where the database is, as in <c>db.example.com:5432/liaison</c>, without anything secret.</summary>
    public string Place { get; }

    /// <summary>Gets what connections come from, for a library that makes its own transactions.</summary>
    internal NpgsqlDataSource Source => source;

    /// <summary>Gets what tells other nodes of work and hears them.</summary>
    internal PostgresHints Hints { get; }

    /// <summary>Gets the clock of waits and timers on this node; what is stored goes by the database's.</summary>
    internal TimeProvider Time { get; }

    /// <summary>Opens the database and brings its schema up to date; of several nodes that start at once, one does.</summary>
    /// <param name="connectionString">In Npgsql's form, as in <c>Host=db;Database=liaison;Username=liaison;Password=…</c>; it is secret.</param>
    /// <param name="logger">Where lost connections, full disks and their end are told; <see langword="null"/> tells nobody.</param>
    /// <exception cref="StorageException">The database cannot be used, or a newer program made it.</exception>
    public static Task<PostgresDatabase> OpenAsync(
        string connectionString, TimeProvider time, ILogger<PostgresDatabase>? logger = null, CancellationToken cancellationToken = default) =>
        OpenAsync(connectionString, time, logger, DefaultPatience, Migration.Embedded("Postgres"), cancellationToken);

    /// <summary>Binds a database that is nobody's to an installation, and refuses one that is another's.</summary>
    /// <param name="installation">The id that lies beside the keys which open the stored secrets.</param>
    /// <param name="keyFolder">Where it lies, for the sentence.</param>
    /// <exception cref="StorageException">The database belongs to an installation with other keys.</exception>
    public async Task BindAsync(string installation, string keyFolder, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(installation);
        var bound = await WriteRepeatablyAsync(
            async session =>
            {
                await session.Statement("INSERT INTO installation (id, bound_at) VALUES (@id, now()) ON CONFLICT DO NOTHING").With("@id", installation).ExecuteAsync();
                return await session.Statement("SELECT id FROM installation").FirstAsync(row => row.Text(0));
            },
            cancellationToken);
        if (bound != installation)
        {
            throw new StorageException(
                $"The database {Place} belongs to an installation whose keys are not those in {keyFolder}, so that neither could open what the other stores; give all nodes one storage.folder on a volume that they share.");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Hints.DisposeAsync();
        await source.DisposeAsync();
    }

    /// <param name="patience">How long to try again.</param>
    internal static async Task<PostgresDatabase> OpenAsync(
        string connectionString,
        TimeProvider time,
        ILogger<PostgresDatabase>? logger,
        TimeSpan patience,
        IReadOnlyList<Migration> migrations,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(time);
        var settings = PostgresSettings.Of(connectionString);
        var source = new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
        try
        {
            var retries = new PostgresRetries(settings.Place, time, patience, new Random(), logger ?? NullLogger<PostgresDatabase>.Instance);
            var database = new PostgresDatabase(source, settings.Place, time, retries);
            await database.MigrateAsync(migrations, cancellationToken);
            return database;
        }
        catch
        {
            await source.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs statements in one transaction; the outcome is durable.</summary>
    /// <param name="work">Run again from its beginning where the transaction was taken back for a passing reason.</param>
    internal async Task<TOutcome> WriteAsync<TOutcome>(Func<PostgresSession, Task<TOutcome>> work, CancellationToken cancellationToken)
    {
        var mark = marks.Take();
        var outcome = await retries.RunAsync(
            () => UseAsync(connection => WriteOnceAsync(connection, mark, work, cancellationToken), cancellationToken), cancellationToken);

        // Where it failed, the server may still be at it: the next write is not to wait for that.
        marks.GiveBack(mark);
        return outcome;
    }

    /// <summary>Runs statements in one transaction that does no harm when it is made twice, as after a lost answer it may be.</summary>
    /// <remarks>It needs no mark, and with it no disk where its tables are unlogged.</remarks>
    internal Task<TOutcome> WriteRepeatablyAsync<TOutcome>(Func<PostgresSession, Task<TOutcome>> work, CancellationToken cancellationToken) =>
        retries.RunAsync(
            () => UseAsync(
                async connection =>
                {
                    await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                    var outcome = await work(new PostgresSession(connection, cancellationToken));
                    await transaction.CommitAsync(CancellationToken.None);
                    return outcome;
                },
                cancellationToken),
            cancellationToken);

    /// <summary>Runs statements that only read, each on what is stored when it begins.</summary>
    internal Task<TOutcome> ReadAsync<TOutcome>(Func<PostgresSession, Task<TOutcome>> work, CancellationToken cancellationToken) =>
        retries.RunAsync(
            () => UseAsync(connection => work(new PostgresSession(connection, cancellationToken)), cancellationToken), cancellationToken);

    /// <summary>Opens a connection that its taker keeps and disposes.</summary>
    internal Task<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken) =>
        retries.RunAsync(() => source.OpenConnectionAsync(cancellationToken).AsTask(), cancellationToken);

    private async Task<TOutcome> UseAsync<TOutcome>(Func<NpgsqlConnection, Task<TOutcome>> use, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        try
        {
            return await use(connection);
        }
        catch (InvalidOperationException error) when (error is ObjectDisposedException || connection.State != ConnectionState.Open)
        {
            // So the library tells a connection that broke between two of its steps; it must not be handed out again.
            NpgsqlConnection.ClearPool(connection);
            throw new NpgsqlException("The connection was lost.", new IOException(error.Message, error));
        }
    }

    // Without a mark, whose table it makes: a step that stands is not made again.
    private Task<int> MigrateAsync(IReadOnlyList<Migration> migrations, CancellationToken cancellationToken) => WriteRepeatablyAsync(
        async session =>
        {
            var made = await PostgresMigrations.ApplyAsync(session, migrations, Place);

            // Nodes come and go, and leave their marks; a living one's that slept so long is simply set anew.
            await session.RunAsync("DELETE FROM write_marks WHERE used_at < now() - interval '1 day'");
            return made;
        },
        cancellationToken);

    private async Task<TOutcome> WriteOnceAsync<TOutcome>(
        NpgsqlConnection connection, PostgresMark mark, Func<PostgresSession, Task<TOutcome>> work, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var session = new PostgresSession(connection, cancellationToken);
        await mark.SetAsync(session);
        var outcome = await work(session);
        try
        {
            // No token: what is being committed can no longer be called off, only not be known of.
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (Exception error) when (error is InvalidOperationException || (error is NpgsqlException told && PostgresFaults.LeavesOpen(told)))
        {
            if (!await StandsAsync(mark))
            {
                throw;
            }
        }

        return outcome;
    }

    private async Task<bool> StandsAsync(PostgresMark mark)
    {
        try
        {
            return await ReadAsync(mark.StandsAsync, CancellationToken.None);
        }
        catch (StorageException error)
        {
            throw new StorageException(
                $"The database {Place} was lost while it stored a write and does not say yet whether the write stands; look before you repeat it.", error);
        }
    }
}
