using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Testing;

namespace Liaison.Tests.Connectors;

/// <summary>Nodes with a throttle each on one store, under one clock.</summary>
internal sealed class Nodes : IDisposable
{
    private readonly Random random = new(11);

    public Nodes(int count, Limit limit)
        : this(count, time => new LocalSlotStore(time), (time, store, node) => limit.Window == TimeSpan.Zero
            ? [new SharedFlight(new FlightLimiter(limit, 0.8, time), Connection, node, store, time)]
            : [new SharedPace(new PacedLimiter(limit, 0.8, time), Connection, node, store, new Random(node[^1]), time)])
    {
    }

    public Nodes(int count, Func<TimeProvider, ILimiter[]> limiters)
        : this(count, time => new LocalSlotStore(time), (time, _, _) => limiters(time))
    {
    }

    private Nodes(int count, Func<TimeProvider, ISlotStore> open, Func<TimeProvider, ISlotStore, string, ILimiter[]> limiters)
    {
        var store = open(Time);
        StartsOf = new int[count];
        Throttles = [.. Enumerable.Range(0, count).Select(node => Make(
            Time, [.. limiters(Time, store, $"node-{node}"), new Witness(() => Saw(node))]))];
    }

    public static ConnectionName Connection { get; } = new("demo");

    public ManualTime Time { get; } = new();

    public IReadOnlyList<Throttle> Throttles { get; }

    public List<DateTimeOffset> Starts { get; } = [];

    public int[] StartsOf { get; }

    public static Throttle Make(TimeProvider time, ILimiter[] limiters) => new(
        Connection,
        new Dictionary<CrmOperation, OperationDescriptor> { [CrmOperation.Read] = new(100, [.. limiters.Select(limiter => limiter.Kind)]) },
        limiters,
        [],
        TimeSpan.FromSeconds(60),
        time);

    public Task<Result<Done>> EnterAsync(int node, Lane lane) =>
        Throttles[node].EnterAsync(CrmOperation.Read, lane, TestContext.Current.CancellationToken).AsTask();

    public void Saturate(int calls, int? node = null)
    {
        for (var number = 0; number < calls; number++)
        {
            _ = EnterAsync(node ?? (number % Throttles.Count), Lane.Batch);
        }
    }

    public void Run(TimeSpan span, int mostLate)
    {
        var until = Time.GetUtcNow() + span;
        while (Time.GetUtcNow() < until && Time.Pending is [var next, ..])
        {
            Time.Advance(next + TimeSpan.FromMilliseconds(random.Next(mostLate + 1)));
        }
    }

    // A call that has started is seen to have by another thread: it is given the time before the clock goes on, also where the tests
    // beside keep every core busy.
    public void RunUntil(Task call)
    {
        while (!SpinWait.SpinUntil(() => call.IsCompleted, TimeSpan.FromMilliseconds(30)) && Time.Pending is [var next, ..])
        {
            Time.Advance(next);
        }
    }

    public void Dispose()
    {
        foreach (var throttle in Throttles)
        {
            throttle.Dispose();
        }
    }

    private void Saw(int node)
    {
        Starts.Add(Time.GetUtcNow());
        StartsOf[node]++;
    }
}

/// <summary>Sees each call start, at its very instant.</summary>
internal sealed class Witness(Action saw) : ILimiter
{
    public LimitKind Kind { get; } = new("witness");

    public long SilentUntil => 0;

    public long ReadyAt(Lane lane) => 0;

    public void Take(long now) => saw();

    public void Return()
    {
    }

    public void Correct(LimitReading reading, long now)
    {
    }

    public void Silence(long until)
    {
    }
}
