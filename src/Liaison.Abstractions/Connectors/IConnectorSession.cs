using Liaison.Failures;
using Liaison.Model;

namespace Liaison.Connectors;

/// <summary>What can be asked of a CRM with one credential: native records in, native values out.</summary>
/// <remarks>
/// Safe for concurrent use. Every method may answer with the failures of the error map; those named below are its own.
/// An operation that the descriptor's capabilities lack answers <see cref="FailureKind.Unsupported"/>.
/// Callers keep batches within <see cref="ConnectorDescriptor.Operations"/>; a larger one is an <see cref="ArgumentException"/>.
/// </remarks>
public interface IConnectorSession
{
    /// <summary>Gets what takes work on many records as jobs; <see langword="null"/> exactly where <see cref="ConnectorDescriptor.Jobs"/> is.</summary>
    ISessionJobs? Jobs => null;

    /// <summary>Asks the CRM what is left of its limits, where it tells that beside its answers' headers.</summary>
    /// <returns>The limits that it tells of, none where it has no such question.</returns>
    Task<Result<IReadOnlyList<LimitStanding>>> ReadLimitsAsync(CancellationToken cancellationToken) =>
        Task.FromResult(Result<IReadOnlyList<LimitStanding>>.Of([]));

    /// <summary>Asks who the credential is: account, reach, granted scopes.</summary>
    Task<Result<AccountIdentity>> IdentifyAsync(CancellationToken cancellationToken);

    /// <summary>Reads the fields of a record type as this credential sees them.</summary>
    /// <returns><see cref="FailureKind.NotFound"/> for a type that does not exist or not for this credential.</returns>
    Task<Result<RecordSchema>> DescribeAsync(RecordType type, CancellationToken cancellationToken);

    /// <summary>Reads the pipelines of a record type with their stages in order.</summary>
    /// <remarks>Where records of the type have stages and no pipeline field, there is one, and it is <see cref="Pipeline.IsDefault"/>; a type without stages has none.</remarks>
    /// <param name="id">The one that is wanted, as records hold it; <see langword="null"/> for all, in their order.</param>
    /// <returns>
    /// <see cref="FailureKind.NotFound"/> for a pipeline that there is not, and <see cref="FailureKind.Forbidden"/> where this credential
    /// may not list them; one by its id it may read. Needs <see cref="ConnectorCapabilities.Pipelines"/>.
    /// </returns>
    Task<Result<IReadOnlyList<Pipeline>>> ReadPipelinesAsync(RecordType type, string? id, CancellationToken cancellationToken) =>
        Task.FromResult<Result<IReadOnlyList<Pipeline>>>(ConnectorRefusals.NoPipelines);

    /// <summary>Counts the records that a query would give; search indexes may lag a little behind the records.</summary>
    Task<Result<long>> CountAsync(RecordQuery query, CancellationToken cancellationToken);

    /// <summary>Reads one page of a query.</summary>
    /// <param name="cursor">Where the page begins: <see langword="null"/> for the first, else <see cref="RecordPage.Next"/> of the page before.</param>
    /// <remarks>Paging gives each record once however many there are, also past the CRM's own result cap; a page may be short or empty while more follow.</remarks>
    Task<Result<RecordPage>> QueryAsync(RecordQuery query, string? cursor, CancellationToken cancellationToken);

    /// <summary>Reads records by id; an id that is deleted, unknown or invisible is listed as missing and fails nothing.</summary>
    Task<Result<RecordBatch>> ReadAsync(
        RecordType type, IReadOnlyList<string> ids, IReadOnlyList<FieldDefinition> fields, CancellationToken cancellationToken);

    /// <summary>Reads the links from records of one type to records of another; a record without links has no row.</summary>
    Task<Result<IReadOnlyList<Association>>> ReadAssociationsAsync(
        RecordType from, RecordType to, IReadOnlyList<string> ids, CancellationToken cancellationToken);

    /// <summary>Sends one batch of writes, once, and tells the outcome of every item.</summary>
    /// <returns>
    /// One outcome an item, in any order; or a failure for the whole batch, of which nothing was applied, unless it is
    /// <see cref="FailureKind.Ambiguous"/>: then anything may have been. A field that is no longer there is
    /// <see cref="FailureKind.Drifted"/>: no item is at fault, so the engine does not look for one.
    /// </returns>
    /// <remarks>
    /// The engine isolates a bad item by splitting the batch; a connector never re-sends. Creates with links need
    /// <see cref="ConnectorCapabilities.Link"/>; where the CRM cannot make record and links at once, the outcome of a record that
    /// stands without a link has its id and the failure, so that none is left behind untold.
    /// </remarks>
    Task<Result<IReadOnlyList<WriteOutcome>>> WriteAsync(
        RecordType type, IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken);

    /// <summary>Reads records by the value of a unique field; a value that no visible record holds is listed as missing.</summary>
    /// <param name="by">A field of the type that is declared as unique; any other is <see cref="FailureKind.Invalid"/>.</param>
    /// <returns>As for <see cref="ReadAsync"/>, with the value that was asked for as each record's <see cref="NativeRecord.RequestedId"/>.</returns>
    /// <remarks>
    /// It sees what was written the moment before, which a query need not: this is how a create whose answer was lost is settled. Needs
    /// <see cref="ConnectorCapabilities.Upsert"/>; batches go by <see cref="CrmOperation.Read"/>.
    /// </remarks>
    Task<Result<RecordBatch>> FindAsync(
        RecordType type, FieldDefinition by, IReadOnlyList<string> values, IReadOnlyList<FieldDefinition> fields, CancellationToken cancellationToken) =>
        Task.FromResult<Result<RecordBatch>>(ConnectorRefusals.NoUpsert);

    /// <summary>Makes or changes records by the value of a unique field, and tells the outcome of every one.</summary>
    /// <param name="by">A field of the type that is declared as unique; any other is <see cref="FailureKind.Invalid"/>.</param>
    /// <returns>As for <see cref="WriteAsync"/>; of every outcome <see cref="WriteOutcome.Created"/> says which of the two it was, where the CRM tells.</returns>
    /// <remarks>
    /// The same batch twice makes no second record, so one whose answer was lost may be sent again: what the first try did, the
    /// second finds. Two upserts of one value are laid over each other, the later one on top. Needs
    /// <see cref="ConnectorCapabilities.Upsert"/>; batches go by <see cref="CrmOperation.Write"/>. An empty value, and the unique field
    /// among the values, are an <see cref="ArgumentException"/>.
    /// </remarks>
    Task<Result<IReadOnlyList<WriteOutcome>>> UpsertAsync(
        RecordType type, FieldDefinition by, IReadOnlyList<RecordUpsert> upserts, CancellationToken cancellationToken) =>
        Task.FromResult<Result<IReadOnlyList<WriteOutcome>>>(ConnectorRefusals.NoUpsert);

    /// <summary>Makes and removes links between records of two types, and tells the outcome of every one.</summary>
    /// <returns>
    /// As for <see cref="WriteAsync"/>. To make a link with a record that is not there is <see cref="FailureKind.NotFound"/>, and a
    /// label that the CRM does not know in this direction <see cref="FailureKind.Invalid"/>, in a sentence that names the known ones;
    /// either fails alone.
    /// </returns>
    /// <remarks>
    /// To make a link that is there and to remove one that is not succeeds, so that a batch whose answer was lost may be sent
    /// again. A plain link asks for no mark and leaves those of a link alone; a CRM may of its own accord mark a record's first link
    /// as the primary one. Several links between the same two records are written in the order of the batch.
    /// </remarks>
    Task<Result<IReadOnlyList<WriteOutcome>>> LinkAsync(
        RecordType from, RecordType to, IReadOnlyList<LinkWrite> links, CancellationToken cancellationToken);

    /// <summary>Deletes records, into the CRM's bin where it has one, and tells the outcome of every one.</summary>
    /// <returns>
    /// As for <see cref="WriteAsync"/>. A record that is not there, or not any more, is <see cref="FailureKind.NotFound"/>: after a lost
    /// answer that is what a second try tells of a delete that was done.
    /// </returns>
    Task<Result<IReadOnlyList<WriteOutcome>>> DeleteAsync(
        RecordType type, IReadOnlyList<RecordDelete> deletes, CancellationToken cancellationToken);

    /// <summary>Creates a field, as declared; <see cref="FailureKind.Duplicate"/> where one of that native name stands already.</summary>
    Task<Result<Done>> CreateFieldAsync(RecordType type, FieldDefinition field, CancellationToken cancellationToken);

    /// <summary>Lists the users who own records, with their teams.</summary>
    Task<Result<IReadOnlyList<CrmUser>>> ListUsersAsync(CancellationToken cancellationToken);
}
