using System.Threading.Channels;
using Liaison.Failures;
using Liaison.Gateway;
using Liaison.Work;
using Microsoft.Extensions.Logging;

namespace Liaison.Pipelines;

/// <summary>One worker on a run: claims what is ready, selects while it leads, gives every item its end, and stops where it must.</summary>
/// <remarks>
/// Any number of processes execute one run at once. One of them leads: it selects, works on what it has just read, and leaves what it
/// has no hands for to the others; when all is done it decides the end. All progress is in the store: after a kill the others go on
/// where it stood and repeat no write.
/// </remarks>
/// <param name="byJobs">Whether a chunk is a job of the CRM: that is as much as a process should hold, so that nothing is read ahead of it.</param>
internal sealed class RunExecutor(
    IWorkStore work,
    LiaisonGateway gateway,
    QualifyRecords qualify,
    RunAlerts told,
    Run run,
    IReadOnlyList<string> fields,
    int chunkSize,
    bool byJobs,
    string name,
    TimeProvider time,
    ILogger logger)
{
    private const int Hands = 3;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    private readonly RunPages pages = new(work, gateway, run, fields, name, byJobs ? chunkSize : null);
    private readonly RunItems reader = new(gateway, run, fields);
    private readonly RunCrew crew = new(work, run.Id, name, time, logger);
    private readonly Channel<Queue<ClaimedRecord>> chunks = Channel.CreateBounded<Queue<ClaimedRecord>>(new BoundedChannelOptions(1) { SingleWriter = true });
    private readonly Movement movement = new(work, time);
    private readonly RunStop stop = new(time);
    private RunPulse pulse = new(work, run.Id, progressed: null, time);
    private int inHand;
    private int died;

    /// <summary>Sets what is told of the progress; called from any thread.</summary>
    public Action<RunCounts>? Progressed
    {
        init => pulse = new RunPulse(work, run.Id, value, time);
    }

    /// <summary>Works until every item has its end or something stops the run.</summary>
    /// <returns>The run as it then stands; <see cref="FailureKind.Unavailable"/> where the database was away so long that others take this worker for dead.</returns>
    public async Task<Result<Run>> ExecuteAsync(CancellationToken cancellationToken)
    {
        await using var presence = await WorkerPresence.TakeAsync(work, time, run.Id, name, cancellationToken);
        using var working = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, presence.Lost);
        try
        {
            await WorkAsync(working.Token);
        }
        catch (OperationCanceledException) when (presence.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new Failure(
                FailureKind.Unavailable,
                $"This process could not be seen by the others on run {run.Id} and has let go of it; they go on, or liaison run resume {run.Id} does.");
        }
        catch (Exception) when (!working.IsCancellationRequested)
        {
            // All hands are idle, so that nothing is on its way. Who was called off leaves by its death instead: what it had sent
            // may be on its way still, and the others wait for that.
            await work.LeaveAsync(run.Id, name, CancellationToken.None);
            throw;
        }

        await work.LeaveAsync(run.Id, name, CancellationToken.None);
        return await work.FindRunAsync(run.Id, cancellationToken) ?? run;
    }

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        await using var leases = new LeaseRenewal(work, run.Id, name, Lease, time);
        var hands = Enumerable.Range(0, Hands).Select(_ => HandleAsync(cancellationToken)).ToList();
        var complete = false;
        try
        {
            complete = await ProduceAsync(cancellationToken);
        }
        finally
        {
            chunks.Writer.TryComplete();
            await Task.WhenAll(hands);
        }

        await EndAsync(complete, cancellationToken);
    }

    /// <returns>Whether every item has its end and this worker, which leads, is to say so.</returns>
    private async Task<bool> ProduceAsync(CancellationToken cancellationToken)
    {
        while (await GoesOnAsync(cancellationToken) is { } current)
        {
            var next = movement.Next;
            await crew.BuryAsync(cancellationToken);
            var leads = await crew.LeadsAsync(current, cancellationToken);

            if (byJobs && Volatile.Read(ref inHand) > 0)
            {
                await movement.WaitAsync(next, cancellationToken);
                continue;
            }

            // What was selected earlier and is in nobody's hand comes first; its records are read anew.
            if (await work.ClaimAsync(run.Id, name, chunkSize, Lease, cancellationToken) is { Count: > 0 } items)
            {
                if (await ReadAsync(items, cancellationToken) is { } chunk)
                {
                    Interlocked.Increment(ref inHand);
                    await chunks.Writer.WriteAsync(new Queue<ClaimedRecord>(chunk), cancellationToken);
                }
            }
            else if (leads && !current.Selected)
            {
                await SelectAsync(current.Cursor, cancellationToken);
            }
            else if (leads && Volatile.Read(ref inHand) == 0 && (await work.CountAsync(run.Id, cancellationToken)).Open == 0)
            {
                return true;
            }
            else
            {
                await movement.WaitAsync(next, cancellationToken);
            }
        }

        return false;
    }

    private async Task SelectAsync(string? cursor, CancellationToken cancellationToken)
    {
        var chunk = new List<ClaimedRecord>(chunkSize);
        var reading = pages.ReadAsync(cursor, cancellationToken);
        while (reading is not null)
        {
            if (!(await reading).TryGet(out var page, out var failure))
            {
                stop.Note(failure);
                break;
            }

            // The next page is asked for before this one is stored: queries are what the CRM permits least of, so that their
            // permits set the pace of the run and none of them may lie idle.
            var goesOn = await GoesOnAsync(cancellationToken) is { } current && await crew.LeadsAsync(current, cancellationToken);
            reading = goesOn && !byJobs && page.Next is { } next ? pages.ReadAsync(next, cancellationToken) : null;
            chunk.AddRange(await pages.AddAsync(page, Lease, cancellationToken));
            if (chunk.Count >= chunkSize || reading is null || pages.AreFewLeft(chunkSize * RunPages.LastChunks))
            {
                await PassOnAsync(new Queue<ClaimedRecord>(chunk), cancellationToken);
                chunk = new List<ClaimedRecord>(chunkSize);
            }
        }
    }

    // Others must read the records once more, which costs calls: they get what would wait here otherwise, and no more.
    private async Task PassOnAsync(Queue<ClaimedRecord> chunk, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref inHand);
        if (chunks.Writer.TryWrite(chunk))
        {
            return;
        }

        if (await crew.WantsWorkAsync(chunkSize, cancellationToken))
        {
            Interlocked.Decrement(ref inHand);
            await work.HandOverAsync(run.Id, [.. chunk.Select(claimed => claimed.Item)], cancellationToken);
            return;
        }

        await chunks.Writer.WriteAsync(chunk, cancellationToken);
    }

    private async Task<IReadOnlyList<ClaimedRecord>?> ReadAsync(IReadOnlyList<WorkItem> items, CancellationToken cancellationToken)
    {
        if ((await reader.ReadAsync(items, cancellationToken)).TryGet(out var read, out var failure))
        {
            await CompleteAsync(read.Gone, cancellationToken);
            return read.Found;
        }

        stop.Note(failure);
        await CompleteAsync([.. items.Select(item => EndOf(item, failure))], cancellationToken);
        return null;
    }

    private async Task HandleAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await chunks.Reader.WaitToReadAsync(cancellationToken))
            {
                // In a method of its own, so that the records of a chunk are let go of before the next one is there.
                await HandleNextAsync(cancellationToken);
            }
        }
        finally
        {
            // Hands that threw take nothing more: once all have, the selection would wait for room for ever.
            chunks.Writer.TryComplete();
            movement.Tell();
        }
    }

    private async Task HandleNextAsync(CancellationToken cancellationToken)
    {
        // Another hand may have been quicker; then there is nothing in this one.
        var chunk = chunks.Reader.TryRead(out var taken) ? taken : new Queue<ClaimedRecord>();
        if (stop.Met is { } earlier)
        {
            await CompleteAsync([.. chunk.Select(claimed => EndOf(claimed.Item, earlier.Failure))], cancellationToken);
        }
        else
        {
            await ProcessAsync(chunk, cancellationToken);
        }

        Interlocked.Add(ref inHand, taken is null ? 0 : -1);
        movement.Tell();
    }

    private async Task ProcessAsync(Queue<ClaimedRecord> chunk, CancellationToken cancellationToken)
    {
        List<WorkItem> items = [.. chunk.Select(claimed => claimed.Item)];
        if (items.Count == 0)
        {
            return;
        }

        if ((await qualify.ProcessAsync(chunk, cancellationToken)).TryGet(out var outcomes, out var failure))
        {
            if (stop.Note(outcomes) is { } refused)
            {
                await told.KeptOutAsync(run, refused, cancellationToken);
            }

            await CompleteAsync([.. outcomes.Select(item => item.Outcome)], cancellationToken);
        }
        else
        {
            stop.Note(failure);
            await CompleteAsync([.. items.Select(item => EndOf(item, failure))], cancellationToken);
        }
    }

    private static ItemOutcome EndOf(WorkItem item, Failure failure) => new(
        item.Sequence, item.Fence, ItemState.Parked, failure.Kind.ToString(), failure.Message);

    private async Task CompleteAsync(IReadOnlyList<ItemOutcome> outcomes, CancellationToken cancellationToken)
    {
        if (outcomes.Count == 0)
        {
            return;
        }

        await work.CompleteAsync(run.Id, outcomes, cancellationToken);
        if (outcomes.FirstOrDefault(outcome => outcome.State == ItemState.Dead) is { } dead && Interlocked.Exchange(ref died, 1) == 0)
        {
            await told.DiedAsync(run, dead.Failure ?? "It could not be done.", cancellationToken);
        }

        await pulse.BeatAsync(cancellationToken);
    }

    /// <returns>The run while it goes on; a person, or another worker, may have stopped it.</returns>
    private async Task<Run?> GoesOnAsync(CancellationToken cancellationToken) => stop.Met is null && !chunks.Reader.Completion.IsCompleted
        && await work.FindRunAsync(run.Id, cancellationToken) is { State: RunState.Running } current ? current : null;

    // Of several that would end the run at once, and of a person who pauses it meanwhile, the first decides.
    private async Task EndAsync(bool complete, CancellationToken cancellationToken)
    {
        var waits = complete && (await work.CountAsync(run.Id, cancellationToken)).Parked > 0;
        if ((stop.Met ?? (waits ? stop.Refused : null)) is { } met)
        {
            var reason = await told.ParkedAsync(run, met.Failure, met.At, cancellationToken);
            await work.TryParkAsync(run.Id, RunState.Running, reason, RunAlerts.ResumesAfter(met.Failure), cancellationToken);
        }
        else if (complete)
        {
            await work.TryMoveAsync(
                run.Id,
                RunState.Running,
                waits ? RunState.Parked : RunState.Finished,
                waits ? "Some items wait for something outside; liaison run resume goes on with them." : null,
                cancellationToken);
        }
    }
}
