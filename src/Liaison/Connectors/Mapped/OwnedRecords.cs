using Liaison.Failures;
using Liaison.Model;

namespace Liaison.Connectors.Mapped;

/// <summary>Tells the records of a session apart by their owners: those within a scope, and all others.</summary>
internal sealed class OwnedRecords(IConnectorSession session, ConnectorDescriptor descriptor, RecordScope scope)
{
    /// <summary>Gives the field that names a record's owner; <see langword="null"/> for a type that the connector declares none for.</summary>
    public FieldDefinition? OwnerFieldOf(RecordType type) =>
        descriptor.RecordTypes.FirstOrDefault(known => known.Type == type)?.FieldNames.GetValueOrDefault(FieldNames.Owner) is { } native
            ? new FieldDefinition(FieldNames.Owner, native, FieldNames.Owner, FieldType.Reference)
            : null;

    /// <summary>Tells whether a record is within; one whose owner was not told is not.</summary>
    public bool IsWithin(NativeRecord record, FieldDefinition owner) =>
        record.Values.TryGetValue(owner.NativeName, out var held) && held.Kind != NativeKind.Missing && scope.Contains(held.Raw);

    /// <summary>Finds which of these ids are those of records within.</summary>
    public async Task<Result<IReadOnlySet<string>>> WithinAsync(RecordType type, IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var asked = ids.Distinct(StringComparer.Ordinal).ToList();
        if (scope.IsWhole)
        {
            return Result<IReadOnlySet<string>>.Of(asked.ToHashSet(StringComparer.Ordinal));
        }

        var within = new HashSet<string>(StringComparer.Ordinal);
        if (OwnerFieldOf(type) is not { } owner)
        {
            return Result<IReadOnlySet<string>>.Of(within);
        }

        foreach (var batch in asked.Chunk(descriptor.Operations[CrmOperation.Read].BatchSize))
        {
            if (!(await session.ReadAsync(type, batch, [owner], cancellationToken)).TryGet(out var read, out var failure))
            {
                return failure;
            }

            within.UnionWith(read.Records.Where(record => IsWithin(record, owner)).Select(record => record.RequestedId ?? record.Id));
        }

        return Result<IReadOnlySet<string>>.Of(within);
    }
}
