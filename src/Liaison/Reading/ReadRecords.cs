using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Normalization;
using Liaison.Policy;

namespace Liaison.Reading;

/// <summary>Reads records by id, and the links between records.</summary>
public sealed class ReadRecords(TypeOpener types, TimeProvider time)
{
    /// <summary>Reads records, in as many calls as the CRM's batch size asks for.</summary>
    /// <param name="judge">Judges the reading of the parents' types that the request names fields of.</param>
    internal async Task<Result<ReadAnswer>> ExecuteAsync(Permit permit, ReadRequest request, JudgeRead judge, CancellationToken cancellationToken)
    {
        if (!(await types.OpenAsync(permit, cancellationToken)).TryGet(out var open, out var failure)
            || !(await new ParentPaths(types, open, judge).OpenAsync(request.Fields, cancellationToken)).TryGet(out var paths, out failure)
            || !PermittedSchema.Resolve(paths.Schema, [.. request.Fields.Select(paths.NameOf)]).TryGet(out var fields, out failure))
        {
            return failure;
        }

        fields = RecordNormalizer.WithNeeded(fields, paths.Schema);
        var batches = await Task.WhenAll(request.Ids
            .Chunk(open.BatchSizeOf(CrmOperation.Read))
            .Select(ids => open.Session.ReadAsync(request.Type, ids, fields, cancellationToken)));
        var records = new List<Record>(request.Ids.Count);
        var missing = new List<string>();
        var readAt = time.GetUtcNow();
        foreach (var batch in batches)
        {
            if (!batch.TryGet(out var found, out failure))
            {
                return failure;
            }

            missing.AddRange(found.Missing);
            records.AddRange(found.Records.Select(native => RecordNormalizer.Normalize(
                native, paths.Schema, fields, request.Connection, open.Dialect, readAt)));
        }

        return new ReadAnswer(records, missing);
    }

    /// <summary>Reads links; the permit is that for the type that they start from.</summary>
    internal async Task<Result<IReadOnlyList<Association>>> AssociatedAsync(
        Permit permit, AssociationRequest request, CancellationToken cancellationToken)
    {
        if (!(await types.OpenAsync(permit, cancellationToken)).TryGet(out var open, out var failure))
        {
            return failure;
        }

        var batches = await Task.WhenAll(request.Ids
            .Chunk(open.BatchSizeOf(CrmOperation.ReadAssociations))
            .Select(ids => open.Session.ReadAssociationsAsync(request.From, request.To, ids, cancellationToken)));
        var links = new List<Association>();
        foreach (var batch in batches)
        {
            if (!batch.TryGet(out var found, out failure))
            {
                return failure;
            }

            links.AddRange(found);
        }

        return links;
    }
}
