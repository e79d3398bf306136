using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Liaison.Storage.Postgres;

/// <summary>The marks by which this node's writes are known to stand; each serves one write at a time.</summary>
internal sealed class PostgresMarks
{
    private readonly ConcurrentBag<PostgresMark> idle = [];
    private readonly string node = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
    private int made;

    /// <summary>Takes a mark for a new write.</summary>
    public PostgresMark Take()
    {
        var mark = idle.TryTake(out var kept) ? kept : new PostgresMark($"{node}-{Interlocked.Increment(ref made)}");
        mark.Number++;
        return mark;
    }

    /// <summary>Gives a mark back whose write has ended, one way or the other.</summary>
    public void GiveBack(PostgresMark mark) => idle.Add(mark);
}

/// <summary>One writer's mark.</summary>
internal sealed class PostgresMark(string writer)
{
    /// <summary>Gets or sets the number of the write that it serves.</summary>
    public long Number { get; set; }

    /// <summary>Sets it in the transaction of its write. An earlier attempt that the server has not ended yet is waited for.</summary>
    public Task SetAsync(PostgresSession session) => session.Statement("""
        INSERT INTO write_marks (writer, number, used_at) VALUES (@writer, @number, now())
        ON CONFLICT (writer) DO UPDATE SET number = excluded.number, used_at = excluded.used_at
        """)
        .With("@writer", writer)
        .With("@number", Number)
        .ExecuteAsync();

    /// <summary>Tells whether the write stands, once the server has ended it.</summary>
    public async Task<bool> StandsAsync(PostgresSession session)
    {
        var newest = await session.Statement("""
            INSERT INTO write_marks (writer, number, used_at) VALUES (@writer, 0, now())
            ON CONFLICT (writer) DO UPDATE SET used_at = excluded.used_at RETURNING number
            """)
            .With("@writer", writer)
            .NumberAsync();
        return newest == Number;
    }
}
