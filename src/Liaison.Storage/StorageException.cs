namespace Liaison.Storage;

/// <summary>The store cannot do its work: its file, disk or schema is not as it must be.</summary>
/// <remarks>The message is one sentence fit for an operator: what is wrong, where, and what mends it; it holds no record's values.</remarks>
public sealed class StorageException : Exception
{
    /// <summary>Makes one without a sentence.</summary>
    public StorageException()
    {
    }

    /// <summary>Makes one with its sentence.</summary>
    public StorageException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one with its sentence and what the database itself said.</summary>
    public StorageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
