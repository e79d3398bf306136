using Npgsql;

namespace Liaison.Storage.Postgres;

/// <summary>Tells all nodes that work may have come up, and hears it: by NOTIFY, over a connection that does nothing else.</summary>
/// <remarks>What is told while the connection is lost is lost too. Nobody depends on it: who waits looks at intervals all the same.</remarks>
internal sealed class PostgresHints(PostgresDatabase database) : IAsyncDisposable
{
    private const string Channel = "liaison_work";
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(15);

    private readonly Lock gate = new();
    private readonly CancellationTokenSource ending = new();
    private TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long heard;
    private Task? listening;

    /// <summary>Gets how many hints were heard.</summary>
    public long Heard => Interlocked.Read(ref heard);

    /// <summary>Tells all nodes, this one too, when the session's transaction is committed.</summary>
    public static Task TellAsync(PostgresSession session) => session.RunAsync($"NOTIFY {Channel}");

    /// <summary>Tells of items that became ready, where there are any.</summary>
    /// <returns>How many there are.</returns>
    public static async Task<int> ToldAsync(PostgresSession session, int ready)
    {
        if (ready > 0)
        {
            await TellAsync(session);
        }

        return ready;
    }

    /// <summary>Waits until something was heard since, or as long as is given; the first who waits begins the listening.</summary>
    public async Task WaitAsync(long since, TimeSpan longest, TimeProvider time, CancellationToken cancellationToken)
    {
        Task hint;
        lock (gate)
        {
            listening ??= Task.Run(() => ListenAsync(ending.Token), CancellationToken.None);
            if (heard != since)
            {
                return;
            }

            hint = next.Task;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(hint, Task.Delay(longest, time, either.Token));
        await either.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        if (listening is not null)
        {
            await listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        ending.Dispose();
    }

    private async Task ListenAsync(CancellationToken stop)
    {
        while (true)
        {
            try
            {
                await using var connection = await database.ConnectAsync(stop);
                connection.Notification += (_, _) => Hear();
                await new PostgresSession(connection, stop).RunAsync($"LISTEN {Channel}");

                // Something may have been told before this connection could hear it.
                Hear();
                while (true)
                {
                    await connection.WaitAsync(stop);
                }
            }
            catch (Exception error) when (!stop.IsCancellationRequested && error is StorageException or NpgsqlException or InvalidOperationException)
            {
                // The connection is lost; whoever waits looks at intervals until there is another.
            }

            await Task.Delay(Rest, database.Time, stop);
        }
    }

    private void Hear()
    {
        TaskCompletionSource told;
        lock (gate)
        {
            heard++;
            told = next;
            next = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        told.TrySetResult();
    }
}
