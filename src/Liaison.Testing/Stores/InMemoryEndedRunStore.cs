using Liaison.Work;

namespace Liaison.Testing.Stores;

/// <summary>The ended runs of an <see cref="InMemoryWorkStore"/>: keeps the contract, and nothing past the process.</summary>
public sealed class InMemoryEndedRunStore(InMemoryWorkStore work) : IEndedRunStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<Run>> ListAsync(TimeSpan ago, CancellationToken cancellationToken) => Task.FromResult(work.OnRuns<IReadOnlyList<Run>>(
        runs => [.. runs.Values.Where(held => !held.IsReported && held.Run.FinishedAt <= work.Time.GetUtcNow() - ago).Select(held => held.Run).OrderBy(run => run.FinishedAt)]));

    /// <inheritdoc/>
    public Task<bool> NoteAsync(string runId, string report, bool last, CancellationToken cancellationToken) =>
        Task.FromResult(work.OnRuns(runs => runs.TryGetValue(runId, out var held) && held.Note(report, last)));

    /// <inheritdoc/>
    public Task<DroppedItems> DropAsync(CancellationToken cancellationToken) => Task.FromResult(work.OnRuns(runs =>
    {
        var dropped = runs.Values.Select(held => held.Drop()).Where(items => items > 0).ToList();
        return new DroppedItems(dropped.Count, dropped.Sum());
    }));
}
