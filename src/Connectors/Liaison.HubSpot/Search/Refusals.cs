using Liaison.Failures;

namespace Liaison.HubSpot.Search;

/// <summary>What the search cannot do, in the sentences that the asker sees.</summary>
internal static class Refusals
{
    internal static Failure TooComplex { get; } = new(
        FailureKind.Unsupported,
        $"The filter is too large for HubSpot's search ({FilterGroups.MostGroups} alternatives, {FilterGroups.MostInGroup} conditions in each, "
        + $"{FilterGroups.MostInAll} in all, of which paging takes one in each); split the query.");

    internal static Failure NoRoomForTies { get; } = new(
        FailureKind.Unsupported,
        "So many records share one time that HubSpot's search needs one condition more to tell them apart than the filter leaves room for; leave one out.");

    internal static Failure PastTheCap { get; } = new(
        FailureKind.Unsupported,
        "HubSpot gives at most 10,000 records in this order; order by creation or change time, or narrow the filter.");

    internal static Failure OrderNotKept { get; } = new(
        FailureKind.Drifted,
        "HubSpot did not order records by id as asked, so a record could be lost; narrow the filter to fewer records of one time.");

    internal static Failure NoTime { get; } = new(
        FailureKind.Drifted, "HubSpot gave a record without the time by which the query is ordered; order by another field.");

    internal static Failure BadCursor { get; } = new(
        FailureKind.Invalid, "The cursor is not one of this query; begin again without a cursor.");

    internal static Failure NotComparable(string field) => new(
        FailureKind.Invalid, "HubSpot cannot compare the field with such a value; use another comparison or value.") { Field = field };
}
