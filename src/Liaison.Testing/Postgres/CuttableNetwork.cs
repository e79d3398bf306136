using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Liaison.Testing.Postgres;

/// <summary>A network between a node and its database, on loopback, that a test can cut at the worst moments.</summary>
public sealed class CuttableNetwork : IAsyncDisposable
{
    private static readonly byte[] Commit = "COMMIT"u8.ToArray();

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ending = new();
    private readonly ConcurrentDictionary<Socket, byte> sockets = [];
    private readonly int server;
    private readonly Task accepting;
    private volatile bool cut;
    private int cutAtCommit;

    /// <summary>Makes a network that lets everything through.</summary>
    /// <param name="server">The database's port on 127.0.0.1.</param>
    public CuttableNetwork(int server)
    {
        this.server = server;
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>Gets the port on 127.0.0.1 at which the database is reached through it.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Gets how many connections were cut.</summary>
    public int Cuts { get; private set; }

    /// <summary>Cuts every connection and lets no new one through.</summary>
    public void Cut()
    {
        cut = true;
        foreach (var socket in sockets.Keys)
        {
            Close(socket);
        }
    }

    /// <summary>Lets connections through again.</summary>
    public void Mend() => cut = false;

    /// <summary>Cuts the next connection that commits.</summary>
    public void CutAtNextCommit(CommitCut when) => Volatile.Write(ref cutAtCommit, (int)when);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Stop();
        Cut();
        await accepting;
        ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var node = await listener.AcceptSocketAsync(ending.Token);
                _ = RelayAsync(node);
            }
        }
        catch (OperationCanceledException)
        {
            // The test has ended.
        }
    }

    private async Task RelayAsync(Socket node)
    {
        using var database = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using (node)
        {
            sockets.TryAdd(node, 0);
            sockets.TryAdd(database, 0);
            try
            {
                if (!cut)
                {
                    await database.ConnectAsync(IPAddress.Loopback, server, ending.Token);
                    var swallow = new TaskCompletionSource();
                    await Task.WhenAny(AskAsync(node, database, swallow), AnswerAsync(database, node, swallow.Task));
                }
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // Cut.
            }
            finally
            {
                sockets.TryRemove(node, out _);
                sockets.TryRemove(database, out _);
            }
        }
    }

    private async Task AskAsync(Socket node, Socket database, TaskCompletionSource swallow)
    {
        var buffer = new byte[65_536];
        while (await node.ReceiveAsync(buffer, ending.Token) is > 0 and var count)
        {
            if (buffer.AsSpan(0, count).IndexOf(Commit) >= 0)
            {
                switch ((CommitCut)Interlocked.Exchange(ref cutAtCommit, 0))
                {
                    case CommitCut.BeforeItArrives:
                        Cuts++;
                        return;
                    case CommitCut.BeforeItIsAnswered:
                        Cuts++;
                        swallow.SetResult();
                        break;
                    case CommitCut.Never:
                        break;
                }
            }

            await SendAsync(database, buffer.AsMemory(0, count));
        }
    }

    private async Task AnswerAsync(Socket database, Socket node, Task swallow)
    {
        var buffer = new byte[65_536];
        while (await database.ReceiveAsync(buffer, ending.Token) is > 0 and var count)
        {
            if (swallow.IsCompleted)
            {
                // The answer is here, so that the commit stands; its asker never hears of it.
                return;
            }

            await SendAsync(node, buffer.AsMemory(0, count));
        }
    }

    private async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await to.SendAsync(bytes, ending.Token)..];
        }
    }

    private static void Close(Socket socket)
    {
        try
        {
            socket.Close(0);
        }
        catch (ObjectDisposedException)
        {
            // It has ended by itself.
        }
    }
}

/// <summary>At which moment of a commit the network fails.</summary>
public enum CommitCut
{
    /// <summary>It does not.</summary>
    Never,

    /// <summary>The server never hears of the commit.</summary>
    BeforeItArrives,

    /// <summary>The server has committed, and the node never hears of it.</summary>
    BeforeItIsAnswered,
}
