using Liaison.Failures;
using Liaison.Work;

namespace Liaison.Pipelines;

/// <summary>Which end a failure gives an item, and whether it concerns the whole run.</summary>
internal static class ItemEnd
{
    /// <summary>Gives the end of an item that met the failure.</summary>
    public static ItemState Of(FailureKind kind) => kind switch
    {
        FailureKind.NotFound => ItemState.Gone,

        // These mend themselves or are mended outside, and then the item goes on; nothing about the item is wrong.
        FailureKind.QuotaExhausted or FailureKind.Unauthenticated or FailureKind.Forbidden
            or FailureKind.Drifted or FailureKind.Denied or FailureKind.Ambiguous or FailureKind.Unsupported
            or FailureKind.NeedsApproval => ItemState.Parked,

        FailureKind.Invalid or FailureKind.Conflict or FailureKind.Duplicate
            or FailureKind.RateLimited or FailureKind.Unavailable => ItemState.Dead,
    };

    /// <summary>Tells whether the next item would meet the same, so that the run stops rather than hammer on.</summary>
    public static bool StopsRun(FailureKind kind) => Of(kind) == ItemState.Parked && kind != FailureKind.Ambiguous;
}
