using System.Diagnostics.Metrics;
using Liaison.Connectors;
using Liaison.Identity;
using Liaison.Telemetry;
using Liaison.Work;

namespace Liaison.Operations;

/// <summary>Looks at what stands in the stores, so that gauges can show it: queues, progress, dead letters, budgets, held-back calls.</summary>
/// <remarks>A gauge is read by whatever collects, on its own thread and at its own time: it must not ask a database.</remarks>
public sealed class MeasureState(
    IWorkStore work,
    IDeadLetterStore letters,
    Budgets budgets,
    CircuitBreakers breakers,
    ConnectionRegistry connections,
    LiaisonTelemetry telemetry,
    TimeProvider time)
{
    private const int MostRuns = 50;

    // A run that has ended is shown for some looks more, so that its last state is collected.
    private static readonly TimeSpan Afterglow = TimeSpan.FromMinutes(5);

    /// <summary>How long from one look to the next.</summary>
    public static TimeSpan Glance { get; } = TimeSpan.FromSeconds(15);

    /// <summary>Looks once.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var items = new List<Measurement<long>>();
        var progress = new List<Measurement<double>>();
        foreach (var run in await work.ListRunsAsync(MostRuns, cancellationToken))
        {
            if (run.State is RunState.Running or RunState.Parked or RunState.Paused || run.UpdatedAt > time.GetUtcNow() - Afterglow)
            {
                var counts = await work.CountAsync(run.Id, cancellationToken);
                KeyValuePair<string, object?>[] of = [new("run", run.Id), new("pipeline", run.Pipeline), new("connection", run.Connection.Value)];
                items.AddRange(ByState(counts).Select(state => new Measurement<long>(state.Value, [.. of, new("state", state.Key)])));
                progress.Add(new Measurement<double>(counts.In == 0 ? 0 : (double)(counts.In - counts.Open - counts.Parked) / counts.In, of));
            }
        }

        var left = new List<Measurement<long>>();
        var circuits = new List<Measurement<long>>();
        foreach (var connection in connections.All)
        {
            var name = connection.Profile.Name;
            var read = await budgets.ReadAsync(name, cancellationToken);
            left.AddRange(read.TryGet(out var states, out _)
                ? states.Select(state => new Measurement<long>(state.Left, new("connection", name.Value), new("limit", state.Kind.Name)))
                : []);
            circuits.AddRange(breakers.StatesOf(name).Select(
                circuit => new Measurement<long>(circuit.Since is null ? 0 : 1, new("connection", name.Value), new("endpoints", circuit.Endpoints))));
        }

        var waiting = await letters.CountWaitingAsync(cancellationToken);
        telemetry.Show(new Observations
        {
            Items = items,
            Progress = progress,
            Budgets = left,
            Circuits = circuits,
            DeadLetters = [.. waiting.Select(entry => new Measurement<long>(entry.Value, new KeyValuePair<string, object?>("connection", entry.Key)))],
        });
    }

    private static IEnumerable<KeyValuePair<string, long>> ByState(RunCounts counts) =>
    [
        new("ready", counts.Ready), new("leased", counts.Leased), new("done", counts.Done), new("skipped", counts.Skipped),
        new("gone", counts.Gone), new("parked", counts.Parked), new("dead", counts.Dead),
    ];
}
