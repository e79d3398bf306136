using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Liaison.Storage.Sqlite;

/// <summary>The one writer of a process: takes queued writes in order and makes many durable with one sync of the disk.</summary>
/// <remarks>
/// A full sync a commit is what an audit needs and what a disk does some hundred times a second; grouping makes it cheap without
/// giving it up. A write that fails is taken back alone, by its savepoint; the others of its group stand.
/// </remarks>
internal sealed partial class SqliteWriter : IDisposable
{
    private const int MostInGroup = 512;

    // Another process waits for the lock meanwhile: it must not wait long.
    private static readonly TimeSpan LongestGroup = TimeSpan.FromMilliseconds(100);

    // While the disk refuses, every write fails of it; one line tells of them all.
    private static readonly TimeSpan BetweenLines = TimeSpan.FromMinutes(1);

    private readonly BlockingCollection<SqliteWrite> queue = [];
    private readonly SqliteSession session;
    private readonly string path;
    private readonly ILogger logger;
    private readonly Task pump;
    private long told;

    public SqliteWriter(SqliteSession session, string path, ILogger logger)
    {
        this.session = session;
        this.path = path;
        this.logger = logger;

        // A thread of its own: it blocks on the disk, and the pool's few threads serve requests.
        pump = Task.Factory.StartNew(Pump, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public Task<TOutcome> WriteAsync<TOutcome>(Func<SqliteSession, TOutcome> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var write = new SqliteWrite.Of<TOutcome>(work, cancellationToken);
        try
        {
            queue.Add(write, CancellationToken.None);
        }
        catch (InvalidOperationException)
        {
            throw new ObjectDisposedException(path, "The database was closed before this write.");
        }

        return write.Completion;
    }

    /// <summary>Ends the queue and waits until what is in it is durable.</summary>
    public void Dispose()
    {
        if (pump.IsCompleted)
        {
            return;
        }

        queue.CompleteAdding();
        pump.Wait();
        queue.Dispose();
    }

    private void Pump()
    {
        foreach (var first in queue.GetConsumingEnumerable())
        {
            RunGroup(first);
        }
    }

    private void RunGroup(SqliteWrite first)
    {
        var group = new List<SqliteWrite> { first };
        var stored = new List<SqliteWrite>();
        try
        {
            session.Statement("BEGIN IMMEDIATE").Execute();
            var began = TimeProvider.System.GetTimestamp();
            RunInSavepoint(first, stored);
            while (group.Count < MostInGroup
                && TimeProvider.System.GetElapsedTime(began) < LongestGroup
                && queue.TryTake(out var next))
            {
                group.Add(next);
                RunInSavepoint(next, stored);
            }

            session.Statement("COMMIT").Execute();
        }
        catch (SqliteException error)
        {
            EndTransaction();
            var told = Told(error);
            group.ForEach(write => write.Fail(told));
            return;
        }

        stored.ForEach(write => write.Succeed());
    }

    private void RunInSavepoint(SqliteWrite write, List<SqliteWrite> stored)
    {
        if (write.IsCancelled())
        {
            return;
        }

        session.Statement("SAVEPOINT one_write").Execute();
        try
        {
            write.Run(session);
        }
#pragma warning disable CA1031 // Whatever a write throws belongs to its caller, not to the thread that all writes share.
        catch (Exception error)
#pragma warning restore CA1031
        {
            write.Fail(error is SqliteException fault ? Told(fault) : error);
            if (!session.InTransaction)
            {
                // The disk failed under the whole group, and SQLite has taken all of it back.
                throw error as SqliteException ?? new SqliteException("The transaction was ended.", SQLitePCL.raw.SQLITE_IOERR);
            }

            session.Statement("ROLLBACK TO one_write").Execute();
            session.Statement("RELEASE one_write").Execute();
            return;
        }

        session.Statement("RELEASE one_write").Execute();
        stored.Add(write);
    }

    private void EndTransaction()
    {
        if (session.InTransaction)
        {
            session.Statement("ROLLBACK").Execute();
        }
    }

    private Exception Told(SqliteException error)
    {
        if (!SqliteFaults.IsAboutFile(error))
        {
            return error;
        }

        var sentence = SqliteFaults.Translate(error, path);
        if (SqliteFaults.IsAboutDisk(error) && (told == 0 || TimeProvider.System.GetElapsedTime(told) >= BetweenLines))
        {
            told = TimeProvider.System.GetTimestamp();
            LogRefused(logger, sentence.Message);
        }

        return sentence;
    }

    [LoggerMessage(2011, LogLevel.Error, "{Reason}")]
    private static partial void LogRefused(ILogger logger, string reason);
}
