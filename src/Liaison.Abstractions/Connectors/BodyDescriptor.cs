using System.Collections.Frozen;

namespace Liaison.Connectors;

/// <summary>What the call log may show of a CRM's JSON: names stay readable, and of the values only those that are declared here.</summary>
/// <remarks>
/// Whatever is not named is masked. A list of what is to be hidden would show every field that somebody adds to the CRM tomorrow.
/// </remarks>
public sealed record BodyDescriptor
{
    /// <summary>Gets the descriptor that shows no value at all.</summary>
    public static BodyDescriptor Masked { get; } = new();

    /// <summary>Gets the names of properties that belong to the protocol and hold no record's value, as in <c>category</c>.</summary>
    /// <value>The default is empty. Only words, numbers and flags are shown; a sentence is masked all the same.</value>
    public FrozenSet<string> ShownNames { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Gets the names of properties that hold the id of a record, as in <c>id</c>.</summary>
    /// <value>The default is empty.</value>
    public FrozenSet<string> RecordIdNames { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Gets the names of objects whose properties are the fields of a record: nothing in them belongs to the protocol.</summary>
    /// <value>The default is empty.</value>
    public FrozenSet<string> FieldObjects { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Gets the name whose presence says that what stands as an id in a request is the value of a field, as in <c>idProperty</c>.</summary>
    /// <value>The default is <see langword="null"/>: ids are ids.</value>
    public string? ForeignKeyName { get; init; }

    /// <summary>Gets the names of query values that hold ids of records, separated by commas.</summary>
    /// <value>The default is empty.</value>
    public FrozenSet<string> RecordIdQueries { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Gets what tells an id of a record from any other text.</summary>
    /// <value>The default takes no text for an id.</value>
    public Func<string, bool> IsRecordId { get; init; } = _ => false;
}
