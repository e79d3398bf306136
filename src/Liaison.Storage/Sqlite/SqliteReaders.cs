using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Liaison.Storage.Sqlite;

/// <summary>The connections that read beside the writer; each is used by one reader at a time and kept for the next.</summary>
internal sealed class SqliteReaders(string path, TimeSpan patience) : IDisposable
{
    private const int MostKept = 8;

    private readonly ConcurrentBag<SqliteSession> idle = [];
    private volatile bool closed;

    public TOutcome Read<TOutcome>(Func<SqliteSession, TOutcome> work)
    {
        ObjectDisposedException.ThrowIf(closed, this);
        try
        {
            var session = idle.TryTake(out var kept) ? kept : Open();
            try
            {
                return work(session);
            }
            finally
            {
                GiveBack(session);
            }
        }
        catch (SqliteException error) when (SqliteFaults.IsAboutFile(error))
        {
            throw SqliteFaults.Translate(error, path);
        }
    }

    public void Dispose()
    {
        closed = true;
        while (idle.TryTake(out var session))
        {
            session.Dispose();
        }
    }

    private SqliteSession Open()
    {
        var session = SqliteSession.Open(path, patience);
        session.Run("PRAGMA query_only = ON");
        return session;
    }

    private void GiveBack(SqliteSession session)
    {
        if (closed || idle.Count >= MostKept)
        {
            session.Dispose();
            return;
        }

        idle.Add(session);
    }
}
