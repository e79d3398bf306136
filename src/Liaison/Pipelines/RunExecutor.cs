using System.Threading.Channels;
using Liaison.Failures;
using Liaison.Gateway;
using Liaison.Model;
using Liaison.Reading;
using Liaison.Work;

namespace Liaison.Pipelines;

/// <summary>Drives one run: selects pages, hands chunks to workers, gives every item its end, and stops where it must.</summary>
/// <remarks>All progress is in the store: after a kill, executing the run again goes on where it stood and repeats no write.</remarks>
internal sealed class RunExecutor(
    IWorkStore work,
    LiaisonGateway gateway,
    QualifyRecords qualify,
    RunAlerts told,
    Run run,
    IReadOnlyList<string> fields,
    int chunkSize,
    TimeProvider time)
{
    private const int Workers = 3;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    private readonly string worker = $"{Environment.MachineName}:{Environment.ProcessId}";
    private readonly RunParameters parameters = RunParameters.FromJson(run.Parameters);
    private readonly RunItems reader = new(gateway, run, fields);
    private Stop? stop;
    private int died;

    /// <summary>Gets or sets what is told of the progress; called from any thread.</summary>
    public Action<RunCounts>? Progressed { get; set; }

    /// <summary>Runs until every item has its end or something stops the run.</summary>
    public async Task<Run> ExecuteAsync(CancellationToken cancellationToken)
    {
        await work.SetStateAsync(run.Id, RunState.Running, reason: null, cancellationToken);
        await work.ReleaseAsync(run.Id, cancellationToken);
        var chunks = Channel.CreateBounded<IReadOnlyList<ClaimedRecord>>(new BoundedChannelOptions(1) { SingleWriter = true });

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var renewal = RenewAsync(ending.Token);
        var workers = Enumerable.Range(0, Workers).Select(_ => WorkAsync(chunks, cancellationToken)).ToList();
        try
        {
            await ProduceAsync(chunks.Writer, cancellationToken);
        }
        finally
        {
            chunks.Writer.TryComplete();
            try
            {
                await Task.WhenAll(workers);
            }
            finally
            {
                // Whatever befell the workers: leases that went on being renewed would keep the run from everybody else.
                await ending.CancelAsync();
                await renewal;
            }
        }

        await EndAsync(cancellationToken);
        return await work.FindRunAsync(run.Id, cancellationToken) ?? run;
    }

    private async Task ProduceAsync(ChannelWriter<IReadOnlyList<ClaimedRecord>> chunks, CancellationToken cancellationToken)
    {
        // What an earlier process selected and did not finish comes first; its records are read anew.
        while (await MayGoOnAsync(cancellationToken)
            && await work.ClaimAsync(run.Id, worker, chunkSize, Lease, cancellationToken) is { Count: > 0 } items
            && await ReadAsync(items, cancellationToken) is { } chunk)
        {
            await chunks.WriteAsync(chunk, cancellationToken);
        }

        if (await MayGoOnAsync(cancellationToken))
        {
            await SelectAsync(chunks, cancellationToken);
        }
    }

    private async Task SelectAsync(ChannelWriter<IReadOnlyList<ClaimedRecord>> chunks, CancellationToken cancellationToken)
    {
        var chunk = new List<ClaimedRecord>(chunkSize);
        var reading = run.Selected ? null : ReadPageAsync(run.Cursor, cancellationToken);
        while (reading is not null)
        {
            if (!(await reading).TryGet(out var page, out var failure))
            {
                Stopped(failure);
                break;
            }

            // The next page is asked for before this one is stored: queries are what the CRM permits least of, so that their
            // permits set the pace of the run and none of them may lie idle.
            var goesOn = await MayGoOnAsync(cancellationToken);
            reading = goesOn && page.Next is { } next ? ReadPageAsync(next, cancellationToken) : null;
            chunk.AddRange(await ClaimAsync(page, cancellationToken));
            if (chunk.Count >= chunkSize || reading is null)
            {
                await chunks.WriteAsync(chunk, cancellationToken);
                chunk = new List<ClaimedRecord>(chunkSize);
            }
        }
    }

    private Task<Result<QueryPage>> ReadPageAsync(string? cursor, CancellationToken cancellationToken) => gateway.QueryAsync(
        run.Caller,
        new QueryRequest(run.Connection, RecordType.Contact, fields, parameters.Where, cursor) { AsOf = parameters.AsOf },
        cancellationToken);

    private async Task<IEnumerable<ClaimedRecord>> ClaimAsync(QueryPage page, CancellationToken cancellationToken)
    {
        var records = page.Records.ToDictionary(record => record.Ref.Id, StringComparer.Ordinal);
        var items = await work.AddItemsAsync(
            run.Id, [.. page.Records.Select(record => record.Ref)], page.Next, worker, Lease, cancellationToken);
        return items.Select(item => new ClaimedRecord(item, records[item.Record.Id]));
    }

    private async Task<IReadOnlyList<ClaimedRecord>?> ReadAsync(IReadOnlyList<WorkItem> items, CancellationToken cancellationToken)
    {
        if ((await reader.ReadAsync(items, cancellationToken)).TryGet(out var read, out var failure))
        {
            await CompleteAsync(read.Gone, cancellationToken);
            return read.Found;
        }

        Stopped(failure);
        await CompleteAsync([.. items.Select(item => EndOf(item, failure))], cancellationToken);
        return null;
    }

    private async Task WorkAsync(Channel<IReadOnlyList<ClaimedRecord>> chunks, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var chunk in chunks.Reader.ReadAllAsync(cancellationToken))
            {
                if (stop is { } earlier)
                {
                    await CompleteAsync([.. chunk.Select(claimed => EndOf(claimed.Item, earlier.Failure))], cancellationToken);
                }
                else
                {
                    await ProcessAsync(chunk, cancellationToken);
                }
            }
        }
        finally
        {
            // A worker that threw takes nothing more: once all have, the selection would wait for room for ever.
            chunks.Writer.TryComplete();
        }
    }

    private async Task ProcessAsync(IReadOnlyList<ClaimedRecord> chunk, CancellationToken cancellationToken)
    {
        if (chunk.Count == 0)
        {
            return;
        }

        if ((await qualify.ProcessAsync(chunk, cancellationToken)).TryGet(out var outcomes, out var failure))
        {
            if (outcomes.FirstOrDefault(item => item.Failure is { } met && ItemEnd.StopsRun(met.Kind)) is { Failure: { } stopping })
            {
                Stopped(stopping);
            }

            await CompleteAsync([.. outcomes.Select(item => item.Outcome)], cancellationToken);
        }
        else
        {
            Stopped(failure);
            await CompleteAsync([.. chunk.Select(claimed => EndOf(claimed.Item, failure))], cancellationToken);
        }
    }

    private static ItemOutcome EndOf(WorkItem item, Failure failure) => new(
        item.Sequence, item.Fence, ItemState.Parked, failure.Kind.ToString(), failure.Message);

    // The first failure is the one that is told: what follows is met because of it.
    private void Stopped(Failure failure) => Interlocked.CompareExchange(ref stop, new Stop(failure, time.GetUtcNow()), null);

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

        if (Progressed is { } progressed)
        {
            progressed(await work.CountAsync(run.Id, cancellationToken));
        }
    }

    // A person may have paused or cancelled the run from another process.
    private async Task<bool> MayGoOnAsync(CancellationToken cancellationToken) => stop is null
        && await work.FindRunAsync(run.Id, cancellationToken) is { State: RunState.Running };

    private async Task EndAsync(CancellationToken cancellationToken)
    {
        var current = await work.FindRunAsync(run.Id, cancellationToken);
        if (current is not { State: RunState.Running })
        {
            return;
        }

        var counts = await work.CountAsync(run.Id, cancellationToken);
        var (state, reason) = stop is { } met
            ? (RunState.Parked, await told.ParkedAsync(run, met.Failure, met.At, cancellationToken))
            : current.Selected && counts.Open + counts.Parked == 0
                ? (RunState.Finished, null)
                : (RunState.Parked, "Some items wait for something outside; liaison run resume goes on with them.");
        await work.SetStateAsync(run.Id, state, reason, cancellationToken);
    }

    private async Task RenewAsync(CancellationToken ending)
    {
        using var timer = new PeriodicTimer(Lease / 3, time);
        try
        {
            while (await timer.WaitForNextTickAsync(ending))
            {
                await work.RenewAsync(run.Id, worker, Lease, ending);
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The run has ended, and with it the need for leases.
        }
    }

    private sealed record Stop(Failure Failure, DateTimeOffset At);
}
