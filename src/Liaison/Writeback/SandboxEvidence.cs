using Liaison.Model;
using Liaison.Policy;

namespace Liaison.Writeback;

/// <summary>How one write fared in a sandbox.</summary>
/// <param name="Taken">How many change sets with it the CRM took.</param>
/// <param name="Failed">How many it refused.</param>
/// <param name="ChangeId">One that it took; <see langword="null"/> where it took none.</param>
/// <param name="OfCreate">Whether a new record was made with it.</param>
internal sealed record TriedWrite(PromotedWrite Write, int Taken, int Failed, string? ChangeId, bool OfCreate);

/// <summary>What change sets tell of the writes in them: which the CRM took, and which it refused.</summary>
internal static class SandboxEvidence
{
    private const int MostOfEach = 1_000;

    // One that was taken back later was taken first.
    private static readonly ChangeState[] Takes = [ChangeState.Verified, ChangeState.Applied, ChangeState.Undone];

    /// <summary>Looks at the newest thousand change sets of each outcome.</summary>
    /// <param name="runId">The run whose change sets alone count; <see langword="null"/> for whatever was written to the sandbox.</param>
    public static async Task<IReadOnlyList<TriedWrite>> OfAsync(
        IChangeSetStore changes, ConnectionName sandbox, string? runId, CancellationToken cancellationToken)
    {
        var tried = new List<(PromotedWrite Write, ChangeSetRow Row, bool OfCreate)>();
        foreach (var state in Takes.Append(ChangeState.Failed))
        {
            foreach (var row in await changes.ListAsync(new ChangeQuery(state, runId, sandbox, Limit: MostOfEach), cancellationToken))
            {
                tried.AddRange(WritesOf(row).Select(write => (write.Write, row, write.OfCreate)));
            }
        }

        return [.. tried.GroupBy(each => each.Write).Select(each => new TriedWrite(
            each.Key,
            each.Count(one => one.Row.State != ChangeState.Failed),
            each.Count(one => one.Row.State == ChangeState.Failed),
            each.FirstOrDefault(one => one.Row.State != ChangeState.Failed).Row?.Id,
            each.Any(one => one.OfCreate)))];
    }

    // What an undo writes was tried by nobody; the stamps are the engine's own and go with every write.
    private static IEnumerable<(PromotedWrite Write, bool OfCreate)> WritesOf(ChangeSetRow row)
    {
        var content = ChangeContent.FromJson(row.Content);
        if (content.Undoes is not null || ChangeCatalogue.KindOf(content.Action) is not { } kind)
        {
            yield break;
        }

        if (kind != ChangeKind.UpdateFields)
        {
            yield return (PromotedWrite.Of(row.Record.Type, kind), OfCreate: false);
        }

        if (kind is ChangeKind.UpdateFields or ChangeKind.CreateRecord)
        {
            foreach (var delta in content.Fields.Where(delta => !Schema.AiFields.Stamps.Contains(delta.Field)))
            {
                yield return (new PromotedWrite(row.Record.Type, delta.Field, delta.NativeName), kind == ChangeKind.CreateRecord);
            }
        }
    }
}
