using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Liaison.Audit;

/// <summary>Signs the chain in the background: every so many entries, when the process ends in order, and when asked.</summary>
/// <remarks>
/// Appends never wait for it. Safe for concurrent use, and for several processes on one store. Disposing signs what is not
/// signed yet, so it must come before the store goes.
/// </remarks>
public sealed partial class AuditSigner : IAsyncDisposable
{
    /// <summary>How many entries go between two checkpoints where nothing else is configured.</summary>
    public const int DefaultInterval = 1000;

    private readonly IAuditStore store;
    private readonly AuditSigningKey key;
    private readonly AuditKeyFolder folder;
    private readonly TimeProvider time;
    private readonly ILogger<AuditSigner> logger;
    private readonly int interval;

    // One call that waits is as good as many: a checkpoint covers all that came before it.
    private readonly Channel<bool> calls = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly Task pump;
    private int unsigned;

    /// <summary>Begins to wait for entries.</summary>
    /// <param name="interval">How many entries of this process go between two checkpoints.</param>
    public AuditSigner(
        IAuditStore store, AuditSigningKey key, AuditKeyFolder folder, TimeProvider time, ILogger<AuditSigner> logger, int interval = DefaultInterval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, 1);
        this.store = store;
        this.key = key;
        this.folder = folder;
        this.time = time;
        this.logger = logger;
        this.interval = interval;
        pump = PumpAsync();
    }

    /// <summary>Signs the chain up to its newest entry and notes the checkpoint outside the store.</summary>
    /// <returns>The newest checkpoint, an earlier one where it covers everything; <see langword="null"/> for an empty audit.</returns>
    public async Task<AuditCheckpoint?> SignAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            Interlocked.Exchange(ref unsigned, 0);
            return await SignNewestAsync(cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!calls.Writer.TryComplete())
        {
            return;
        }

        await pump;
        if (Volatile.Read(ref unsigned) > 0)
        {
            await TrySignAsync();
        }

        turn.Dispose();
    }

    /// <summary>Counts entries that were appended.</summary>
    internal void Count(int entries)
    {
        if (Interlocked.Add(ref unsigned, entries) >= interval)
        {
            calls.Writer.TryWrite(true);
        }
    }

    private async Task PumpAsync()
    {
        await foreach (var _ in calls.Reader.ReadAllAsync())
        {
            await TrySignAsync();
        }
    }

    private async Task TrySignAsync()
    {
        try
        {
            await SignAsync(CancellationToken.None);
        }
#pragma warning disable CA1031 // A checkpoint that fails is told and made good by the next one; the requests that it covers go on.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogNotSigned(logger, error);
        }
    }

    private async Task<AuditCheckpoint?> SignNewestAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            // Read anew each time round: another process may have signed meanwhile.
            var last = await store.FindLastCheckpointAsync(cancellationToken);
            var newest = await store.ReadAsync(new AuditQuery(Limit: 1) { NewestFirst = true }, cancellationToken).FirstOrDefaultAsync(cancellationToken);
            if (newest is null)
            {
                return null;
            }

            var covered = last is not null && last.Sequence >= newest.Sequence;
            var checkpoint = covered ? last! : AuditCheckpoint.Sign(key, newest, last, time.GetUtcNow());
            if (covered || await store.AddCheckpointAsync(checkpoint, cancellationToken))
            {
                await NoteHeadAsync(checkpoint, cancellationToken);
                return checkpoint;
            }
        }
    }

    // The store first and the head after: a death in between leaves a head that is true and only older than it could be.
    private async Task NoteHeadAsync(AuditCheckpoint newest, CancellationToken cancellationToken)
    {
        var head = folder.ReadHead();
        if (head is null || await store.ReadCheckpointsAsync(head.Sequence, cancellationToken).FirstOrDefaultAsync(cancellationToken) == head)
        {
            if (head != newest)
            {
                folder.WriteHead(newest);
            }

            return;
        }

        // The store no longer has what was signed: the head is the proof of it and must not be written over.
        LogHeadMissing(logger, head.Sequence);
    }

    [LoggerMessage(1101, LogLevel.Warning, "The audit could not be signed; the next checkpoint will cover the same entries")]
    private static partial void LogNotSigned(ILogger logger, Exception error);

    [LoggerMessage(1102, LogLevel.Error, "The audit no longer holds the checkpoint that was signed at entry {Sequence}: entries were cut or rewritten; liaison audit verify tells where")]
    private static partial void LogHeadMissing(ILogger logger, long sequence);
}
