namespace Liaison.Pipelines;

/// <summary>Tells whoever waits that something has moved. Safe for concurrent use.</summary>
internal sealed class Movement(TimeProvider time)
{
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    private TaskCompletionSource moved = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets what ends with the next movement; taken before anything is looked at, so that none is missed.</summary>
    public Task Next => Volatile.Read(ref moved).Task;

    /// <summary>Tells that something has moved.</summary>
    public void Tell() => Interlocked.Exchange(ref moved, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    /// <summary>Waits for a movement, or a moment: others may have moved something out of sight.</summary>
    public async Task WaitAsync(Task next, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(next, Task.Delay(Glance, time, either.Token));
        await either.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }
}
