using System.Security.Cryptography;
using System.Text;
using Liaison.Failures;
using Liaison.Policy;

namespace Liaison.Writeback;

/// <summary>A set of change sets that is to be approved as a whole, with the sample that is shown of it (R231).</summary>
/// <param name="Token">Stands for exactly this set with this content: the approval brings it back.</param>
/// <param name="Count">How many change sets the set has.</param>
/// <param name="Sample">Some of them, drawn at random.</param>
public sealed record ApprovalSet(string Token, int Count, IReadOnlyList<ChangeSetRow> Sample);

/// <summary>Draws sets of change sets that wait for a person, by rule.</summary>
public sealed class ApprovalSets(IChangeSetStore store, PolicyInForce policy, Random random)
{
    private const int Most = 10_000;

    /// <summary>Draws the set that a query gives now; irreversible changes are never in one, since each of them wants a look of its own.</summary>
    public async Task<Result<ApprovalSet>> DrawAsync(ChangeQuery query, CancellationToken cancellationToken)
    {
        var members = await MembersOfAsync(query, cancellationToken);
        return members.Count == 0
            ? new Failure(FailureKind.NotFound, "No change waits that fits; liaison change list --state waiting shows those that wait.")
            : new ApprovalSet(TokenOf(members), members.Count, Sample(members));
    }

    /// <summary>Gives the members of a set that was shown.</summary>
    /// <returns><see cref="FailureKind.Conflict"/> where the set is no longer what was shown.</returns>
    internal async Task<Result<IReadOnlyList<ChangeSetRow>>> OpenAsync(ChangeQuery query, string token, CancellationToken cancellationToken)
    {
        var members = await MembersOfAsync(query, cancellationToken);
        return TokenOf(members) == token
            ? members
            : new Failure(FailureKind.Conflict, "The set is not what was shown: changes have come or gone since; look at a new sample and approve that.");
    }

    private async Task<List<ChangeSetRow>> MembersOfAsync(ChangeQuery query, CancellationToken cancellationToken)
    {
        var waiting = await store.ListAsync(query with { State = ChangeState.Waiting, Limit = Most, After = null }, cancellationToken);
        return [.. waiting.Where(row => row.Risk != RiskClass.Irreversible)];
    }

    private List<ChangeSetRow> Sample(List<ChangeSetRow> members)
    {
        var drawn = members.ToArray();
        lock (random)
        {
            random.Shuffle(drawn);
        }

        return [.. drawn.Take(policy.Options.Approval.SampleSize)];
    }

    private static string TokenOf(IEnumerable<ChangeSetRow> members) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Join('\n', members.Select(row => $"{row.Id} {row.ContentHash}").Order(StringComparer.Ordinal)))))[..32];
}
