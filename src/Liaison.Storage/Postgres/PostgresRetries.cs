using Microsoft.Extensions.Logging;
using Npgsql;

namespace Liaison.Storage.Postgres;

/// <summary>Tries again what failed for a passing reason, for as long as patience lasts, and tells of it once.</summary>
internal sealed partial class PostgresRetries(string place, TimeProvider time, TimeSpan patience, Random random, ILogger logger)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    // Reads go on while a disk is full, so that no success tells of its end.
    private static readonly TimeSpan BetweenFull = TimeSpan.FromMinutes(1);

    private long toldFull;
    private long back;

    // One line when the database goes away and one when it is back, however many requests notice.
    private int away;

    /// <param name="action">One attempt, which stores all or nothing.</param>
    /// <exception cref="StorageException">The reason did not pass, or is none that does.</exception>
    public async Task<TOutcome> RunAsync<TOutcome>(Func<Task<TOutcome>> action, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var wait = FirstWait;
        while (true)
        {
            var attempted = time.GetTimestamp();
            try
            {
                var outcome = await action();
                TellBack();
                return outcome;
            }
            catch (NpgsqlException error)
            {
                Judge(error, attempted, time.GetElapsedTime(began));
            }

            // Two that took each other's locks must not meet again at the same moment.
            await Task.Delay(wait * (0.5 + (random.NextDouble() / 2)), time, cancellationToken);
            wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
        }
    }

    private void Judge(NpgsqlException error, long attempted, TimeSpan passed)
    {
        var told = PostgresFaults.Translate(error, place);
        if (PostgresFaults.IsFull(error))
        {
            TellFull();
        }
        else if (PostgresFaults.Passes(error) && !PostgresFaults.IsContention(error) && told is not null)
        {
            TellAway(told.Message, attempted);
        }

        if (!PostgresFaults.Passes(error) || passed >= patience)
        {
            throw told ?? (Exception)error;
        }
    }

    private void TellAway(string reason, long attempted)
    {
        // What was begun while it was away is no news once it is back.
        if (attempted >= Interlocked.Read(ref back) && Interlocked.Exchange(ref away, 1) == 0)
        {
            LogAway(logger, reason);
        }
    }

    private void TellFull()
    {
        var now = time.GetTimestamp();
        var last = Interlocked.Read(ref toldFull);
        if ((last == 0 || time.GetElapsedTime(last, now) >= BetweenFull) && Interlocked.CompareExchange(ref toldFull, now, last) == last)
        {
            LogFull(logger, place);
        }
    }

    private void TellBack()
    {
        if (Volatile.Read(ref away) == 1 && Interlocked.Exchange(ref away, 0) == 1)
        {
            Interlocked.Exchange(ref back, time.GetTimestamp());
            LogBack(logger, place);
        }
    }

    [LoggerMessage(2001, LogLevel.Warning, "{Reason}")]
    private static partial void LogAway(ILogger logger, string reason);

    [LoggerMessage(2002, LogLevel.Warning, "The database {Place} is back")]
    private static partial void LogBack(ILogger logger, string place);

    [LoggerMessage(2003, LogLevel.Error, "The disk that holds the database {Place} is full; writes are refused until there is space")]
    private static partial void LogFull(ILogger logger, string place);
}
