using Liaison.Connectors;
using Liaison.Failures;
using Liaison.HubSpot.Declaration;
using Liaison.HubSpot.Wire;
using Liaison.Model;
using Liaison.Wire;

namespace Liaison.HubSpot.Records;

/// <summary>Sends records to HubSpot's bin; section 6.3 of contracts/hubspot.md.</summary>
/// <remarks>
/// HubSpot answers alike for a record that it archived and for one that never was, and a merged-away id may stand for the
/// survivor: so the records are read first, and only those go that answer to their own id.
/// </remarks>
internal sealed class RecordArchiver(HubSpotApi api, BatchReader records)
{
    private static readonly Failure Gone = new(
        FailureKind.NotFound, "HubSpot shows no such record to this credential; it may be deleted, merged or not visible.");

    internal async Task<Result<IReadOnlyList<WriteOutcome>>> DeleteAsync(
        RecordType type, IReadOnlyList<RecordDelete> deletes, CancellationToken cancellationToken)
    {
        var read = await records.ReadAsync(type, [.. deletes.Select(delete => delete.Id)], [], cancellationToken);
        if (!read.TryGet(out var found, out var failure))
        {
            return failure;
        }

        HashSet<string> standing = [.. found.Records.Where(record => record.RequestedId is null && !record.Archived).Select(record => record.Id)];
        if (standing.Count == 0)
        {
            return deletes.Select(delete => new WriteOutcome(delete.Key, delete.Id, Gone)).ToList();
        }

        var archived = await ArchiveAsync(type, standing, cancellationToken);
        return archived.Then(answer => Result<IReadOnlyList<WriteOutcome>>.Of(
        [
            .. deletes.Select(delete => new WriteOutcome(
                delete.Key, delete.Id, standing.Contains(delete.Id) ? Refused(answer, delete.Id) : Gone)),
        ]));
    }

    private async Task<Result<ObjectsAnswer>> ArchiveAsync(RecordType type, HashSet<string> ids, CancellationToken cancellationToken)
    {
        var native = HubSpotRecordTypes.Of(type).NativeName;
        var call = new CrmCall(CrmOperation.Delete, $"{native}.batch-archive", HttpMethod.Post, api.Paths.Batch(native, "archive"))
        {
            Body = JsonBody.OfObject(writer => writer.WriteInputs(ids, (input, id) => input.WriteString("id", id))),
            RecordCount = ids.Count,
        };

        return await api.PostAsync(call, [], cancellationToken);
    }

    // Success has no body today; any version may put errors into it (contracts/hubspot.md 1).
    private static Failure? Refused(ObjectsAnswer answer, string id) =>
        answer.Errors.FirstOrDefault(error => error.Ids.Count == 0 || error.Ids.Contains(id)) is { } error ? HubSpotErrors.OfItem(error.Error) : null;
}
