using Liaison.Connectors;
using Liaison.Work;

namespace Liaison.Operations;

/// <summary>Whether a process can do its work.</summary>
public enum ReadyState
{
    /// <summary>Everything answers.</summary>
    Ready,

    /// <summary>It works, and something outside does not: a CRM, a credential, a queue that nobody works on.</summary>
    Degraded,

    /// <summary>It cannot work: its store does not answer.</summary>
    Unready,
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Name">store, queue, or crm and the connection's name.</param>
/// <param name="Told">What was found, in a sentence without secrets.</param>
public sealed record ReadyCheck(string Name, ReadyState State, string Told, DateTimeOffset? Since = null);

/// <summary>What was found.</summary>
public sealed record ReadyReport(ReadyState State, IReadOnlyList<ReadyCheck> Checks);

/// <summary>Tells whether the store, the queue and the CRMs are there, from what is known and without a call to any CRM (R152).</summary>
/// <remarks>What was found holds for two seconds, so that whoever probes costs the store nothing.</remarks>
public sealed class Readiness(IWorkStore work, IDeadLetterStore letters, ConnectionStates connections, TimeProvider time) : IDisposable
{
    private const int MostRuns = 50;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Holds = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestUnled = TimeSpan.FromMinutes(2);

    private readonly SemaphoreSlim turn = new(1);
    private ReadyReport? found;
    private DateTimeOffset foundAt;

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    /// <summary>Tells what was found.</summary>
    public async Task<ReadyReport> AskAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (found is null || time.GetUtcNow() - foundAt >= Holds)
            {
                found = await LookAsync(cancellationToken);
                foundAt = time.GetUtcNow();
            }

            return found;
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<ReadyReport> LookAsync(CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            var queue = await QueueAsync(either.Token);
            var crms = (await connections.ListAsync(either.Token)).Select(Judge).ToList();
            List<ReadyCheck> checks = [new("store", ReadyState.Ready, "The store answers."), queue, .. crms];
            return new ReadyReport(checks.Max(check => check.State), checks);
        }
#pragma warning disable CA1031 // Whatever the store throws, the one who probes is told that it does not answer, and nothing of why.
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return new ReadyReport(ReadyState.Unready, [new ReadyCheck("store", ReadyState.Unready, "The store does not answer; the log of the process says why.")]);
        }
    }

    private async Task<ReadyCheck> QueueAsync(CancellationToken cancellationToken)
    {
        var (running, waiting) = (0, 0L);
        DateTimeOffset? unled = null;
        foreach (var run in (await work.ListRunsAsync(MostRuns, cancellationToken)).Where(run => run.State == RunState.Running))
        {
            var counts = await work.CountAsync(run.Id, cancellationToken);
            (running, waiting) = (running + 1, waiting + counts.Open);
            if (run.Leader is null && run.UpdatedAt < time.GetUtcNow() - LongestUnled)
            {
                unled = unled < run.UpdatedAt ? unled : run.UpdatedAt;
            }
        }

        var dead = (await letters.CountWaitingAsync(cancellationToken)).Values.Sum();
        var told = FormattableString.Invariant($"{running} runs are running, {waiting} of their items wait, and {dead} dead letters.");
        return unled is null
            ? new ReadyCheck("queue", ReadyState.Ready, told)
            : new ReadyCheck("queue", ReadyState.Degraded, $"{told} One of the runs is led by nobody; liaison run list shows it.", unled);
    }

    private static ReadyCheck Judge(ConnectionState state) => new(
        $"crm {state.Connection.Name}",
        state.Condition is ConnectionCondition.Ok or ConnectionCondition.Untried ? ReadyState.Ready : ReadyState.Degraded,
        state.Condition.ToString(),
        state.Since);
}
