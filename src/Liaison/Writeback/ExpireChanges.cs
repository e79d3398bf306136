using System.Globalization;
using Liaison.Alerts;
using Liaison.Policy;

namespace Liaison.Writeback;

/// <summary>Lets proposals that nobody decides on expire, and reminds of those that wait long (R230).</summary>
public sealed class ExpireChanges(IChangeSetStore store, PolicyInForce policy, IAlertSink alerts, TimeProvider time)
{
    private const string Reminder = "reminder: waits for a decision";
    private const int Page = 500;
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    private long sweptAt = long.MinValue;

    /// <summary>Moves on what has waited too long; to be called before change sets are looked at. It looks once a minute, however often it is called.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var last = Interlocked.Read(ref sweptAt);
        var present = time.GetTimestamp();
        if ((last != long.MinValue && time.GetElapsedTime(last, present) < Between) || Interlocked.CompareExchange(ref sweptAt, present, last) != last)
        {
            return;
        }

        var now = time.GetUtcNow();
        await ExpireAsync(ChangeState.Waiting, now, cancellationToken);
        await ExpireAsync(ChangeState.Approved, now, cancellationToken);
        await RemindAsync(now, cancellationToken);
    }

    private async Task ExpireAsync(ChangeState state, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var last = now.AddHours(-policy.Options.Approval.ExpireAfterHours);
        await EachAsync(
            new ChangeQuery(state, Limit: Page) { CreatedUntil = last },
            row => (row.Approval?.At ?? row.CreatedAt) <= last
                ? ChangeStates.Move(row, ChangeState.Expired, ChangeStates.Engine, $"Nobody {(state == ChangeState.Waiting ? "decided" : "applied it")} within {policy.Options.Approval.ExpireAfterHours} hours.")
                : null,
            cancellationToken);
    }

    private async Task RemindAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var reminded = await EachAsync(
            new ChangeQuery(ChangeState.Waiting, Limit: Page) { CreatedUntil = now.AddHours(-policy.Options.Approval.RemindAfterHours) },
            row => row.Note == Reminder ? null : ChangeStates.Move(row, ChangeState.Waiting, ChangeStates.Engine, Reminder),
            cancellationToken);
        if (reminded > 0)
        {
            var sentence = string.Create(
                CultureInfo.InvariantCulture,
                $"{reminded} changes have waited for a decision for more than {policy.Options.Approval.RemindAfterHours} hours; liaison change list --state waiting shows them.");
            await alerts.RaiseAsync(new Alert(AlertKind.ChangesWaiting, null, "approval", sentence), cancellationToken);
        }
    }

    private async Task<int> EachAsync(ChangeQuery query, Func<ChangeSetRow, ChangeMove?> move, CancellationToken cancellationToken)
    {
        var moved = 0;
        IReadOnlyList<ChangeSetRow> rows;
        do
        {
            rows = await store.ListAsync(query, cancellationToken);
            moved += (await store.MoveAsync([.. rows.Select(move).OfType<ChangeMove>()], cancellationToken)).Count;
            query = query with { After = rows.Count > 0 ? rows[^1].Id : null };
        }
        while (rows.Count == Page);

        return moved;
    }
}
