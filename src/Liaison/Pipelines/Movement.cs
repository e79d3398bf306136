using Liaison.Work;

namespace Liaison.Pipelines;

/// <summary>Tells whoever waits that something has moved, in this process or, by a hint of the store, in another. Safe for concurrent use.</summary>
internal sealed class Movement(IWorkStore work, TimeProvider time)
{
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    private TaskCompletionSource moved = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets what ends with the next movement; taken before anything is looked at, so that none is missed.</summary>
    public NextMovement Next => new(Volatile.Read(ref moved).Task, work.HintsHeard);

    /// <summary>Tells that something has moved.</summary>
    public void Tell() => Interlocked.Exchange(ref moved, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    /// <summary>Waits for a movement, or a moment: others may have moved something out of sight, and hints may be lost.</summary>
    public async Task WaitAsync(NextMovement next, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(next.Here, work.WaitForHintAsync(next.Heard, Glance, time, either.Token));
        await either.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }
}

/// <summary>What had moved when somebody began to look.</summary>
/// <param name="Here">Ends with the next movement of this process.</param>
/// <param name="Heard">How many hints had been heard.</param>
internal readonly record struct NextMovement(Task Here, long Heard);
