using System.Security.Cryptography;
using System.Text;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Reading;
using Liaison.Work;

namespace Liaison.Writeback;

/// <summary>Holds each agent to how much it may change (R210, R225): too much in an hour stops it, too much in a run waits for a person.</summary>
public sealed class BlastRadius(
    IChangeSetStore store, ISafeguardStore safeguards, IWorkStore work, KillSwitch stops, PolicyInForce policy, TimeProvider time)
{
    private static readonly ChangeState[] Counted = [ChangeState.Applying, ChangeState.Applied, ChangeState.Verified, ChangeState.Undone];

    private readonly Turns turns = new(work, time);

    /// <summary>Waits until no other submit of the same agent is between its judgement and its end, in any process on the store.</summary>
    /// <returns>To be disposed of when what was judged has gone out; an agent without limits never waits.</returns>
    internal async Task<IAsyncDisposable?> TakeTurnAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (policy.Options.Agents.GetValueOrDefault(caller.Actor.Id)?.Limits is not ({ WritesPerHour: not null } or { RecordsPerRun: not null } or { ShareOfRecords: not null }))
        {
            return null;
        }

        return await turns.TakeAsync($"agent-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(caller.Actor.Id)))[..32]}", cancellationToken);
    }

    /// <summary>Judges how many more automatic changes may go out.</summary>
    /// <param name="wanted">How many changes are about to go out, a record each.</param>
    /// <param name="underWay">How many go out with them and are stored as intents already.</param>
    /// <returns>How many of them may, with what to tell of the others; <see langword="null"/> where all may.</returns>
    internal async Task<Radius?> JudgeAsync(
        Permit permit, OpenType open, int wanted, int underWay, CancellationToken cancellationToken)
    {
        if (wanted == 0 || policy.Options.Agents.GetValueOrDefault(permit.Caller.Actor.Id)?.Limits is not { } limits)
        {
            return null;
        }

        return await OfHourAsync(permit, limits, wanted + underWay, cancellationToken)
            ?? await OfRunAsync(permit, open, limits, wanted, cancellationToken);
    }

    private async Task<Radius?> OfHourAsync(
        Permit permit, BlastRadiusOptions limits, int wanted, CancellationToken cancellationToken)
    {
        if (limits.WritesPerHour is not { } most)
        {
            return null;
        }

        var agent = permit.Caller.Actor.Id;
        var left = most - await store.CountAppliedAsync(agent, time.GetUtcNow().AddHours(-1), cancellationToken);
        if (wanted <= left)
        {
            return null;
        }

        var reason = $"It asked for more than the {most} writes an hour that policy.agents.{agent}.limits.writesPerHour allows.";
        await stops.StopAsync(agent, ChangeStates.Engine, reason, cancellationToken);
        return new Radius(0, new Failure(FailureKind.Denied, $"The agent \"{agent}\" was stopped: {reason} liaison agent release {agent} lets it go on.")
        {
            DeniedBy = DeniedBy.Agent,
        });
    }

    private async Task<Radius?> OfRunAsync(
        Permit permit, OpenType open, BlastRadiusOptions limits, int wanted, CancellationToken cancellationToken)
    {
        if (permit.Caller.RunId is not { } run || await MostAsync(permit.Type, open, limits, cancellationToken) is not { } most)
        {
            return null;
        }

        var counts = await store.CountAsync(run, cancellationToken);
        var left = Math.Max(0, most - Counted.Sum(state => counts.GetValueOrDefault(state)));
        if (wanted <= left || await safeguards.FindVolumeApprovalAsync(run, cancellationToken) is not null)
        {
            return null;
        }

        return new Radius((int)left, new Failure(
            FailureKind.NeedsApproval,
            $"The run would change more than the {most} records that policy.agents.{permit.Caller.Actor.Id}.limits allows one run; liaison run resume {run} --approve-volume lets it, for who may approve."));
    }

    private static async Task<long?> MostAsync(RecordType type, OpenType open, BlastRadiusOptions limits, CancellationToken cancellationToken)
    {
        long? byShare = null;
        if (limits.ShareOfRecords is { } share)
        {
            // Where the total cannot be had, the share cannot be kept: then nothing goes out without a person.
            var total = await open.Session.CountAsync(
                new RecordQuery(type, [], RecordFilter.Everything), cancellationToken);
            byShare = total.TryGet(out var records, out _) ? (long)(records * share) : 0;
        }

        return (limits.RecordsPerRun, byShare) switch
        {
            ({ } records, { } shared) => Math.Min(records, shared),
            ({ } records, null) => records,
            var (_, shared) => shared,
        };
    }
}

/// <summary>How many changes may still go out without a person, and what to tell of the others.</summary>
internal sealed record Radius(int Allowed, Failure Beyond);
