using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Salesforce.Declaration;
using Liaison.Salesforce.Wire;

namespace Liaison.Salesforce.Records;

/// <summary>A record that is to be made, with the links that its own fields hold.</summary>
/// <param name="Later">The links that can only be made once the record has an id.</param>
/// <param name="Refused">Why it cannot be made as asked.</param>
internal sealed record Birth(
    RecordWrite Write, IReadOnlyDictionary<string, NativeValue> Values, IReadOnlyList<RecordLink> Later, Failure? Refused = null);

/// <summary>Gives new records their links: in the same call where a field of theirs holds it, else right after it.</summary>
internal sealed class BirthLinks(LinkWriter links, RoleLinks roles)
{
    private static readonly Failure NoSuchRecord = new(
        FailureKind.NotFound, "A record that the new one is to be linked to is not there; name another.");

    private static readonly Failure OneOnly = new(
        FailureKind.Invalid, "In Salesforce such a record is linked to one record of this type; name one only.");

    /// <summary>Sorts the links of new records, and refuses before anything is made what could not be made.</summary>
    internal async Task<Result<IReadOnlyList<Birth>>> PrepareAsync(
        SalesforceObject target, IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken)
    {
        var labels = await roles.LabelsAsync(
            writes.SelectMany(write => write.Links).Where(link => LinkRule.Of(target.Type, link.ToType) is LinkRule.Role).Select(link => link.Label), cancellationToken);
        return labels.Then(known => Result<IReadOnlyList<Birth>>.Of([.. writes.Select(write => Prepare(target, write, known))]));
    }

    /// <summary>Makes the links that had to wait, and tells of records that stand without one.</summary>
    internal async Task<IReadOnlyList<WriteOutcome>> LinkAsync(
        SalesforceObject target, IReadOnlyList<(Birth Birth, WriteOutcome Made)> born, CancellationToken cancellationToken)
    {
        var failures = new Dictionary<string, Failure>(StringComparer.Ordinal);
        var due = from pair in born
                  where pair.Made.Id is not null
                  from link in pair.Birth.Later
                  group (pair.Made, link) by link.ToType;
        foreach (var group in due.ToList())
        {
            if (!SalesforceObject.Of(group.Key).TryGet(out var to, out _))
            {
                continue;
            }

            foreach (var part in group.Select((pair, place) => (pair.Made, Link: new LinkWrite($"{place}", pair.Made.Id!, pair.link.ToId, pair.link.Label))).Chunk(SalesforceLimits.Collection))
            {
                var made = part.ToDictionary(pair => pair.Link.Key, pair => pair.Made.Key, StringComparer.Ordinal);
                var written = await links.WriteAsync(target, to, [.. part.Select(pair => pair.Link)], cancellationToken);
                var told = written.TryGet(out var outcomes, out var failure)
                    ? outcomes.Where(outcome => outcome.Failure is not null).Select(outcome => (Key: made[outcome.Key], outcome.Failure!))
                    : made.Values.Select(key => (Key: key, failure));
                foreach (var (key, reason) in told)
                {
                    failures.TryAdd(key, reason);
                }
            }
        }

        return [.. born.Select(pair => failures.TryGetValue(pair.Made.Key, out var failure) ? pair.Made with { Failure = failure } : pair.Made)];
    }

    private static Birth Prepare(SalesforceObject target, RecordWrite write, IReadOnlyList<OptionDefinition> labels)
    {
        var values = new Dictionary<string, NativeValue>(write.Values, StringComparer.Ordinal);
        List<RecordLink> later = [];
        foreach (var link in write.Links)
        {
            var refused = SalesforceId.Normalize(link.ToId) is not { } id ? NoSuchRecord : LinkRule.Of(target.Type, link.ToType) switch
            {
                null => SalesforceObject.Of(link.ToType).TryGet(out var to, out var unknown) ? LinkReader.Refused(target, to) : unknown,
                LinkRule.Field when link.Label is not null => FieldLinks.NoLabels,
                LinkRule.Field { Reversed: false } field => Hold(values, field.Name, id),
                LinkRule.Role when RoleLinks.Unknown(link.Label, labels) is { } unknown => unknown,
                _ => Wait(later, link),
            };
            if (refused is not null)
            {
                return new(write, values, [], refused);
            }
        }

        return new(write, values, later);
    }

    private static Failure? Hold(Dictionary<string, NativeValue> values, string field, string id) =>
        values.TryAdd(field, NativeValue.OfText(id)) || values[field].Raw is null || SalesforceId.Normalize(values[field].Raw!) == id ? null : OneOnly;

    private static Failure? Wait(List<RecordLink> later, RecordLink link)
    {
        later.Add(link);
        return null;
    }
}
