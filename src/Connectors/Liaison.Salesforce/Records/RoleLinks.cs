using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Salesforce.Declaration;
using Liaison.Salesforce.Schema;

namespace Liaison.Salesforce.Records;

/// <summary>Writes links between contacts and deals, which are rows with the part that the contact plays.</summary>
internal sealed class RoleLinks(CollectionSender collections, LinkReader reader, SchemaReader schemas)
{
    // Parts are text of the organisation's administrators: named so far that a person finds the right one.
    private const int MostNamed = 20;

    internal async Task<Result<IReadOnlyList<WriteOutcome>>> WriteAsync(
        LinkRule.Role role, IReadOnlyList<LinkWrite> links, CancellationToken cancellationToken)
    {
        if (!(await LabelsAsync(links.Select(link => link.Label), cancellationToken)).TryGet(out var labels, out var failure))
        {
            return failure;
        }

        List<WriteOutcome> outcomes = [.. links.Where(link => Unknown(link.Label, labels) is not null).Select(link => new WriteOutcome(link.Key, link.FromId, Unknown(link.Label, labels)))];
        foreach (var round in LinkWriter.Rounds(links.Where(link => Unknown(link.Label, labels) is null), link => (link.FromId, link.ToId)))
        {
            var ids = round.Select(link => link.FromId).Distinct(StringComparer.Ordinal).ToList();
            if (!(await reader.RolesAsync(role, CrmOperation.ReadAssociations, ids, cancellationToken)).TryGet(out var standing, out failure))
            {
                if (outcomes.Count == 0)
                {
                    return failure;
                }

                outcomes.AddRange(round.Select(link => new WriteOutcome(link.Key, link.FromId, failure)));
                continue;
            }

            var rows = standing.ToLookup(row => (row.FromId, row.ToId));
            var changes = round.Select(link => ChangeOf(role, link, [.. rows[(link.FromId, link.ToId)]], labels)).ToList();
            outcomes.AddRange(await SendAsync(changes, cancellationToken));
        }

        return Result<IReadOnlyList<WriteOutcome>>.Of(outcomes);
    }

    /// <summary>Reads which labels there are, where one is asked for.</summary>
    internal async Task<Result<IReadOnlyList<OptionDefinition>>> LabelsAsync(IEnumerable<string?> asked, CancellationToken cancellationToken)
    {
        if (asked.All(label => label is null))
        {
            return Result<IReadOnlyList<OptionDefinition>>.Of([]);
        }

        var read = await schemas.ReadAsync(LinkRule.Role.Sobject, cancellationToken);
        return read.Then(described => Result<IReadOnlyList<OptionDefinition>>.Of(
            (described.Fields ?? []).FirstOrDefault(field => field.Name == LinkRule.Role.Label) is { } field ? DependentOptions.Of(field, controller: null) : []));
    }

    /// <summary>Tells that there is no such label.</summary>
    internal static Failure? Unknown(string? label, IReadOnlyList<OptionDefinition> labels) => label is null || Find(label, labels) is not null ? null : new(
        FailureKind.Invalid,
        labels.Count == 0
            ? "Salesforce shows this user no parts that a contact can play in a deal; link the records without one."
            : $"Salesforce has no such part of a contact in a deal; it has {string.Join(", ", labels.Where(known => known.Active).Select(known => known.Label).Take(MostNamed))}.");

    private static OptionDefinition? Find(string label, IReadOnlyList<OptionDefinition> labels) =>
        labels.FirstOrDefault(known => string.Equals(known.Label, label, StringComparison.OrdinalIgnoreCase) || string.Equals(known.Value, label, StringComparison.OrdinalIgnoreCase));

    private static RoleChange ChangeOf(LinkRule.Role role, LinkWrite link, IReadOnlyList<RoleRow> rows, IReadOnlyList<OptionDefinition> labels)
    {
        var label = link.Label is null ? null : Find(link.Label, labels)!.Value;
        var labelled = label is null ? null : rows.FirstOrDefault(row => row.Label == label);
        return (link.Remove, label) switch
        {
            (true, null) => new(link, []) { Deleted = [.. rows.Select(row => row.Id)] },
            (true, _) => new(link, labelled is null ? [] : [Labelled(labelled.Id, NativeValue.Null)]),
            (false, null) when rows.Count > 0 => new(link, []),
            (false, not null) when labelled is not null => new(link, []),
            (false, not null) when rows.FirstOrDefault(row => string.IsNullOrEmpty(row.Label)) is { } plain => new(link, [Labelled(plain.Id, NativeValue.OfText(label))]),
            _ => new(link, [Made(role, link, label)]),
        };
    }

    private static CollectionItem Labelled(string id, NativeValue label) =>
        new(LinkRule.Role.Sobject, id, new Dictionary<string, NativeValue> { [LinkRule.Role.Label] = label });

    private static CollectionItem Made(LinkRule.Role role, LinkWrite link, string? label)
    {
        var values = new Dictionary<string, NativeValue>
        {
            [role.FromField] = NativeValue.OfText(link.FromId), [role.ToField] = NativeValue.OfText(link.ToId),
        };
        if (label is not null)
        {
            values[LinkRule.Role.Label] = NativeValue.OfText(label);
        }

        return new(LinkRule.Role.Sobject, null, values);
    }

    private async Task<IReadOnlyList<WriteOutcome>> SendAsync(List<RoleChange> changes, CancellationToken cancellationToken)
    {
        const string Name = $"{LinkRule.Role.Sobject}.link";
        var failures = changes.ToDictionary(change => change, _ => (Failure?)null);
        foreach (var method in new[] { HttpMethod.Post, HttpMethod.Patch })
        {
            var due = changes.SelectMany(change => change.Written.Where(item => item.Id is null == (method == HttpMethod.Post)).Select(item => (change, item))).ToList();
            var sent = await collections.SendAsync(CrmOperation.WriteAssociations, Name, method, due.ConvertAll(pair => pair.item), cancellationToken);
            for (var place = 0; place < due.Count; place++)
            {
                failures[due[place].change] ??= ToldOfEnd(sent[place].Failure);
            }
        }

        foreach (var part in changes.SelectMany(change => change.Deleted.Select(id => (change, id))).Chunk(SalesforceLimits.Collection))
        {
            var sent = await collections.DeleteAsync(CrmOperation.WriteAssociations, Name, [.. part.Select(pair => pair.id)], cancellationToken);
            for (var place = 0; place < part.Length; place++)
            {
                // A row that is gone by now is what was asked for.
                failures[part[place].change] ??= sent[place].Failure is { Kind: FailureKind.NotFound } ? null : sent[place].Failure;
            }
        }

        return changes.ConvertAll(change => new WriteOutcome(change.Link.Key, change.Link.FromId, failures[change]));
    }

    private static Failure? ToldOfEnd(Failure? failure) => failure is { Kind: FailureKind.Invalid } && failure.Message == SalesforceErrors.UnknownReference
        ? SalesforceErrors.Of(new CrmError("INVALID_CROSS_REFERENCE_KEY"), 400, changesRecords: true)
        : failure;

    private sealed record RoleChange(LinkWrite Link, IReadOnlyList<CollectionItem> Written)
    {
        public IReadOnlyList<string> Deleted { get; init; } = [];
    }
}
