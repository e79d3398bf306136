using System.Collections.Frozen;

namespace Liaison.Telemetry;

/// <summary>What an instrument measures; names, units and attributes are a contract with dashboards.</summary>
/// <param name="Kind">counter, histogram or gauge.</param>
/// <param name="Unit">The unit by the Unified Code for Units of Measure; counts are annotated, as in <c>{call}</c>.</param>
/// <param name="Attributes">The attributes of each measurement; none ever holds a record's value, a person or a secret.</param>
public sealed record InstrumentDescriptor(string Name, string Kind, string Unit, IReadOnlyList<string> Attributes, string Meaning);

/// <summary>Every instrument of the engine.</summary>
public static class Instruments
{
    /// <summary>Counts attempts of CRM calls.</summary>
    public const string Calls = "liaison.crm.calls";

    /// <summary>Counts failed attempts.</summary>
    public const string Errors = "liaison.crm.errors";

    /// <summary>Seconds that an attempt took on the wire.</summary>
    public const string Duration = "liaison.crm.duration";

    /// <summary>Seconds that calls waited for their permits.</summary>
    public const string LimiterWait = "liaison.crm.limiter.wait";

    /// <summary>Calls that may still be made under a limit.</summary>
    public const string BudgetRemaining = "liaison.budget.remaining";

    /// <summary>Whether calls to a class of endpoints are held back.</summary>
    public const string CircuitOpen = "liaison.circuit.open";

    /// <summary>Counts renewals of access tokens.</summary>
    public const string TokenRefreshes = "liaison.token.refreshes";

    /// <summary>Items of a run by state.</summary>
    public const string RunItems = "liaison.run.items";

    /// <summary>The part of a run's items that have their end.</summary>
    public const string RunProgress = "liaison.run.progress";

    /// <summary>Dead letters that wait.</summary>
    public const string DeadLetters = "liaison.dead_letters";

    /// <summary>Counts raised alerts.</summary>
    public const string Alerts = "liaison.alerts";

    /// <summary>Seconds from a request's coming to the gate to its recorded outcome.</summary>
    public const string Requests = "liaison.request.duration";

    /// <summary>Gets every instrument in the order of the reference.</summary>
    public static IReadOnlyList<InstrumentDescriptor> All { get; } =
    [
        new(Requests, "histogram", "s", ["action", "outcome"], "Time from a request's coming to the gate to its recorded outcome"),
        new(Calls, "counter", "{call}", ["connection", "operation", "outcome"], "Attempts of calls to a CRM; the outcome is ok or the kind of failure"),
        new(Errors, "counter", "{error}", ["connection", "kind"], "Attempts that failed"),
        new(Duration, "histogram", "s", ["connection", "operation"], "Time of an attempt on the wire"),
        new(LimiterWait, "histogram", "s", ["connection", "lane"], "Time that a call waited for its permits; the lane is Interactive for people and agents, Batch for runs"),
        new(BudgetRemaining, "gauge", "{call}", ["connection", "limit"], "Calls that may still be made under a limit: of a day's over all nodes, of the others as far as the process knows"),
        new(CircuitOpen, "gauge", "1", ["connection", "endpoints"], "1 while calls to a class of endpoints are held back because the CRM fails on it, else 0"),
        new(TokenRefreshes, "counter", "{refresh}", ["connection", "outcome"], "Renewals of access tokens; the outcome is ok or what was in the way"),
        new(RunItems, "gauge", "{item}", ["run", "pipeline", "connection", "state"], "Items of a run that has not ended, by state; ready and leased are its queue"),
        new(RunProgress, "gauge", "1", ["run", "pipeline", "connection"], "The part of a run's items that have their end, 0 to 1"),
        new(DeadLetters, "gauge", "{letter}", ["connection"], "Dead letters that wait to be replayed or discarded"),
        new(Alerts, "counter", "{alert}", ["kind", "connection"], "Raised alerts, those held back included"),
    ];

    internal static FrozenDictionary<string, InstrumentDescriptor> ByName { get; } = All.ToFrozenDictionary(instrument => instrument.Name, StringComparer.Ordinal);
}
