using Liaison.Failures;
using Liaison.Model;
using Liaison.Normalization;
using Liaison.Policy;
using Liaison.Reading;

namespace Liaison.Writeback;

/// <summary>Turns a create that met a record which stands already into a change of that record, once (R122).</summary>
/// <remarks>
/// What the record lacks is filled; what it holds stays, since nobody has said yes to another value. The change is proposed like any other, for the same
/// proposer and by the same rights: policy says whether it is applied or waits for a person.
/// </remarks>
public sealed class MergeCreates(TypeOpener types, ProposeChange propose)
{
    private static readonly Failure Uncited = new(FailureKind.Invalid, "A merge rests on the create alone.");

    /// <summary>Proposes the change.</summary>
    /// <param name="permit">The proposer's own.</param>
    /// <param name="duplicate">The refusal of the create, which names the record that stands.</param>
    /// <returns>The refusal, with a word of what became of the rest.</returns>
    internal async Task<Failure> ProposeAsync(Permit permit, ChangeSetRow create, Failure duplicate, CancellationToken cancellationToken)
    {
        if (duplicate.ExistingId is not { } standing
            || ChangeContent.FromJson(create.Content) is not { Operation: WriteOperation.Create } content
            || content.Type != permit.Type.Name
            || !(await types.OpenAsync(permit, cancellationToken)).TryGet(out var open, out _))
        {
            return duplicate;
        }

        var wanted = content.Fields.Where(delta => !Schema.AiFields.Stamps.Contains(delta.Field))
            .Select(delta => (Field: open.Permitted.Find(delta.NativeName), delta.After))
            .Where(pair => pair.Field is not null)
            .ToList();
        var read = await open.Session.ReadAsync(permit.Type, [standing], [.. wanted.Select(pair => pair.Field!)], cancellationToken);
        if (!read.TryGet(out var batch, out _) || batch.Records is not [var held])
        {
            // One that this caller does not see is not theirs to fill.
            return duplicate;
        }

        FieldChange[] lacking = [.. wanted
            .Where(pair => IsEmpty(open, pair.Field!, held.Values.GetValueOrDefault(pair.Field!.NativeName)))
            .Select(pair => new FieldChange(pair.Field!.Name, ValueReader.Read(pair.Field, pair.After, open.Dialect)))];
        if (lacking.Length == 0)
        {
            return duplicate;
        }

        var target = new RecordRef(permit.Connection.Name, permit.Type, held.Id);
        var request = new ChangeRequest(
            new ChangeAction.UpdateFields(target, lacking), $"It stands already; change {create.Id} was to make it. {content.Reason}", Key: $"merge/{create.Id}");
        var proposed = await propose.ExecuteAsync(permit, request, _ => Task.FromResult<Result<ReadAnswer>>(Uncited), cancellationToken);
        return proposed.TryGet(out var proposal, out _) && proposal.Stored is { } change
            ? duplicate with { Message = $"{duplicate.Message} What it lacks of this is change {change.Id}, which {(change.State == ChangeState.Waiting ? "waits for a person" : $"is {change.State.ToString().ToLowerInvariant()}")}." }
            : duplicate;
    }

    // A field that the answer left out is one that nobody knows to be empty.
    private static bool IsEmpty(OpenType open, FieldDefinition field, NativeValue held) =>
        held.Kind != NativeKind.Missing && ValueReader.Read(field, held, open.Dialect).IsEmpty;
}
