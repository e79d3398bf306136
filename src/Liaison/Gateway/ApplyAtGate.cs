using Liaison.Failures;
using Liaison.Identity;
using Liaison.Policy;
using Liaison.Writeback;

namespace Liaison.Gateway;

/// <summary>Applies approved change sets; of a create that met a record which stands already, what that one lacks is proposed.</summary>
internal sealed class ApplyAtGate(ApplyApproved apply, MergeCreates merge)
{
    /// <inheritdoc cref="ApplyApproved.ExecuteAsync"/>
    public async Task<Result<IReadOnlyList<Result<ChangeSetRow>>>> ApplyAsync(
        Caller caller, Permit permit, IReadOnlyList<ChangeSetRow> rows, CancellationToken cancellationToken)
    {
        if (!(await apply.ExecuteAsync(caller, permit, rows, cancellationToken)).TryGet(out var applied, out var failure))
        {
            return failure;
        }

        var results = new List<Result<ChangeSetRow>>(rows.Count);
        foreach (var (row, result) in rows.Zip(applied))
        {
            results.Add(result.Failure is { Kind: FailureKind.Duplicate } duplicate ? await merge.ProposeAsync(permit, row, duplicate, cancellationToken) : result);
        }

        return results;
    }
}
