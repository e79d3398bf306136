using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Work;

namespace Liaison.Writeback;

/// <summary>How one write stands on a production connection.</summary>
/// <param name="Write">The write, as in <c>contact.ai_score</c>.</param>
/// <param name="Level">How far grants open it, at the most; off where no grant opens it any more.</param>
/// <param name="Promotion">The ground on which it is sent; <see langword="null"/> where it is shown only.</param>
/// <param name="Lacks">What stands in its way, in a sentence; <see langword="null"/> where nothing does.</param>
public sealed record WriteStanding(string Write, WriteLevel Level, Promotion? Promotion, string? Lacks);

/// <summary>Promotes writes to production: what a sandbox was seen to take, or what a person takes upon themselves (R192).</summary>
public sealed class PromoteWrites(
    ISafeguardStore safeguards, Promotions promotions, IChangeSetStore changes, IWorkStore work, PolicyInForce policy, ConnectionRegistry connections, TimeProvider time)
{
    /// <summary>Tells how each write stands that is opened on a connection.</summary>
    /// <returns><see cref="FailureKind.Invalid"/> for a sandbox, where nothing needs promotion.</returns>
    internal async Task<Result<IReadOnlyList<WriteStanding>>> ListAsync(ConnectionName name, CancellationToken cancellationToken) =>
        Production(name).TryGet(out var connection, out var failure)
            ? Result<IReadOnlyList<WriteStanding>>.Of(await StandingAsync(connection, [], cancellationToken))
            : failure;

    /// <summary>Promotes each write that is opened on a connection and was taken by a sandbox of the same CRM.</summary>
    /// <param name="sandbox">The sandbox.</param>
    /// <param name="runId">The run whose change sets alone count, or an unambiguous beginning of its id; <see langword="null"/> for whatever was written there.</param>
    /// <returns>How each write stands afterwards; <see cref="FailureKind.Invalid"/> for a sandbox that is none, or a run that has not passed.</returns>
    internal async Task<Result<IReadOnlyList<WriteStanding>>> MakeAsync(
        Caller caller, ConnectionName name, ConnectionName sandbox, string? runId, CancellationToken cancellationToken)
    {
        if (!Production(name).TryGet(out var connection, out var failure) || !Sandbox(sandbox, connection).TryGet(out var tried, out failure))
        {
            return failure;
        }

        Run? run = null;
        if (runId is not null && !(await PassedAsync(runId, sandbox, cancellationToken)).TryGet(out run, out failure))
        {
            return failure;
        }

        var evidence = await SandboxEvidence.OfAsync(changes, tried.Name, run?.Id, cancellationToken);
        var opened = Opened(connection);
        var passed = evidence
            .Where(write => write is { Taken: > 0, Failed: 0 } && IsOpened(opened, write))
            .Select(write => new Promotion(connection.Name, write.Write, caller.Subject.Id, time.GetUtcNow()) { Sandbox = sandbox, ChangeId = write.ChangeId })
            .ToList();
        await safeguards.PromoteAsync(passed, cancellationToken);
        return Result<IReadOnlyList<WriteStanding>>.Of(await StandingAsync(connection, evidence, cancellationToken));
    }

    /// <summary>Promotes writes that no sandbox was seen to take.</summary>
    /// <param name="writes">The writes, as in <c>contact.ai_score</c> or <c>contact.create-task</c>.</param>
    internal async Task<Result<IReadOnlyList<WriteStanding>>> OverrideAsync(
        Caller caller, ConnectionName name, IReadOnlyList<string> writes, string reason, CancellationToken cancellationToken)
    {
        if (!Production(name).TryGet(out var connection, out var failure) || !Parse(writes).TryGet(out var parsed, out failure))
        {
            return failure;
        }

        var opened = Opened(connection);
        if (parsed.FirstOrDefault(write => !opened.ContainsKey((write.Type, write.Name)) && !IsPartOfCreate(opened, write)) is { Name: not null } closed)
        {
            return new Failure(FailureKind.Invalid, $"No grant opens {closed} on {name}, so that there is nothing to promote; liaison promotion list shows what is opened.") { Field = "writes" };
        }

        await safeguards.PromoteAsync(
            [.. parsed.Select(write => new Promotion(connection.Name, write, caller.Subject.Id, time.GetUtcNow()) { Reason = reason })], cancellationToken);
        return Result<IReadOnlyList<WriteStanding>>.Of(await StandingAsync(connection, [], cancellationToken));
    }

    /// <summary>Takes promotions back: the writes are shown from now on, and sent no more.</summary>
    /// <returns>How each write stands afterwards; <see cref="FailureKind.NotFound"/> where none of them was promoted.</returns>
    internal async Task<Result<IReadOnlyList<WriteStanding>>> WithdrawAsync(
        ConnectionName name, IReadOnlyList<string> writes, CancellationToken cancellationToken)
    {
        if (!Production(name).TryGet(out var connection, out var failure) || !Parse(writes).TryGet(out var parsed, out failure))
        {
            return failure;
        }

        return await safeguards.WithdrawPromotionsAsync(name, parsed, cancellationToken) > 0
            ? Result<IReadOnlyList<WriteStanding>>.Of(await StandingAsync(connection, [], cancellationToken))
            : new Failure(FailureKind.NotFound, $"None of {string.Join(", ", parsed)} is promoted on {name}; liaison promotion list shows what is.");
    }

    private static Result<IReadOnlyList<PromotedWrite>> Parse(IReadOnlyList<string> writes)
    {
        var parsed = new List<PromotedWrite>();
        foreach (var write in writes)
        {
            if (write.Split('.', 2) is not [{ Length: > 0 } type, { Length: > 0 } name])
            {
                return new Failure(FailureKind.Invalid, $"\"{write}\" names no write; it is type and field or action, as in contact.ai_score or contact.create-task.") { Field = "writes" };
            }

            parsed.Add(new PromotedWrite(new RecordType(type), name, ChangeCatalogue.KindOf(name) is null ? PromotedWrite.Anywhere : ""));
        }

        return parsed.Count > 0
            ? parsed
            : new Failure(FailureKind.Invalid, "Name at least one write, as in contact.ai_score.") { Field = "writes" };
    }

    private static bool IsOpened(Dictionary<(RecordType, string), WriteLevel> opened, TriedWrite tried) =>
        opened.ContainsKey((tried.Write.Type, tried.Write.Name))
        || opened.ContainsKey((tried.Write.Type, tried.Write.NativeName))
        || (tried.OfCreate && IsPartOfCreate(opened, tried.Write));

    // Who may make a record may give it every field that is not guarded: no grant names those one by one.
    private static bool IsPartOfCreate(Dictionary<(RecordType, string), WriteLevel> opened, PromotedWrite write) =>
        write.NativeName.Length > 0 && opened.ContainsKey((write.Type, ChangeCatalogue.NameOf(ChangeKind.CreateRecord)));

    private Result<ConnectionProfile> Production(ConnectionName name) => connections.Find(name).Then<ConnectionProfile>(found =>
        found.Profile.Environment == CrmEnvironment.Production
            ? found.Profile
            : new Failure(FailureKind.Invalid, $"{name} is a sandbox, where writes are tried; only a connection to production needs promotion."));

    private Result<ConnectionProfile> Sandbox(ConnectionName name, ConnectionProfile production) => connections.Find(name).Then<ConnectionProfile>(found =>
        found.Profile.Environment != CrmEnvironment.Sandbox
            ? new Failure(FailureKind.Invalid, $"{name} is production; writes are tried in a sandbox.")
        : found.Profile.Crm != production.Crm
            ? new Failure(FailureKind.Invalid, $"{name} is {found.Profile.Crm} and {production.Name} is {production.Crm}; what one CRM takes says nothing of another.")
            : found.Profile);

    private async Task<Result<Run?>> PassedAsync(string runId, ConnectionName sandbox, CancellationToken cancellationToken)
    {
        if (await work.FindRunAsync(runId, cancellationToken) is not { } run || run.Connection != sandbox)
        {
            return new Failure(FailureKind.NotFound, $"There is no run \"{runId}\" on {sandbox}, or more than one begins so; liaison run list shows them.");
        }

        var counts = await work.CountAsync(run.Id, cancellationToken);
        return run.State != RunState.Finished
                ? new Failure(FailureKind.Invalid, $"Run {run.Id} has not finished (it is {run.State.ToString().ToLowerInvariant()}); a run that proves something has come to its end.")
            : counts.Dead > 0
                ? new Failure(FailureKind.Invalid, $"Run {run.Id} left {counts.Dead} dead letters and has not passed; liaison dead-letter list --run {run.Id} shows them.")
            : Result<Run?>.Of(run);
    }

    private async Task<IReadOnlyList<WriteStanding>> StandingAsync(
        ConnectionProfile connection, IReadOnlyList<TriedWrite> evidence, CancellationToken cancellationToken)
    {
        var made = (await promotions.ReadAsync(cancellationToken)).Where(promotion => promotion.Connection == connection.Name).ToList();
        var opened = Opened(connection);
        var standing = made.Select(promotion => new WriteStanding(
            promotion.Write.ToString(), LevelOf(opened, promotion.Write), promotion, Lacks: null));
        var lacking = opened
            .Where(write => !made.Any(promotion => Fits(promotion.Write, write.Key)))
            .Select(write => new WriteStanding($"{write.Key.Type}.{write.Key.Name}", write.Value, Promotion: null, LackOf(write.Key, evidence)));
        return [.. standing.Concat(lacking).OrderBy(write => write.Write, StringComparer.Ordinal)];
    }

    private static bool Fits(PromotedWrite write, (RecordType Type, string Name) opened) =>
        write.Type == opened.Type && (write.Name == opened.Name || write.NativeName == opened.Name);

    private static WriteLevel LevelOf(Dictionary<(RecordType Type, string Name), WriteLevel> opened, PromotedWrite write) => opened
        .Where(entry => Fits(write, entry.Key))
        .Select(entry => entry.Value)
        .DefaultIfEmpty(IsPartOfCreate(opened, write) ? opened[(write.Type, ChangeCatalogue.NameOf(ChangeKind.CreateRecord))] : WriteLevel.Off)
        .Max();

    private static string LackOf((RecordType Type, string Name) opened, IReadOnlyList<TriedWrite> evidence) =>
        evidence.FirstOrDefault(write => Fits(write.Write, opened)) is { Failed: > 0 } failed
            ? $"The sandbox refused {failed.Failed} of {failed.Taken + failed.Failed}."
            : "No sandbox was seen to take it.";

    // What an administrator holds at dry-run asks for no promotion, and what is off for none.
    private Dictionary<(RecordType Type, string Name), WriteLevel> Opened(ConnectionProfile connection) => policy.Options.Grants
        .Where(grant => grant.Connections.Contains(connection.Name.Value))
        .SelectMany(grant => grant.Write
            .SelectMany(type => type.Value.Select(field => (Type: new RecordType(type.Key), Name: field.Key, Level: field.Value)))
            .Concat(grant.Actions.SelectMany(type => type.Value.Select(
                action => (Type: new RecordType(type.Key), Name: ChangeCatalogue.NameOf(action.Key), Level: action.Value)))))
        .Where(write => write.Level > WriteLevel.DryRun)
        .GroupBy(write => (write.Type, write.Name))
        .ToDictionary(write => write.Key, write => write.Max(each => each.Level));
}
