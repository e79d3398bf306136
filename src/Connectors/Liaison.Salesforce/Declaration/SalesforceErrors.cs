using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Salesforce.Wire;

namespace Liaison.Salesforce.Declaration;

/// <summary>What Salesforce's error answers mean: the table of contracts/salesforce.md 10; the first row that fits wins.</summary>
/// <remarks>The code decides and not the status, which varies for one and the same code; a status alone counts where there is no code.</remarks>
internal static class SalesforceErrors
{
    /// <summary>What is told of a value that names a record which is not there.</summary>
    internal const string UnknownReference = "A field names a record that Salesforce does not show this user; name another.";

    private const string Several = "Several records hold this key, so nothing was written; look which is meant, and make the key field unique.";

    private static readonly int[] Any = [];

    private static readonly int[] AnyServerError = [.. Enumerable.Range(500, 100)];

    private static readonly TimeSpan Minutes = TimeSpan.FromMinutes(5);

    internal static IReadOnlyList<ErrorRule> Rules { get; } =
    [
        // Limits. The day's is of the whole organisation, shared by all that is connected to it.
        Code("REQUEST_LIMIT_EXCEEDED", FailureKind.QuotaExhausted, "The organisation's daily API calls are spent; work goes on as the last 24 hours' calls age out.") with
        {
            Wait = Minutes, Exhausted = LimitKind.Daily,
        },
        Code(ErrorReader.TooManyLongCalls, FailureKind.RateLimited, "Too many long calls run in the organisation at once; try again in some seconds.") with
        {
            Wait = TimeSpan.FromSeconds(15), Exhausted = LimitKind.Concurrency,
        },
        Code("STORAGE_LIMIT_EXCEEDED", FailureKind.QuotaExhausted, "The organisation's storage is full; free some or buy more before anything is created."),
        new([429], null, FailureKind.RateLimited, "A gateway before Salesforce asks to slow down; try again later.") { Wait = TimeSpan.FromSeconds(5) },

        // Who asks.
        Code("INVALID_SESSION_ID", FailureKind.Unauthenticated, "Salesforce does not accept the session; connect the account again."),
        Code(ErrorReader.SessionNotForApi, FailureKind.Unauthenticated, "The session is not one for the REST API; give the app the scope api and connect again.") with { RenewalMayHelp = false },
        Code("API_DISABLED_FOR_ORG", FailureKind.Forbidden, "The organisation or the user has no API access; an administrator can grant API Enabled."),
        Code("API_CURRENTLY_DISABLED", FailureKind.Forbidden, "API access is switched off for this user; an administrator can switch it on."),
        Code("FUNCTIONALITY_NOT_ENABLED", FailureKind.Forbidden, "The organisation does not have this feature; an administrator can enable it."),
        Code("ORG_LOCKED", FailureKind.Forbidden, "The organisation is locked; its administrator has to settle that with Salesforce."),

        // What passes by itself.
        Code(ErrorReader.RowLocked, FailureKind.Unavailable, "Somebody else is changing the record or its parent; try again shortly.") with { Wait = TimeSpan.FromSeconds(2) },
        Code("SERVER_UNAVAILABLE", FailureKind.Unavailable, "Salesforce is not available at the moment; try again.") with { MayHaveCommitted = true },
        Code("REQUEST_RUNNING_TOO_LONG", FailureKind.Unavailable, "Salesforce gave the call up as too long; try again, or ask for less at a time.") with { Wait = TimeSpan.FromSeconds(30), MayHaveCommitted = true },
        Code("TOO_MANY_APEX_REQUESTS", FailureKind.Unavailable, "The organisation's own code is overloaded; try again later.") with { Wait = TimeSpan.FromSeconds(30) },
        Code("INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE", FailureKind.Unavailable, "The organisation is under maintenance and takes no changes; try again in some minutes.") with { Wait = Minutes },
        Code("ORG_IN_MAINTENANCE", FailureKind.Unavailable, "The organisation is under maintenance; try again in some minutes.") with { Wait = Minutes },

        // What is asked.
        Code(ErrorReader.NotFilterable, FailureKind.Invalid, "Salesforce cannot filter or order by this field; use another one."),

        // Not the item's fault: the next one would meet the same, so the run stops instead of taking batches apart.
        Code(ErrorReader.UnknownField, FailureKind.Drifted, "Salesforce shows this user no such field; restore it, grant it, or see liaison fields plan."),
        Code("INVALID_TYPE", FailureKind.NotFound, "Salesforce has no such record type for this user; check its name."),
        Code("QUERY_TIMEOUT", FailureKind.Invalid, "The query takes Salesforce too long; narrow the filter or ask for fewer fields."),
        Code("QUERY_TOO_COMPLICATED", FailureKind.Invalid, "The query is too complicated for Salesforce; ask for fewer fields, formulas above all."),
        Code("OPERATION_TOO_LARGE", FailureKind.Invalid, "The query is too large for this user's rights; narrow the filter."),
        Code("EXCEEDED_ID_LIMIT", FailureKind.Invalid, "Too many changes lie in the time asked for; narrow it."),
        Code("INVALID_QUERY_LOCATOR", FailureKind.Conflict, "Salesforce no longer keeps the rest of the query; begin it again."),

        // Jobs.
        Code("API_ERROR", FailureKind.Unsupported, "Salesforce cannot do this as a job."),
        Code("INVALIDENTITY", FailureKind.Unsupported, "Salesforce takes no jobs for this record type."),
        Code("FEATURENOTENABLED", FailureKind.Unsupported, "The organisation or the user may make no jobs; an administrator can enable the Bulk API."),
        Code("INVALIDJOB", FailureKind.Invalid, "Salesforce does not take the job as it is."),
        Code("INVALIDJOBSTATE", FailureKind.Conflict, "The job stands elsewhere than this needs; look at it again."),
        Code("EXCEEDEDQUOTA", FailureKind.Unsupported, "The organisation has made its jobs of the last 24 hours; work goes on by calls."),
        Code("EXCEEDED_MAX_SIZE_REQUEST", FailureKind.Invalid, "The rows are more than Salesforce takes in one job; hand over fewer."),

        // What stands already, and what stands otherwise.
        Code("DUPLICATES_DETECTED", FailureKind.Duplicate, "A duplicate rule of the organisation found a record that may be the same; a person decides whether it is."),
        Code("DUPLICATE_VALUE", FailureKind.Duplicate, "Another record holds this value already; change that one."),
        Code("DUPLICATE_EXTERNAL_ID", FailureKind.Duplicate, "Another record holds this key already; change that one."),

        // No retry tells which of them is meant: a person looks (R123).
        Code(ErrorReader.SeveralRecords, FailureKind.Conflict, Several),
        new([300], null, FailureKind.Conflict, Several),
        Code("ENTITY_FAILED_IFLASTMODIFIED_ON_UPDATE", FailureKind.Conflict, "The record has changed since it was read; read it again."),
        Code("ENTITY_IS_LOCKED", FailureKind.Conflict, "The record is locked while an approval of the organisation runs; finish that first."),
        Code("CANNOT_UPDATE_CONVERTED_LEAD", FailureKind.Conflict, "The lead was converted and cannot change any more; change its contact or opportunity."),
        new([412], null, FailureKind.Conflict, "The record has changed since it was read; read it again."),

        // What is not there or not for this user.
        Code("ENTITY_IS_DELETED", FailureKind.NotFound, "The record is deleted."),
        Code("INVALID_CROSS_REFERENCE_KEY", FailureKind.NotFound, "Salesforce shows this user no such record; it may be deleted, merged or not visible."),
        Code("MALFORMED_ID", FailureKind.NotFound, "No record of this type has such an id."),
        Code("NOT_FOUND", FailureKind.NotFound, "Salesforce shows this user no such thing; it may be deleted, merged or not visible."),
        Code("INSUFFICIENT_ACCESS", FailureKind.Forbidden, "The Salesforce user has no right to this; an administrator of the organisation can grant it."),
        Code("INSUFFICIENT_ACCESS_OR_READONLY", FailureKind.Forbidden, "The Salesforce user may not change this; an administrator of the organisation can grant it."),
        Code("INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY", FailureKind.Forbidden, "The Salesforce user has no right to the record or owner that is named."),
        Code("INVALID_FIELD_FOR_INSERT_UPDATE", FailureKind.Forbidden, "The Salesforce user may not write this field, or nobody may."),
        Code(ErrorReader.SecurityMetering, FailureKind.Forbidden, "The organisation's transaction security policies do not get through this user's calls; an administrator can exempt the user from them."),
        Code(ErrorReader.SecurityPolicy, FailureKind.Forbidden, "A transaction security policy of the organisation refuses this; its administrator can see which."),

        // What the organisation's rules refuse.
        Code("REQUIRED_FIELD_MISSING", FailureKind.Invalid, "A field that Salesforce requires is not given; give it."),
        Code("STRING_TOO_LONG", FailureKind.Invalid, "A text is longer than its field; shorten it."),
        Code("NUMBER_OUTSIDE_VALID_RANGE", FailureKind.Invalid, "A number does not fit its field; correct it."),
        Code("INVALID_EMAIL_ADDRESS", FailureKind.Invalid, "An e-mail address is none; correct it."),
        Code("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", FailureKind.Invalid, "A value is not among the choices of its field; choose one of them."),
        Code("FIELD_CUSTOM_VALIDATION_EXCEPTION", FailureKind.Invalid, "A validation rule of the organisation refuses the change; correct the record by its rule."),
        Code("FIELD_FILTER_VALIDATION_EXCEPTION", FailureKind.Invalid, "A lookup filter of the organisation refuses the record that is named; name another."),
        Code("FIELD_INTEGRITY_EXCEPTION", FailureKind.Invalid, "Two fields contradict each other in Salesforce; correct them."),
        Code("INACTIVE_OWNER_OR_USER", FailureKind.Invalid, "The user who is named is not active; name another."),
        Code("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", FailureKind.Invalid, "The organisation's automation failed on the change; its administrator can see why."),
        Code("CANNOT_EXECUTE_FLOW_TRIGGER", FailureKind.Invalid, "A flow of the organisation failed on the change; its administrator can see why."),

        // The verdict on these belongs to the item beside them that failed.
        Code("ALL_OR_NONE_OPERATION_ROLLED_BACK", FailureKind.Invalid, "The change was taken back because one sent along with it failed."),
        Code("PROCESSING_HALTED", FailureKind.Invalid, "The change was not tried because one sent before it failed."),

        // Statuses without a word.
        new([401], null, FailureKind.Unauthenticated, "Salesforce does not accept the credential; connect the account again."),
        new([403], null, FailureKind.Forbidden, "Salesforce refuses this to the user behind the credential; check the user's permissions."),
        new([404], null, FailureKind.NotFound, "Salesforce shows this user no such thing; it may be deleted, merged or not visible."),
        new([409], null, FailureKind.Conflict, "The request contradicts what Salesforce has; read it again."),
        new([410], null, FailureKind.Unsupported, SalesforceApi.VersionRetired),
        Code("UNSUPPORTED_API_VERSION", FailureKind.Unsupported, SalesforceApi.VersionRetired),
        new([414, 431], null, FailureKind.Invalid, "The request is too long for Salesforce; ask for less at a time."),

        // Neither status is documented: an edge that has no route for the moment, or no more since the organisation is gone, and an
        // answer without a body, of which nobody knows what came before it (contracts/salesforce.md 2).
        new([420], null, FailureKind.Unavailable, "Salesforce's edge did not take the call; try again, and check that the organisation still exists.") { MostRepeats = 2 },
        new([406], null, FailureKind.Unavailable, "Salesforce gave an answer without content; try again.") { MayHaveCommitted = true },
        new([408], null, FailureKind.Unavailable, "Salesforce gave up waiting for the request; try again.") { MayHaveCommitted = true },
        new(AnyServerError, null, FailureKind.Unavailable, "Salesforce had a fault of its own; try again.") { MayHaveCommitted = true },
        new([400, 405, 413, 415, 422], null, FailureKind.Invalid, "Salesforce does not take this request as it is."),
    ];

    /// <summary>Tells the failure of a part of an answer that succeeded as a whole.</summary>
    internal static Failure Of(CrmError error, int status, bool changesRecords)
    {
        var rule = Rules.FirstOrDefault(rule =>
            (rule.Statuses.Count == 0 || rule.Statuses.Contains(status)) && (rule.Category is null || rule.Category == error.Category)) ?? Rules[^1];

        return new(rule.MayHaveCommitted && changesRecords ? FailureKind.Ambiguous : rule.Kind, rule.Sentence, rule.Wait)
        {
            ExistingId = error.ExistingId,
            Field = error.Fields is [var field, ..] ? field.Field : null,
        };
    }

    /// <summary>Tells the failure of an item, which as such was not applied.</summary>
    internal static Failure OfItem(CrmError error) =>
        // A record that is named in a field and is not there spoils a value; the record itself is there.
        error.Category is "INVALID_CROSS_REFERENCE_KEY" or "MALFORMED_ID" && error.Fields.Any(field => !string.Equals(field.Field, "Id", StringComparison.OrdinalIgnoreCase))
            ? Of(error, 400, changesRecords: false) with { Kind = FailureKind.Invalid, Message = UnknownReference }
            : Of(error, 400, changesRecords: false);

    private static ErrorRule Code(string code, FailureKind kind, string sentence) => new(Any, code, kind, sentence);
}
