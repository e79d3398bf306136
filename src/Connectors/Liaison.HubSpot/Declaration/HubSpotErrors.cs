using Liaison.Connectors;
using Liaison.Failures;
using Liaison.HubSpot.Wire;

namespace Liaison.HubSpot.Declaration;

/// <summary>What HubSpot's error answers mean: the table of contracts/hubspot.md 3 and 4; the first row that fits wins.</summary>
internal static class HubSpotErrors
{
    private const FailureKind Broken = FailureKind.Unavailable;

    // Behind the edge's own codes: 521 and 523 mean that it never reached HubSpot; every other one leaves it open.
    private static readonly int[] NeverArrived = [521, 523];

    private static readonly int[] AnyServerError = [.. Enumerable.Range(500, 100)];

    internal static IReadOnlyList<ErrorRule> Rules { get; } =
    [
        new([429], "DAILY", FailureKind.QuotaExhausted, "The account's daily HubSpot calls are spent; work goes on after midnight in the account's time zone.")
        {
            Wait = TimeSpan.FromHours(1), Exhausted = LimitKind.Daily,
        },
        new([429], "TEN_SECONDLY_ROLLING", FailureKind.RateLimited, "HubSpot's ten-second limit is reached; try again in ten seconds.")
        {
            Wait = TimeSpan.FromSeconds(10), Exhausted = LimitKind.Burst,
        },
        new([429], ErrorReader.Secondly, FailureKind.RateLimited, "HubSpot's search limit is reached; try again in a second.")
        {
            Wait = TimeSpan.FromSeconds(1), Exhausted = LimitKind.Search,
        },
        new([429], null, FailureKind.RateLimited, "HubSpot asks to slow down; try again later.") { Exhausted = LimitKind.Burst },
        new([401], null, FailureKind.Unauthenticated, "HubSpot does not accept the credential; connect the account again."),
        new([403], "MISSING_SCOPES", FailureKind.Forbidden, "The HubSpot app lacks a scope for this; grant it one of the missing scopes and connect again."),
        new([400, 403], ErrorReader.NoPermission, FailureKind.Forbidden, "The HubSpot user behind the credential has no right to this; an administrator of the account can grant it."),
        new([403], null, FailureKind.Forbidden, "HubSpot refuses this to the credential; check its scopes and the user's rights."),
        new([404], null, FailureKind.NotFound, "HubSpot shows no such thing to this credential; it may be deleted, merged or not visible."),
        new([409], null, FailureKind.Duplicate, "It exists in HubSpot already; change the one that is there."),
        new([414], null, FailureKind.Invalid, "The request is too long for HubSpot; ask for less at a time."),
        new([423], null, Broken, "The record is locked in HubSpot while a bulk action runs; try again shortly.") { Wait = TimeSpan.FromSeconds(2) },
        new([477], null, Broken, "HubSpot is moving the account to another data centre; try again when it says.") { Wait = TimeSpan.FromMinutes(1) },
        new([400], ErrorReader.UnknownType, FailureKind.NotFound, "HubSpot has no such record type; check its name."),

        // Not the item's fault: the next one would meet the same, so the run stops instead of taking batches apart.
        new([400], ErrorReader.UnknownProperty, FailureKind.Drifted, "HubSpot no longer has a property that this needs; restore it or run liaison fields apply."),
        new([400], "VALIDATION_ERROR", FailureKind.Invalid, "HubSpot's rules refuse the request; correct the named fields."),
        new([408], null, Broken, "HubSpot gave up waiting for the request; try again.") { MayHaveCommitted = true },
        new(NeverArrived, null, Broken, "HubSpot cannot be reached at the moment; try again."),
        new(AnyServerError, null, Broken, "HubSpot had a fault of its own; try again.") { MayHaveCommitted = true },
        new([400, 405, 413, 415, 422], null, FailureKind.Invalid, "HubSpot does not take this request as it is."),
    ];

    /// <summary>Tells an item's failure inside an answer that succeeded as a whole; such an item was not applied.</summary>
    internal static Failure OfItem(CrmError error)
    {
        var status = error.Category switch
        {
            "OBJECT_NOT_FOUND" => 404,
            "CONFLICT" => 409,
            "MISSING_SCOPES" or ErrorReader.NoPermission => 403,
            "RATE_LIMITS" or ErrorReader.Secondly or "TEN_SECONDLY_ROLLING" or "DAILY" => 429,
            "OBJECT_LOCKED" => 423,

            // Moments mend these; taken for a wrong value the item would be dead for good.
            "INTERNAL_ERROR" or "SERVICE_UNAVAILABLE" or "TIMEOUT" => 503,
            _ => 400,
        };
        var rule = Rules.First(rule => Fits(rule, status, error.Category));

        return new(rule.Kind, rule.Sentence, rule.Wait)
        {
            CorrelationId = error.CorrelationId,
            ExistingId = error.ExistingId,
            Field = error.Fields is [var field, ..] ? field.Field : null,
            MissingScopes = error.MissingScopes,
        };
    }

    private static bool Fits(ErrorRule rule, int status, string category) =>
        (rule.Statuses.Count == 0 || rule.Statuses.Contains(status)) && (rule.Category is null || rule.Category == category);
}
