using Liaison.Failures;
using Liaison.Model;
using Liaison.Policy;

namespace Liaison.Reading;

/// <summary>Tells the fields of a record type, as narrow as the permit.</summary>
public sealed class DescribeType(TypeOpener types)
{
    internal async Task<Result<RecordSchema>> ExecuteAsync(Permit permit, CancellationToken cancellationToken) =>
        (await types.OpenAsync(permit, cancellationToken)).TryGet(out var open, out var failure) ? open.Permitted : failure;
}
