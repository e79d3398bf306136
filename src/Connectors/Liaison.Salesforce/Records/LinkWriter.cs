using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Salesforce.Declaration;
using Liaison.Salesforce.Wire;

namespace Liaison.Salesforce.Records;

/// <summary>Makes and removes links, each with an outcome of its own.</summary>
internal sealed class LinkWriter(FieldLinks fields, RoleLinks roles)
{
    private static readonly Failure NoSuchRecord = new(
        FailureKind.NotFound, "Salesforce shows this user no such record; it may be deleted, merged or not visible.");

    internal async Task<Result<IReadOnlyList<WriteOutcome>>> WriteAsync(
        SalesforceObject from, SalesforceObject to, IReadOnlyList<LinkWrite> links, CancellationToken cancellationToken)
    {
        if (LinkRule.Of(from.Type, to.Type) is not { } rule)
        {
            return LinkReader.Refused(from, to);
        }

        List<WriteOutcome> outcomes = [];
        List<LinkWrite> sound = [];
        foreach (var link in links)
        {
            if (SalesforceId.Normalize(link.FromId) is { } fromId && SalesforceId.Normalize(link.ToId) is { } toId)
            {
                sound.Add(link with { FromId = fromId, ToId = toId });
            }
            else
            {
                outcomes.Add(new(link.Key, link.FromId, link.Remove ? null : NoSuchRecord));
            }
        }

        var written = rule is LinkRule.Field field
            ? await fields.WriteAsync(field, field.Reversed ? to : from, sound, cancellationToken)
            : await roles.WriteAsync((LinkRule.Role)rule, sound, cancellationToken);
        if (!written.TryGet(out var told, out var failure))
        {
            return failure;
        }

        var spelling = links.ToDictionary(link => link.Key, link => link.FromId, StringComparer.Ordinal);
        outcomes.AddRange(told.Select(outcome => outcome with { Id = spelling[outcome.Key] }));
        return WriteOutcomes.Of(outcomes);
    }

    /// <summary>Parts changes into rounds: of two changes to one thing the later has to come later.</summary>
    internal static IEnumerable<IReadOnlyList<LinkWrite>> Rounds<TKey>(IEnumerable<LinkWrite> links, Func<LinkWrite, TKey> thing) =>
        from round in links.GroupBy(thing)
            .SelectMany(same => same.Select((link, place) => (link, place)))
            .GroupBy(placed => placed.place, placed => placed.link)
            .OrderBy(round => round.Key)
        select (IReadOnlyList<LinkWrite>)[.. round];
}
