using Liaison.Storage.Migrations;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Liaison.Storage.Postgres;

/// <summary>One PostgreSQL database with everything that Liaison keeps: the storage of a cluster, whose nodes hold nothing themselves.</summary>
/// <remarks>
/// Safe for concurrent use, by any number of processes. What is stored is durable when its task ends. A lost connection, a restarted
/// server, a deadlock are met by trying again for half a minute; what was not told is settled by asking the server whether the
/// transaction stands, never by repeating it blindly. Whoever opens it disposes it, after the stores that stand on it.
/// </remarks>
public sealed class PostgresDatabase : IAsyncDisposable
{
    private static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(30);

    private readonly NpgsqlDataSource source;
    private readonly PostgresRetries retries;

    private PostgresDatabase(NpgsqlDataSource source, string place, TimeProvider time, PostgresRetries retries)
    {
        this.source = source;
        this.retries = retries;
        Place = place;
        Time = time;
    }

    /// <summary>Gets where the database is, as in <c>db.example.com:5432/liaison</c>, without anything secret.</summary>
    public string Place { get; }

    /// <summary>Gets the clock of waits and timers on this node; what is stored goes by the database's.</summary>
    internal TimeProvider Time { get; }

    /// <summary>Opens the database and brings its schema up to date; of several nodes that start at once, one does.</summary>
    /// <param name="connectionString">In Npgsql's form, as in <c>Host=db;Database=liaison;Username=liaison;Password=…</c>; it is secret.</param>
    /// <param name="logger">Where lost connections, full disks and their end are told; <see langword="null"/> tells nobody.</param>
    /// <exception cref="StorageException">The database cannot be used, or a newer program made it.</exception>
    public static Task<PostgresDatabase> OpenAsync(
        string connectionString, TimeProvider time, ILogger<PostgresDatabase>? logger = null, CancellationToken cancellationToken = default) =>
        OpenAsync(connectionString, time, logger, DefaultPatience, Migration.Embedded("Postgres"), cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => source.DisposeAsync();

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
            await database.WriteAsync(session => PostgresMigrations.ApplyAsync(session, migrations, settings.Place), cancellationToken);
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
    internal Task<TOutcome> WriteAsync<TOutcome>(Func<PostgresSession, Task<TOutcome>> work, CancellationToken cancellationToken) =>
        retries.RunAsync(() => WriteOnceAsync(work, cancellationToken), cancellationToken);

    /// <summary>Runs statements that only read, each on what is stored when it begins.</summary>
    internal Task<TOutcome> ReadAsync<TOutcome>(Func<PostgresSession, Task<TOutcome>> work, CancellationToken cancellationToken) =>
        retries.RunAsync(
            async () =>
            {
                await using var connection = await source.OpenConnectionAsync(cancellationToken);
                return await work(new PostgresSession(connection, cancellationToken));
            },
            cancellationToken);

    /// <summary>Opens a connection that its taker keeps and disposes.</summary>
    internal Task<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken) =>
        retries.RunAsync(() => source.OpenConnectionAsync(cancellationToken).AsTask(), cancellationToken);

    private async Task<TOutcome> WriteOnceAsync<TOutcome>(Func<PostgresSession, Task<TOutcome>> work, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var session = new PostgresSession(connection, cancellationToken);
        var id = await session.Statement("SELECT pg_current_xact_id()::text").FirstAsync(row => row.Text(0));
        var outcome = await work(session);
        try
        {
            // No token: what is being committed can no longer be called off, only not be known of.
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (NpgsqlException error) when (PostgresFaults.LeavesOpen(error))
        {
            if (!await StandsAsync(id!))
            {
                throw;
            }
        }

        return outcome;
    }

    // The answer to the commit was lost. The server knows whether the transaction stands, after a crash too.
    private Task<bool> StandsAsync(string transaction) => retries.RunAsync(
        async () =>
        {
            await using var connection = await source.OpenConnectionAsync(CancellationToken.None);
            var status = await new PostgresSession(connection, CancellationToken.None)
                .Statement("SELECT pg_xact_status(@id::xid8)")
                .With("@id", transaction)
                .FirstAsync(row => row.TextOrNull(0));
            return status switch
            {
                "committed" => true,
                "aborted" => false,
                "in progress" => throw new PostgresUndecidedException(),
                _ => throw new StorageException(
                    $"The database {Place} does not know the transaction that a lost connection left open; it was restored or replaced meanwhile, so check the last writes."),
            };
        },
        CancellationToken.None);
}
