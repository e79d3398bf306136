using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Salesforce.Declaration;
using Liaison.Salesforce.Wire;

namespace Liaison.Salesforce.Records;

/// <summary>Sends updates and creates, each once; section 7 of contracts/salesforce.md.</summary>
internal sealed class RecordWriter(CollectionSender collections, ConditionalUpdate conditional, BirthLinks births)
{
    // Rows of one parent lock it in turn: side by side they wait for each other, one after the other they do not
    // (contracts/salesforce.md 8, 10 on UNABLE_TO_LOCK_ROW). Writes come in the order of the parents that are known to who asks for them,
    // which is kept; those that name a parent of their own are put in its order.
    private static readonly string[] ParentFields = ["AccountId", "ParentId", "OpportunityId", "WhatId", "WhoId", "ContactId"];

    private static readonly Failure NoSuchRecord = new(
        FailureKind.NotFound, "No record of Salesforce has such an id.");

    internal async Task<Result<IReadOnlyList<WriteOutcome>>> WriteAsync(
        SalesforceObject target, IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken)
    {
        if (writes is [{ Id: { } lone } write] && SalesforceId.Normalize(lone) is { } row && ConditionalUpdate.MomentOf(write.Version) is { } unmodifiedSince)
        {
            return WriteOutcomes.Of([await conditional.SendAsync(target, row, write, unmodifiedSince, cancellationToken)]);
        }

        var updates = writes.Where(write => write.Id is not null)
            .GroupBy(write => SalesforceId.Normalize(write.Id!) ?? "", StringComparer.Ordinal)
            .ToList();
        List<WriteOutcome> outcomes = [.. updates.Where(same => same.Key.Length == 0).SelectMany(same => same).Select(write => new WriteOutcome(write.Key, write.Id, NoSuchRecord))];

        // Salesforce refuses a collection that names a record twice, so patches of one are laid over each other in their order.
        var patches = Ordered(updates.Where(same => same.Key.Length > 0), same => same.First().Values).ToList();
        var sent = await collections.SendAsync(
            CrmOperation.Write, $"{target.Name}.update", HttpMethod.Patch, patches.ConvertAll(same => new CollectionItem(target.Name, same.Key, Laid(same))), cancellationToken);
        outcomes.AddRange(patches.Zip(sent, (same, outcome) => same.Select(write => new WriteOutcome(write.Key, write.Id, outcome.Failure))).SelectMany(told => told));

        var creates = writes.Where(write => write.Id is null).ToList();
        if (creates.Count > 0)
        {
            if (!(await CreateAsync(target, creates, cancellationToken)).TryGet(out var born, out var failure))
            {
                born = [.. creates.Select(write => new WriteOutcome(write.Key, null, failure))];
            }

            outcomes.AddRange(born);
        }

        return WriteOutcomes.Of(outcomes);
    }

    private async Task<Result<IReadOnlyList<WriteOutcome>>> CreateAsync(
        SalesforceObject target, IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken)
    {
        if (!(await births.PrepareAsync(target, writes, cancellationToken)).TryGet(out var prepared, out var failure))
        {
            return failure;
        }

        List<WriteOutcome> outcomes = [.. prepared.Where(birth => birth.Refused is not null).Select(birth => new WriteOutcome(birth.Write.Key, null, birth.Refused))];
        var sound = Ordered(prepared.Where(birth => birth.Refused is null), birth => birth.Values).ToList();
        var sent = await collections.SendAsync(
            CrmOperation.Write, $"{target.Name}.create", HttpMethod.Post, sound.ConvertAll(birth => new CollectionItem(target.Name, null, Typed(target, birth.Values))), cancellationToken);
        var born = sound.Zip(sent, (birth, outcome) => (birth, made: new WriteOutcome(birth.Write.Key, outcome.Failure is null ? outcome.Id : null, outcome.Failure))).ToList();
        outcomes.AddRange(await births.LinkAsync(target, born, cancellationToken));

        return outcomes;
    }

    private static Dictionary<string, NativeValue> Laid(IEnumerable<RecordWrite> writes)
    {
        var values = new Dictionary<string, NativeValue>(StringComparer.Ordinal);
        foreach (var (name, value) in writes.SelectMany(write => write.Values))
        {
            values[name] = value;
        }

        return values;
    }

    // A call is a task that says so.
    private static IReadOnlyDictionary<string, NativeValue> Typed(SalesforceObject target, IReadOnlyDictionary<string, NativeValue> values) =>
        target.Subtype is null
            ? values
            : new Dictionary<string, NativeValue>(values, StringComparer.Ordinal) { [SalesforceObject.SubtypeField] = NativeValue.OfText(target.Subtype) };

    private static IEnumerable<T> Ordered<T>(IEnumerable<T> writes, Func<T, IReadOnlyDictionary<string, NativeValue>> values) =>
        writes.OrderBy(write => ParentFields.Select(field => values(write).GetValueOrDefault(field).Raw).FirstOrDefault(id => id is not null), StringComparer.Ordinal);
}
