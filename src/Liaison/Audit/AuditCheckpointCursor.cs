namespace Liaison.Audit;

/// <summary>Walks checkpoints beside the entries that they cover.</summary>
internal sealed class AuditCheckpointCursor(IAsyncEnumerator<AuditCheckpoint> checkpoints) : IAsyncDisposable
{
    /// <summary>Gets the checkpoint that comes next; <see langword="null"/> at the end.</summary>
    public AuditCheckpoint? Next { get; private set; }

    public async Task AdvanceAsync() => Next = await checkpoints.MoveNextAsync() ? checkpoints.Current : null;

    public ValueTask DisposeAsync() => checkpoints.DisposeAsync();
}
