using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;

namespace Liaison.Connectors;

/// <summary>Who a credential is, as the CRM tells it.</summary>
/// <param name="AccountId">The account's own id (HubSpot: portal; Salesforce: organisation).</param>
/// <param name="TimeZone">The account's IANA time zone, in which HubSpot's daily allowance resets; <see langword="null"/> where the CRM has none.</param>
/// <param name="CredentialKind">The CRM's word for the credential, as in <c>private app</c> or <c>user-level OAuth</c>.</param>
/// <param name="Scopes">The granted scopes; <see langword="null"/> where the CRM does not tell.</param>
public sealed record AccountIdentity(
    string AccountId,
    string? TimeZone,
    string CredentialKind,
    CredentialReach Reach,
    string? UserId,
    IReadOnlyList<string>? Scopes);

/// <summary>One page of a query.</summary>
/// <param name="Next">What to ask for the next page; <see langword="null"/> on the last.</param>
/// <param name="Total">How many records the query gives in all, where the CRM tells.</param>
public sealed record RecordPage(IReadOnlyList<NativeRecord> Records, string? Next, long? Total)
{
    /// <summary>Gets the links of the page's records to those of <see cref="RecordQuery.Linked"/>.</summary>
    /// <value>The default is <see langword="null"/>: the page does not bring them, and who wants them reads them.</value>
    public IReadOnlyList<Association>? Links { get; init; }
}

/// <summary>The records of a batch read, in any order, and the ids that gave none.</summary>
public sealed record RecordBatch(IReadOnlyList<NativeRecord> Records, IReadOnlyList<string> Missing);

/// <summary>One write, in the CRM's own names and forms.</summary>
/// <param name="Key">The change set's id: it travels to the CRM where that can carry one (HubSpot <c>objectWriteTraceId</c>) and names the outcome.</param>
/// <param name="Id">The record to update; <see langword="null"/> creates one.</param>
/// <param name="Values">The changed values by native field name; the dialect's clearing value clears.</param>
public sealed record RecordWrite(string Key, string? Id, IReadOnlyDictionary<string, NativeValue> Values)
{
    /// <summary>Gets the links that a new record is born with.</summary>
    /// <value>The default is empty; links of an update are an <see cref="ArgumentException"/>, since they are written by <see cref="IConnectorSession.LinkAsync"/>.</value>
    public IReadOnlyList<RecordLink> Links { get; init; } = [];

    /// <summary>Gets the version of the record on which the write was judged, as <see cref="NativeRecord.Version"/> gave it.</summary>
    /// <value>The default is <see langword="null"/>: none is known, or writes of our own have moved it since.</value>
    /// <remarks>
    /// Where the call can carry it the CRM itself refuses the write of a record that somebody has changed since, as
    /// <see cref="FailureKind.Conflict"/> (Salesforce: <c>If-Unmodified-Since</c> on the update of one row, R77). A connector whose call cannot
    /// carry it leaves it out: the engine has compared the record before.
    /// </remarks>
    public string? Version { get; init; }
}

/// <summary>One write to the record that holds a value in a unique field; where none does, it makes one that does.</summary>
/// <param name="Key">The change set's id: it travels to the CRM where that can carry one and names the outcome.</param>
/// <param name="Value">What the unique field holds, in the CRM's own form; never empty.</param>
/// <param name="Values">The other values by native field name; the unique field is not among them, since an upsert never moves a record to another key.</param>
public sealed record RecordUpsert(string Key, string Value, IReadOnlyDictionary<string, NativeValue> Values);

/// <summary>A link that a new record is to have.</summary>
/// <param name="Label">What the link is called, by the name that people see or the CRM's own; <see langword="null"/> for a plain link, which asks for no mark such as the primary one.</param>
public sealed record RecordLink(RecordType ToType, string ToId, string? Label = null);

/// <summary>A link that is to be made or taken away between two records that stand.</summary>
/// <param name="Key">Names the outcome.</param>
/// <param name="Label">
/// What the link is called in this direction, by the name that people see or the CRM's own; <see langword="null"/> means the link
/// itself. To make a label makes the link where there is none, to remove one leaves the link, and to remove the link takes its
/// labels along.
/// </param>
/// <param name="Remove">Whether the link, or its label, is taken away.</param>
public sealed record LinkWrite(string Key, string FromId, string ToId, string? Label = null, bool Remove = false);

/// <summary>A record that is to be deleted; where the CRM has a bin it goes there.</summary>
/// <param name="Key">Names the outcome.</param>
public sealed record RecordDelete(string Key, string Id);

/// <summary>What became of one write.</summary>
/// <param name="Key">The key of the write.</param>
/// <param name="Id">
/// The record's id, for a link the one that it goes from; <see langword="null"/> where the write failed before there was a record.
/// A create with an id and a failure tells of a record that stands without some of its links.
/// </param>
/// <param name="Failure">Why the CRM refused; <see langword="null"/> when it took the write.</param>
/// <param name="UpdatedAt">The record's new update time, where the answer tells it.</param>
public sealed record WriteOutcome(string Key, string? Id, Failure? Failure, DateTimeOffset? UpdatedAt = null)
{
    /// <summary>Gets what the CRM's answer says that the written fields hold now, by native name.</summary>
    /// <value>The default is <see langword="null"/>: the answer does not say, and who wants to know reads the record.</value>
    public IReadOnlyDictionary<string, NativeValue>? Values { get; init; }

    /// <summary>Gets a value telling whether an upsert made the record rather than changed it.</summary>
    /// <value>The default is <see langword="null"/>: it was no upsert, it failed, or the CRM's answer does not say.</value>
    public bool? Created { get; init; }
}

/// <summary>A CRM user who may own records.</summary>
/// <param name="OwnerId">The id that owner fields hold (HubSpot: the owner's, not the user's).</param>
public sealed record CrmUser(string OwnerId, string? UserId, string Email, string Name, bool Active, IReadOnlyList<CrmTeam> Teams);

/// <summary>A team of CRM users.</summary>
public sealed record CrmTeam(string Id, string Name, bool Primary);
