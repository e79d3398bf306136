using Liaison.Failures;
using Liaison.Model;
using Liaison.Work;

namespace Liaison.Pipelines;

/// <summary>Sets runs going, one of a pipeline on a connection at a time: two at once would do the same work twice (R172).</summary>
internal sealed class RunStarts(IWorkStore work)
{
    /// <summary>The reason of a run that has not been set going yet.</summary>
    public const string Planned = "planned";

    /// <summary>Finds the run that stands in the way of another.</summary>
    /// <returns>A <see cref="FailureKind.Conflict"/> that names it.</returns>
    public async Task<Result<Done>> MayStartAsync(string pipeline, ConnectionName connection, string? except, CancellationToken cancellationToken)
    {
        foreach (var state in (RunState[])[RunState.Running, RunState.Parked])
        {
            var going = (await work.ListRunsAsync(state, cancellationToken))
                .FirstOrDefault(run => run.Pipeline == pipeline && run.Connection == connection && run.Id != except);
            if (going is not null)
            {
                return new Failure(
                    FailureKind.Conflict,
                    $"Run {going.Id} of {pipeline} on {connection} is {going.State}, and two at once would do the same work twice; liaison run watch {going.Id} follows it, liaison run cancel {going.Id} ends it.");
            }
        }

        return Done.Value;
    }

    /// <summary>Sets a planned or stopped run going; one that is going already is left as it is.</summary>
    /// <returns>A <see cref="FailureKind.Conflict"/> where another of the same pipeline and connection is going.</returns>
    public async Task<Result<Done>> SetGoingAsync(Run run, CancellationToken cancellationToken)
    {
        if (run.State == RunState.Running)
        {
            return Done.Value;
        }

        // Looking and setting are one step for all who start: the name is held for it.
        await using var turn = await work.TryHoldAsync($"start of {run.Pipeline} on {run.Connection.Value}", cancellationToken);
        if (turn is null)
        {
            return new Failure(FailureKind.Conflict, $"A run of {run.Pipeline} on {run.Connection} is being started by another process at this moment; liaison run list shows it.");
        }

        if (!(await MayStartAsync(run.Pipeline, run.Connection, run.Id, cancellationToken)).TryGet(out _, out var failure))
        {
            if (run.Reason == Planned)
            {
                await work.TryMoveAsync(run.Id, run.State, RunState.Cancelled, failure.Message, cancellationToken);
            }

            return failure;
        }

        if (await work.TryMoveAsync(run.Id, run.State, RunState.Running, reason: null, cancellationToken))
        {
            await work.ReleaseAsync(run.Id, cancellationToken);
        }

        return Done.Value;
    }
}
