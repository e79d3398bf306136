using Liaison.Connectors;
using Liaison.Failures;

namespace Liaison.Writeback.Operations;

/// <summary>One way to write to a CRM, and how to find out what became of it when the answer was lost.</summary>
internal interface IWriteOperation
{
    /// <summary>Gets the most writes of one call.</summary>
    int BatchSize { get; }

    /// <summary>Gets a value indicating whether a look tells for sure that a write is not there; a search lags behind what was written.</summary>
    bool SeesForSure { get; }

    /// <summary>Sends one batch, once.</summary>
    Task<Result<IReadOnlyList<WriteOutcome>>> SendAsync(IReadOnlyList<PendingWrite> batch, CancellationToken cancellationToken);

    /// <summary>Finds out what became of writes whose answer was lost.</summary>
    /// <returns>Those that have to be sent, since they are not there; the others carry their outcome.</returns>
    Task<IReadOnlyList<PendingWrite>> SettleAsync(IReadOnlyList<PendingWrite> writes, CancellationToken cancellationToken);
}
