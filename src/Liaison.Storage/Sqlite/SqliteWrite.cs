namespace Liaison.Storage.Sqlite;

/// <summary>One caller's write in the queue, with the outcome that the caller waits for.</summary>
internal abstract class SqliteWrite
{
    private SqliteWrite()
    {
    }

    /// <summary>Runs inside the group's transaction; the outcome is held back until the group is durable.</summary>
    public abstract void Run(SqliteSession session);

    /// <summary>Tells the caller what <see cref="Run"/> gave; called once the group is durable.</summary>
    public abstract void Succeed();

    /// <summary>Tells the caller that nothing of the write was stored.</summary>
    public abstract void Fail(Exception error);

    /// <summary>Takes the write out of the queue when its caller has gone; no write is cancelled once it runs.</summary>
    public abstract bool IsCancelled();

    /// <summary>A write with its outcome's type, which the queue need not know.</summary>
    internal sealed class Of<TOutcome>(Func<SqliteSession, TOutcome> work, CancellationToken cancellationToken) : SqliteWrite
    {
        // The writer's thread must not run callers' continuations: it would hold up everybody else's writes.
        private readonly TaskCompletionSource<TOutcome> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private TOutcome outcome = default!;

        public Task<TOutcome> Completion => completion.Task;

        public override void Run(SqliteSession session) => outcome = work(session);

        public override void Succeed() => completion.TrySetResult(outcome);

        public override void Fail(Exception error) => completion.TrySetException(error);

        public override bool IsCancelled() =>
            cancellationToken.IsCancellationRequested && completion.TrySetCanceled(cancellationToken);
    }
}
