using Liaison.Failures;
using Liaison.Work;

namespace Liaison.Pipelines;

/// <summary>Which end a failure gives an item, and whether it concerns the whole run.</summary>
internal static class ItemEnd
{
    /// <summary>Gives the end of an item that met the failure.</summary>
    public static ItemState Of(FailureKind kind) => kind == FailureKind.NotFound ? ItemState.Gone : kind.Remedy switch
    {
        // These are mended outside, and then the item goes on; nothing about the item is wrong.
        Remedy.NextAllowance or Remedy.Looking or Remedy.Person => ItemState.Parked,

        // What moments mend has had its moments already, a retry at a time.
        Remedy.AnotherRequest or Remedy.Moments => ItemState.Dead,
    };

    /// <summary>Tells whether the next item would meet the same, so that the run stops rather than hammer on.</summary>
    public static bool StopsRun(FailureKind kind) => kind.Remedy is Remedy.NextAllowance or Remedy.Person;
}
