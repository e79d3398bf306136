using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Salesforce.Declaration;

namespace Liaison.Salesforce.Records;

/// <summary>Writes links that a field holds: to link is to set the field, to part is to clear it where it still holds that record.</summary>
internal sealed class FieldLinks(CollectionSender collections, LinkReader reader)
{
    /// <summary>Gets why no label can be put on such a link.</summary>
    internal static Failure NoLabels { get; } = new(
        FailureKind.Invalid, "Salesforce keeps this link in a field, which has no labels; link the records without one.");

    internal async Task<Result<IReadOnlyList<WriteOutcome>>> WriteAsync(
        LinkRule.Field field, SalesforceObject holder, IReadOnlyList<LinkWrite> links, CancellationToken cancellationToken)
    {
        List<WriteOutcome> outcomes = [.. links.Where(link => link.Label is not null).Select(link => new WriteOutcome(link.Key, link.FromId, NoLabels))];
        foreach (var round in LinkWriter.Rounds(links.Where(link => link.Label is null), HolderOf))
        {
            if (!(await StandingAsync(field, holder, round, cancellationToken)).TryGet(out var standing, out var failure))
            {
                if (outcomes.Count == 0)
                {
                    return failure;
                }

                outcomes.AddRange(round.Select(link => new WriteOutcome(link.Key, link.FromId, failure)));
                continue;
            }

            // A field that by now holds another record, or none, has nothing to clear.
            var due = round.Where(link => !link.Remove || standing.Contains((HolderOf(link), HeldOf(link)))).ToList();
            outcomes.AddRange(round.Except(due).Select(link => new WriteOutcome(link.Key, link.FromId, null)));
            var items = due.ConvertAll(link => new CollectionItem(holder.Name, HolderOf(link), new Dictionary<string, NativeValue>
            {
                [field.Name] = link.Remove ? NativeValue.Null : NativeValue.OfText(HeldOf(link)),
            }));
            var sent = await collections.SendAsync(CrmOperation.WriteAssociations, $"{holder.Name}.{field.Name}", HttpMethod.Patch, items, cancellationToken);
            outcomes.AddRange(due.Zip(sent, (link, outcome) => new WriteOutcome(link.Key, link.FromId, Told(outcome.Failure))));
        }

        return Result<IReadOnlyList<WriteOutcome>>.Of(outcomes);

        string HolderOf(LinkWrite link) => field.Reversed ? link.ToId : link.FromId;

        string HeldOf(LinkWrite link) => field.Reversed ? link.FromId : link.ToId;
    }

    /// <summary>Reads which of the links that are to be taken away stand.</summary>
    private async Task<Result<HashSet<(string Holder, string Held)>>> StandingAsync(
        LinkRule.Field field, SalesforceObject holder, IReadOnlyList<LinkWrite> round, CancellationToken cancellationToken)
    {
        var removed = round.Where(link => link.Remove).ToList();
        if (removed.Count == 0)
        {
            return new HashSet<(string, string)>();
        }

        if (!SalesforceObject.Of(field.Held).TryGet(out var held, out var refused)
            || !(await reader.ReadAsync(holder, held, [.. removed.Select(link => field.Reversed ? link.ToId : link.FromId)], cancellationToken)).TryGet(out var links, out refused))
        {
            return refused;
        }

        return links.Select(link => (link.FromId, link.ToId)).ToHashSet();
    }

    // That a field names a record that is not there is, for a link, that its other end is not there.
    private static Failure? Told(Failure? failure) => failure is { Kind: FailureKind.Invalid } && failure.Message == SalesforceErrors.UnknownReference
        ? SalesforceErrors.Of(new CrmError("INVALID_CROSS_REFERENCE_KEY"), 400, changesRecords: true)
        : failure;
}
