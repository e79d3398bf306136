using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Salesforce.Declaration;
using Liaison.Salesforce.Soql;
using Liaison.Salesforce.Wire;

namespace Liaison.Salesforce.Records;

/// <summary>Sends records to Salesforce's bin, where they lie for 15 days; section 12 of contracts/salesforce.md.</summary>
/// <remarks>A deletion names ids and no type, so that it is first asked which of them are records of the type that was meant.</remarks>
internal sealed class RecordDeleter(RowSource rows, CollectionSender collections)
{
    private static readonly Failure Gone = new(
        FailureKind.NotFound, "Salesforce shows this user no such record; it may be deleted, merged or not visible.");

    internal async Task<Result<IReadOnlyList<WriteOutcome>>> DeleteAsync(
        SalesforceObject target, IReadOnlyList<RecordDelete> deletes, CancellationToken cancellationToken)
    {
        var ids = deletes.Select(delete => SalesforceId.Normalize(delete.Id)).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var soql = $"SELECT Id FROM {target.Name} WHERE {(ids.Count == 0 ? "Id = null" : $"Id IN ({RecordReader.ListOf(ids)})")}";
        var read = await rows.AllAsync(CrmOperation.Read, $"{target.Name}.standing", soql, [SystemFields.Id], cancellationToken);
        if (!read.TryGet(out var standing, out var failure))
        {
            return failure;
        }

        List<string> due = [.. standing.Select(row => row.Id)];
        var outcomes = due.Count == 0 ? [] : await collections.DeleteAsync(CrmOperation.Delete, $"{target.Name}.delete", due, cancellationToken);
        var failures = due.Zip(outcomes, (id, outcome) => (id, outcome.Failure)).ToDictionary(pair => pair.id, pair => pair.Failure, StringComparer.Ordinal);

        return WriteOutcomes.Of(
        [
            .. deletes.Select(delete => new WriteOutcome(
                delete.Key, delete.Id, SalesforceId.Normalize(delete.Id) is { } id && failures.TryGetValue(id, out var refused) ? refused : Gone)),
        ]);
    }
}
