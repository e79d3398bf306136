using Liaison.Failures;
using Liaison.Model;
using Liaison.Policy;

namespace Liaison.Reading;

/// <summary>Tells the fields of a record type, as narrow as the permit.</summary>
public sealed class DescribeType(TypeOpener types)
{
    internal async Task<Result<RecordSchema>> ExecuteAsync(Permit permit, CancellationToken cancellationToken) =>
        (await types.OpenAsync(permit, cancellationToken)).TryGet(out var open, out var failure) ? open.Permitted : failure;

    /// <summary>Tells the pipelines of a type to whom the stage is open; to others the type has none.</summary>
    /// <param name="id">The one that is wanted; <see langword="null"/> for all.</param>
    internal async Task<Result<IReadOnlyList<Pipeline>>> PipelinesAsync(Permit permit, string? id, CancellationToken cancellationToken) =>
        !(await types.OpenAsync(permit, cancellationToken)).TryGet(out var open, out var failure) ? failure
        : !open.ShowsStages ? Result<IReadOnlyList<Pipeline>>.Of([])
        : await open.Session.ReadPipelinesAsync(permit.Type, id, cancellationToken);
}
