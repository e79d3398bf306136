using Liaison.Failures;
using Liaison.Identity;
using Liaison.Policy;
using Liaison.Reading;
using Liaison.Writeback;

namespace Liaison.Gateway;

/// <summary>What a proposal needs beside its own permit: the right to what it links and cites, and the company that it leaves to be found.</summary>
internal sealed class ProposeAtGate(Gate gate, ReadRecords read, MatchCompany match, ProposeChange propose, ShownChanges shown)
{
    private readonly RightCompany company = new(gate, read, match);

    /// <summary>Proposes a change under the permit for its target.</summary>
    public async Task<Result<Proposal>> ProposeAsync(Caller caller, Permit permit, ChangeRequest request, CancellationToken cancellationToken)
    {
        var target = request.Action.Target;
        foreach (var type in ActionFacts.LinkedTypes(request.Action))
        {
            if (gate.Judge(caller, target.Connection, type, Access.Read).Failure is { } denied)
            {
                return denied;
            }
        }

        return (await company.ResolveAsync(caller, request, cancellationToken)).TryGet(out var resolved, out var failure)
            ? await shown.ToAsync(
                caller, await propose.ExecuteAsync(permit, resolved, cited => ReadCitedAsync(caller, cited, cancellationToken), cancellationToken), cancellationToken)
            : failure;
    }

    private async Task<Result<ReadAnswer>> ReadCitedAsync(Caller caller, ReadRequest cited, CancellationToken cancellationToken) =>
        gate.Judge(caller, cited.Connection, cited.Type, Access.Read).TryGet(out var permit, out var denied)
            ? await read.ExecuteAsync(permit, cited, gate.ReadingOf(caller, cited.Connection), cancellationToken)
            : denied;
}
