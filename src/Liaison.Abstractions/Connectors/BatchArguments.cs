namespace Liaison.Connectors;

/// <summary>The checks of what a session is handed, as <see cref="IConnectorSession"/> promises them; they find bugs, not refusals.</summary>
public static class BatchArguments
{
    /// <summary>Throws where a batch is larger than its kind of call carries.</summary>
    /// <param name="operations">The kinds of call as the connector declares them.</param>
    /// <param name="parameter">The name of the argument that holds the batch.</param>
    /// <exception cref="ArgumentException">The batch is larger than the descriptor allows.</exception>
    public static void ThrowIfTooMany(
        IReadOnlyDictionary<CrmOperation, OperationDescriptor> operations, CrmOperation operation, int count, string parameter)
    {
        ArgumentNullException.ThrowIfNull(operations);

        if (count > operations[operation].BatchSize)
        {
            throw new ArgumentException("The batch is larger than the descriptor allows.", parameter);
        }
    }

    /// <summary>Throws where an update carries links.</summary>
    /// <exception cref="ArgumentException">Links of a record that stands are written by <see cref="IConnectorSession.LinkAsync"/>.</exception>
    public static void ThrowIfLinked(IReadOnlyList<RecordWrite> writes)
    {
        ArgumentNullException.ThrowIfNull(writes);

        if (writes.Any(write => write.Id is not null && write.Links.Count > 0))
        {
            throw new ArgumentException("An update carries no links; those of a record that stands are written by LinkAsync.", nameof(writes));
        }
    }

    /// <summary>Throws where an upsert lacks the value of its unique field, or has the field among its values as well.</summary>
    /// <param name="by">The native name of the unique field.</param>
    /// <exception cref="ArgumentException">An upsert needs a value of the unique field and has it nowhere else.</exception>
    public static void ThrowIfKeyless(string by, IReadOnlyList<RecordUpsert> upserts)
    {
        ArgumentNullException.ThrowIfNull(upserts);

        if (upserts.Any(upsert => upsert.Value.Length == 0 || upsert.Values.ContainsKey(by)))
        {
            throw new ArgumentException("An upsert needs a value of the unique field and has it nowhere else.", nameof(upserts));
        }
    }
}
