using Liaison.Model;

namespace Liaison.Reading;

/// <summary>Asks for records that fit a filter.</summary>
/// <param name="Fields">The wanted fields by canonical or native name.</param>
/// <param name="Where">The condition in the filter language; <see langword="null"/> takes every record.</param>
/// <param name="Cursor">Where the page begins; <see langword="null"/> for the first.</param>
public sealed record QueryRequest(
    ConnectionName Connection,
    RecordType Type,
    IReadOnlyList<string> Fields,
    string? Where = null,
    string? Cursor = null,
    int? PageSize = null)
{
    /// <summary>Gets the instant that the filter's "now" means, so that every page of a run sees the same window.</summary>
    /// <value>The default is <see langword="null"/>: the time of the request.</value>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Gets how many records there will be, about: what tells whether the CRM is asked by calls or by a job.</summary>
    /// <value>The default is <see langword="null"/>: nobody knows, and calls ask.</value>
    public long? Expected { get; init; }

    /// <summary>Gets the type whose links are welcome with the records, where the CRM brings them along; it must be readable too.</summary>
    /// <value>The default is <see langword="null"/>: none.</value>
    public RecordType? Linked { get; init; }
}

/// <summary>One page of records.</summary>
/// <param name="Next">The cursor of the next page; <see langword="null"/> on the last.</param>
/// <param name="Total">How many records fit in all, where the CRM tells.</param>
public sealed record QueryPage(IReadOnlyList<Record> Records, string? Next, long? Total)
{
    /// <summary>Gets the links of the records to those of <see cref="QueryRequest.Linked"/>.</summary>
    /// <value>The default is <see langword="null"/>: the page does not bring them.</value>
    public IReadOnlyList<Association>? Links { get; init; }
}

/// <summary>Asks for records by id.</summary>
public sealed record ReadRequest(
    ConnectionName Connection, RecordType Type, IReadOnlyList<string> Ids, IReadOnlyList<string> Fields);

/// <summary>The records that were found and the ids that gave none: deleted, unknown or invisible, which are told alike.</summary>
public sealed record ReadAnswer(IReadOnlyList<Record> Records, IReadOnlyList<string> Missing);

/// <summary>Asks for the links from records of one type to records of another.</summary>
public sealed record AssociationRequest(
    ConnectionName Connection, RecordType From, RecordType To, IReadOnlyList<string> Ids);
