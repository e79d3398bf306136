using Liaison.Policy;

namespace Liaison.Writeback;

/// <summary>How an agent has fared in one tier: the evidence on which the next tier is opened or not (R211).</summary>
/// <param name="Proposed">All change sets, undos aside.</param>
/// <param name="Refused">Those that a check or a right refused.</param>
/// <param name="Waiting">Those that still wait for a person, or for being applied.</param>
/// <param name="Accepted">Those that a person said yes to, whatever became of them then.</param>
/// <param name="Declined">Those that a person said no to, or that nobody wanted in time.</param>
/// <param name="Automatic">Those that were sent without a person.</param>
/// <param name="Stands">Those of accepted and automatic that the CRM took.</param>
/// <param name="Undone">Those of them that were undone since.</param>
/// <param name="Conflicted">Those that met a newer value of somebody else.</param>
/// <param name="Failed">Those that the CRM refused, or whose outcome is not known yet.</param>
public sealed record TierReport(
    string Agent,
    ActionTier Tier,
    long Proposed,
    long Refused,
    long Waiting,
    long Accepted,
    long Declined,
    long Automatic,
    long Stands,
    long Undone,
    long Conflicted,
    long Failed)
{
    /// <summary>Gets the share of the decided that a person said yes to, 0 to 1; <see langword="null"/> where none was decided.</summary>
    public double? AcceptanceRate => Share(Accepted, Accepted + Declined);

    /// <summary>Gets the share of the proposed that a check or right refused, 0 to 1.</summary>
    public double? RefusalRate => Share(Refused, Proposed);

    /// <summary>Gets the share of what the CRM took that was undone, 0 to 1; <see langword="null"/> where it took nothing.</summary>
    public double? UndoRate => Share(Undone, Stands + Undone);

    private static double? Share(long part, long whole) => whole == 0 ? null : (double)part / whole;
}

/// <summary>Counts from the stored change sets how agents have fared.</summary>
/// <remarks>Nothing is counted beside the stores: the figures are those that anybody can count again.</remarks>
public sealed class ReportSafety(IChangeSetStore store)
{
    private const int Page = 500;

    /// <summary>Makes the report, an entry for each agent and tier that there was, by agent and then tier.</summary>
    /// <param name="since">From when on, by the time of the proposal.</param>
    internal async Task<IReadOnlyList<TierReport>> ExecuteAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var tallies = new SortedDictionary<(string Agent, ActionTier Tier), TierReport>();
        string? after = null;
        while (true)
        {
            var rows = await store.ListAsync(new ChangeQuery(Limit: Page) { After = after }, cancellationToken);
            foreach (var row in rows.TakeWhile(row => row.CreatedAt >= since))
            {
                Count(tallies, row);
            }

            if (rows.Count < Page || rows[^1].CreatedAt < since)
            {
                return [.. tallies.Values];
            }

            after = rows[^1].Id;
        }
    }

    private static void Count(SortedDictionary<(string Agent, ActionTier Tier), TierReport> tallies, ChangeSetRow row)
    {
        var content = ChangeContent.FromJson(row.Content);
        if (content.Undoes is not null || ChangeCatalogue.KindOf(content.Action) is not { } kind)
        {
            return;
        }

        var key = (row.Proposer.Actor.Id, ChangeCatalogue.TierOf(kind));
        var tally = tallies.GetValueOrDefault(key) ?? new TierReport(key.Id, key.Item2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        tally = tally with { Proposed = tally.Proposed + 1 };
        var sent = row.State is ChangeState.Applying or ChangeState.Applied or ChangeState.Verified or ChangeState.Undone or ChangeState.Failed or ChangeState.Conflicted;
        if (row.Approval is not null)
        {
            tally = tally with { Accepted = tally.Accepted + 1 };
        }
        else if (sent && row.State != ChangeState.Conflicted)
        {
            tally = tally with { Automatic = tally.Automatic + 1 };
        }

        tallies[key] = row.State switch
        {
            ChangeState.Refused => tally with { Refused = tally.Refused + 1 },
            ChangeState.Proposed or ChangeState.Validated or ChangeState.Waiting or ChangeState.Approved => tally with { Waiting = tally.Waiting + 1 },
            ChangeState.Rejected or ChangeState.Expired => tally with { Declined = tally.Declined + 1 },
            ChangeState.Applied or ChangeState.Verified => tally with { Stands = tally.Stands + 1 },
            ChangeState.Undone => tally with { Undone = tally.Undone + 1 },
            ChangeState.Conflicted => tally with { Conflicted = tally.Conflicted + 1 },
            ChangeState.Applying or ChangeState.Failed => tally with { Failed = tally.Failed + 1 },
        };
    }
}
