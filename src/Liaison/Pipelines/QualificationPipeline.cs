using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Gateway;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Pipelines.Scorecards;
using Liaison.Reading;
using Liaison.Work;
using Liaison.Writeback;

namespace Liaison.Pipelines;

/// <summary>The pipeline <c>qualify</c>: plans, starts, resumes.</summary>
public sealed class QualificationPipeline(
    LiaisonGateway gateway,
    IWorkStore work,
    ConnectionRegistry connections,
    ConnectorRegistry connectors,
    ScorecardCatalogue scorecards,
    QualifyOptions options,
    IdSource ids,
    TimeProvider time)
{
    /// <summary>The pipeline's name.</summary>
    public const string Name = "qualify";

    /// <summary>Plans a run and stores it; nothing is read beyond two counts and nothing is written.</summary>
    /// <param name="where">Which contacts, in the filter language; <see langword="null"/> takes the configured condition.</param>
    public async Task<Result<Run>> StartAsync(ConnectionName connection, string? where, CancellationToken cancellationToken = default)
    {
        if (!scorecards.Find(options.Scorecard).TryGet(out var scorecard, out var failure))
        {
            return failure;
        }

        var id = ids.Next("run");
        var caller = new Caller(new Subject(SubjectKind.Principal, options.Principal), new Actor(Name), Purpose.Qualification, id);
        var parameters = new RunParameters(where ?? options.Where, options.Scorecard, time.GetUtcNow());
        if (!(await QualifyFields.ResolveAsync(gateway, caller, connection, scorecard, options, cancellationToken)).TryGet(out var fields, out failure)
            || !(await MayWriteAsync(caller, connection, cancellationToken)).TryGet(out _, out failure)
            || !(await PlanAsync(caller, connection, fields, parameters, cancellationToken)).TryGet(out var plan, out failure))
        {
            return failure;
        }

        var now = time.GetUtcNow();
        var run = new Run(
            id, Name, connection, caller, RunState.Paused, (parameters with { Plan = plan }).ToJson(), Cursor: null, Selected: false,
            Reason: "planned", now, now, FinishedAt: null);
        await work.CreateRunAsync(run, cancellationToken);
        return run;
    }

    /// <summary>Carries a planned or interrupted run on until it ends or something stops it.</summary>
    /// <returns>The run as it then stands; a <see cref="FailureKind.Conflict"/> while another process drives it.</returns>
    public async Task<Result<Run>> ContinueAsync(
        Run run, Action<RunCounts>? progressed = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        var parameters = RunParameters.FromJson(run.Parameters);
        if (!scorecards.Find(parameters.Scorecard).TryGet(out var scorecard, out var failure))
        {
            return failure;
        }

        await using var hold = await work.TryHoldAsync(run.Id, cancellationToken);
        if (hold is null)
        {
            return new Failure(FailureKind.Conflict, $"Run {run.Id} is being driven by another process; liaison run watch shows it.");
        }

        // Only now does the run stand still: what the caller has in hand may be from before somebody else went on with it.
        run = await work.FindRunAsync(run.Id, cancellationToken) ?? run;
        if (run.State is RunState.Finished or RunState.Cancelled)
        {
            return new Failure(FailureKind.Conflict, $"Run {run.Id} is {run.State} and cannot go on.");
        }

        var resolved = await QualifyFields.ResolveAsync(gateway, run.Caller, run.Connection, scorecard, options, cancellationToken);
        if (!resolved.TryGet(out var fields, out failure))
        {
            await work.SetStateAsync(run.Id, RunState.Parked, failure.Message, cancellationToken);
            return failure;
        }

        using var qualify = new QualifyRecords(gateway, ids, run, options, fields, scorecard, parameters.AsOf);
        var executor = new RunExecutor(work, gateway, qualify, run, fields.Contact, options.ChunkSize, time) { Progressed = progressed };
        return await executor.ExecuteAsync(cancellationToken);
    }

    // Submitting nothing is judged like submitting something: a run that may not write is refused before it reads.
    private Task<Result<IReadOnlyList<ChangeOutcome>>> MayWriteAsync(
        Caller caller, ConnectionName connection, CancellationToken cancellationToken) =>
        gateway.SubmitAsync(caller, connection, RecordType.Contact, [], cancellationToken);

    private async Task<Result<RunPlan>> PlanAsync(
        Caller caller, ConnectionName connection, QualifyFields fields, RunParameters parameters, CancellationToken cancellationToken)
    {
        var contacts = new QueryRequest(connection, RecordType.Contact, fields.Contact, parameters.Where) { AsOf = parameters.AsOf };
        var companies = new QueryRequest(connection, RecordType.Company, fields.Company);
        if (!(await gateway.CountAsync(caller, contacts, cancellationToken)).TryGet(out var records, out var failure)
            || !(await gateway.CountAsync(caller, companies, cancellationToken)).TryGet(out var organisations, out failure)
            || !connections.Find(connection).TryGet(out var configured, out failure)
            || !connectors.Find(configured.Profile.Crm).TryGet(out var connector, out failure))
        {
            return failure;
        }

        return RunPlan.For(records, organisations, options.ChunkSize, connector.Descriptor, configured);
    }
}
