using Liaison.Alerts;
using Liaison.Audit;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Gateway;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Pipelines.Scorecards;
using Liaison.Reading;
using Liaison.Work;
using Liaison.Writeback;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Liaison.Pipelines;

/// <summary>The pipeline <c>qualify</c>: plans, starts, resumes.</summary>
public sealed class QualificationPipeline(
    LiaisonGateway gateway,
    IWorkStore work,
    ConnectionRegistry connections,
    ConnectorRegistry connectors,
    ScorecardCatalogue scorecards,
    QualifyOptions options,
    IAlertSink alerts,
    IdSource ids,
    TimeProvider time,
    IDeadLetterStore? letters = null,
    AuditValues? values = null,
    ILogger<QualificationPipeline>? logger = null,
    Budgets? budgets = null)
{
    /// <summary>The pipeline's name.</summary>
    public const string Name = "qualify";

    private static readonly RecordUse[] Ahead = [new(RecordType.Contact, Write: false), new(RecordType.Company, Write: false), new(RecordType.Contact, Write: true)];
    private static readonly TimeSpan ReplayLease = TimeSpan.FromMinutes(10);

    private readonly RunStarts starts = new(work);
    private readonly RunAlerts told = new(alerts, gateway);
    private readonly FailedOperations failed = new(time, values);

    /// <summary>Tells whether a run may be set going on a connection.</summary>
    /// <returns>A <see cref="FailureKind.Conflict"/> that names the run which is going there.</returns>
    public Task<Result<Done>> MayStartAsync(ConnectionName connection, CancellationToken cancellationToken = default) =>
        starts.MayStartAsync(Name, connection, except: null, cancellationToken);

    /// <summary>Plans a run and stores it; nothing is read beyond two counts and nothing is written.</summary>
    /// <param name="where">Which contacts, in the filter language; <see langword="null"/> takes the configured condition.</param>
    /// <returns>
    /// The run; <see cref="FailureKind.Forbidden"/> where the credential lacks a scope that the run would meet (R18),
    /// <see cref="FailureKind.QuotaExhausted"/> where the day does not hold the planned calls (R95).
    /// </returns>
    public Task<Result<Run>> StartAsync(ConnectionName connection, string? where, CancellationToken cancellationToken = default) =>
        StartAsync(connection, ParametersOf(where), DayBudget.Held, cancellationToken);

    /// <summary>Plans a run and stores it, with a say in what becomes of one that the day does not hold.</summary>
    /// <param name="where">Which contacts, in the filter language; <see langword="null"/> takes the configured condition.</param>
    public Task<Result<Run>> StartAsync(ConnectionName connection, string? where, DayBudget day, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(day);
        return StartAsync(connection, ParametersOf(where), day, cancellationToken);
    }

    /// <summary>Plans a run as above, for a schedule's time.</summary>
    internal Task<Result<Run>> StartAsync(Schedule schedule, DateTimeOffset due, CancellationToken cancellationToken) =>
        StartAsync(schedule.Connection, ParametersOf(schedule.Where) with { Schedule = schedule.Name, DueAt = due }, DayBudget.Held, cancellationToken);

    private RunParameters ParametersOf(string? where) => new(where ?? options.Where, options.Scorecard, time.GetUtcNow());

    private async Task<Result<Run>> StartAsync(ConnectionName connection, RunParameters parameters, DayBudget day, CancellationToken cancellationToken)
    {
        if (!scorecards.Find(options.Scorecard).TryGet(out var scorecard, out var failure))
        {
            return failure;
        }

        var id = ids.Next("run");
        var caller = new Caller(new Subject(SubjectKind.Principal, options.Principal), new Actor(Name), Purpose.Qualification, id);

        // What the credential has while all is well is also what a later refusal is held against.
        // Nothing is asked before it: what lacks a scope is refused here and not by the CRM (R18).
        if (!(await gateway.ScopesAsync(caller, connection, Ahead, cancellationToken)).TryGet(out var scopes, out failure))
        {
            return failure;
        }

        // Fields and counts at once: a search limit is what paces a run, and its slots run from the first search on.
        var planning = PlanAsync(caller, connection, parameters, cancellationToken);
        var resolving = QualifyFields.ResolveAsync(gateway, caller, connection, scorecard, options, cancellationToken);
        var judging = MayWriteAsync(caller, connection, cancellationToken);
        await Task.WhenAll(planning, resolving, judging);
        if (!(await resolving).TryGet(out _, out failure)
            || !(await judging).TryGet(out _, out failure)
            || !(await planning).TryGet(out var plan, out failure)
            || !(await day.AllowAsync(gateway, connection, id, plan, time.GetUtcNow(), cancellationToken)).TryGet(out _, out failure))
        {
            return failure;
        }

        var now = time.GetUtcNow();
        var run = new Run(
            id, Name, connection, caller, RunState.Paused, (parameters with { Plan = plan, Scopes = scopes }).ToJson(), Cursor: null, Selected: false,
            Reason: RunStarts.Planned, now, now, FinishedAt: null);
        await work.CreateRunAsync(run, cancellationToken);
        return run;
    }

    /// <summary>Carries a planned or interrupted run on until it ends or something stops it.</summary>
    /// <remarks>Where others work on it already, this process works along.</remarks>
    /// <returns>The run as it then stands; a <see cref="FailureKind.Conflict"/> where it has ended.</returns>
    public async Task<Result<Run>> ContinueAsync(
        Run run, Action<RunCounts>? progressed = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        var parameters = RunParameters.FromJson(run.Parameters);
        if (!scorecards.Find(parameters.Scorecard).TryGet(out var scorecard, out var failure))
        {
            return failure;
        }

        // What the caller has in hand may be from before somebody else went on with it.
        run = await work.FindRunAsync(run.Id, cancellationToken) ?? run;
        if (run.State is RunState.Finished or RunState.Cancelled)
        {
            return new Failure(FailureKind.Conflict, $"Run {run.Id} is {run.State} and cannot go on.");
        }

        var resolved = await QualifyFields.ResolveAsync(gateway, run.Caller, run.Connection, scorecard, options, cancellationToken);
        if (!resolved.TryGet(out var fields, out failure) || !ConnectorOf(run.Connection).TryGet(out var connector, out failure))
        {
            // While another leads, what this process met may be its own.
            if (run.Leader is null)
            {
                var reason = await told.ParkedAsync(run, failure, time.GetUtcNow(), cancellationToken);
                await work.TryParkAsync(run.Id, run.State, reason, RunAlerts.ResumesAfter(failure), cancellationToken);
            }

            return failure;
        }

        // Of several that carry a run on at once one sets it going; the others work along.
        if (!(await starts.SetGoingAsync(run, cancellationToken)).TryGet(out _, out failure))
        {
            return failure;
        }

        var jobs = connections.Find(run.Connection).TryGet(out var configured, out _) ? RunPlan.JobsFor(parameters.Plan?.Records ?? 0, connector, configured) : null;
        using var qualify = new QualifyRecords(gateway, ids, run, options, fields, scorecard, parameters.AsOf, failed);
        var worker = ids.Next($"worker-{Environment.MachineName}-{Environment.ProcessId}");
        var chunk = options.ChunkSizeFor(connector, jobs, parameters.Plan?.Records ?? 0);
        var executor = new RunExecutor(
            work, gateway, qualify, told, run, fields.Contact, chunk, jobs is not null, worker, time, logger ?? NullLogger<QualificationPipeline>.Instance)
        {
            Progressed = progressed,
        };
        return await executor.ExecuteAsync(cancellationToken);
    }

    /// <summary>Sets a planned run going and leaves it to the nodes that serve.</summary>
    /// <returns>A <see cref="FailureKind.Conflict"/> where another run of the pipeline is going on the connection.</returns>
    public Task<Result<Done>> LeaveToNodesAsync(Run run, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        return starts.SetGoingAsync(run, cancellationToken);
    }

    /// <summary>Does the work of dead items of a run once more, under the rights and the schema of now; the run itself stays as it is.</summary>
    /// <returns>The ends of the items that could be taken in hand; a failure, with nothing done, where none may be worked on.</returns>
    internal async Task<Result<IReadOnlyList<ItemOutcome>>> ReplayAsync(
        Run run, IReadOnlyList<DeadLetter> wanted, CancellationToken cancellationToken)
    {
        var parameters = RunParameters.FromJson(run.Parameters);
        if (!scorecards.Find(parameters.Scorecard).TryGet(out var scorecard, out var failure)
            || !(await MayWriteAsync(run.Caller, run.Connection, cancellationToken)).TryGet(out _, out failure)
            || !(await QualifyFields.ResolveAsync(gateway, run.Caller, run.Connection, scorecard, options, cancellationToken)).TryGet(out var fields, out failure))
        {
            return failure;
        }

        var worker = ids.Next("rpl");
        var reopened = await letters!.ReopenAsync(run.Id, [.. wanted.Select(letter => letter.Sequence)], worker, ReplayLease, cancellationToken);
        if (reopened.Count == 0)
        {
            return Result<IReadOnlyList<ItemOutcome>>.Of([]);
        }

        // Under a key of their own: the change sets that failed hold values of before. The same replay after a crash has the same keys.
        var again = wanted.ToDictionary(letter => letter.Sequence, letter => FormattableString.Invariant($"replay-{letter.UpdatedAt.ToUnixTimeMilliseconds()}"));
        using var qualify = new QualifyRecords(gateway, ids, run, options, fields, scorecard, time.GetUtcNow(), failed);
        var replay = new ReplayItems(work, qualify, new RunItems(gateway, run, fields.Contact), failed, run);
        return Result<IReadOnlyList<ItemOutcome>>.Of(await replay.ExecuteAsync(reopened, sequence => again[sequence], cancellationToken));
    }

    // Submitting nothing is judged like submitting something: a run that may not write is refused before it reads.
    private Task<Result<IReadOnlyList<ChangeOutcome>>> MayWriteAsync(
        Caller caller, ConnectionName connection, CancellationToken cancellationToken) =>
        gateway.SubmitAsync(caller, connection, RecordType.Contact, [], cancellationToken);

    private async Task<Result<RunPlan>> PlanAsync(
        Caller caller, ConnectionName connection, RunParameters parameters, CancellationToken cancellationToken)
    {
        var contacts = gateway.CountAsync(caller, new QueryRequest(connection, RecordType.Contact, [], parameters.Where) { AsOf = parameters.AsOf }, cancellationToken);
        var companies = gateway.CountAsync(caller, new QueryRequest(connection, RecordType.Company, []), cancellationToken);
        await Task.WhenAll(contacts, companies);
        if (!(await contacts).TryGet(out var records, out var failure)
            || !(await companies).TryGet(out var organisations, out failure)
            || !connections.Find(connection).TryGet(out var configured, out failure)
            || !ConnectorOf(connection).TryGet(out var connector, out failure)
            || !(await gateway.ReadLimitsAsync(caller, connection, cancellationToken)).TryGet(out _, out failure))
        {
            return failure;
        }

        // The CRM was just asked, so that its zone and its own count of the day are known.
        var left = budgets is not null && (await budgets.ReadAsync(connection, cancellationToken)).TryGet(out var states, out _) ? states : [];
        return RunPlan.For(records, organisations, options.ChunkSizeFor(connector, RunPlan.JobsFor(records, connector, configured), records), connector, configured)
            .Beside(left.FirstOrDefault(budget => budget.Kind == LimitKind.Daily && budget.ResetsAt is not null));
    }

    private Result<ConnectorDescriptor> ConnectorOf(ConnectionName connection) => connections.Find(connection)
        .Then(configured => connectors.Find(configured.Profile.Crm))
        .Then<ConnectorDescriptor>(connector => connector.Descriptor);
}
