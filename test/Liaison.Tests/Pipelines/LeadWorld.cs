using Liaison.Audit;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Policy;
using Liaison.Tests.Gateway;
using Liaison.Tests.Identity;
using Liaison.Work;

namespace Liaison.Tests.Pipelines;

/// <summary>An engine before new leads, with an operator; one of the leads the CRM refuses to write as long as a test wants it.</summary>
internal sealed class LeadWorld : IAsyncDisposable
{
    /// <param name="count">How many leads there are.</param>
    /// <param name="refused">Which of them is refused, counted from zero.</param>
    public LeadWorld(int count, int refused)
    {
        Engine.Members.Add(new MemberOptions { Subject = "olga@acme.test", Roles = ["operator"] });
        var leads = Enumerable.Range(0, count).Select(_ => Engine.AddContact(("lead_status", "NEW"), ("job_title", "VP Sales"))).ToList();
        Refused = leads[refused];
        Engine.Connector.OnWrite = (writes, send) => Refusal is { } failure && writes.Any(write => write.Id == Refused)
            ? Task.FromResult<Result<IReadOnlyList<WriteOutcome>>>(failure)
            : send();
    }

    public static Caller Olga { get; } = new(new Subject(SubjectKind.User, "olga@acme.test"), new Actor("cli"), Purpose.Administration);

    /// <summary>Gets what the CRM says of a lead that it will never take.</summary>
    public static Failure Wrong { get; } = new(FailureKind.Invalid, "A value is wrong.") { CorrelationId = "corr-9" };

    public EngineWorld Engine { get; } = new();

    /// <summary>Gets the id of the lead that is refused.</summary>
    public string Refused { get; }

    /// <summary>Gets or sets why it is refused; <see langword="null"/> where the CRM takes it.</summary>
    public Failure? Refusal { get; set; } = Wrong;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Starts a run and carries it as far as it goes.</summary>
    public async Task<Run> RunAsync()
    {
        var run = (await Engine.Qualification.StartAsync(EngineWorld.Demo, null, Token)).Found();
        return (await Engine.Qualification.ContinueAsync(run, cancellationToken: Token)).Found();
    }

    /// <summary>Gives the entry by which the one request of an action was closed.</summary>
    public async Task<AuditEntry> ClosedAsync(string action) =>
        (await Engine.AuditedAsync()).Single(entry => entry.Action == action && entry.Phase == AuditPhase.Closed);

    public ValueTask DisposeAsync() => Engine.DisposeAsync();
}
