using System.Diagnostics;
using System.Globalization;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.HubSpot.Declaration;
using Liaison.HubSpot.Wire;
using Liaison.Model;

namespace Liaison.HubSpot.Search;

/// <summary>Turns one answer of the search into a page and the cursor behind it.</summary>
/// <remarks>
/// HubSpot's own offset ends at 10,000 records and skips some when records leave the result in the meantime, as they do when
/// a run writes the field that it selects by. So a query goes on from the last creation time it saw, inclusive, and leaves
/// out the records that it gave at that time; where more records share one millisecond than fit, it goes on among them by id.
/// The end is an answer that names no next page: short and empty pages are none (contracts/hubspot.md 7).
/// </remarks>
internal sealed class SearchPager(RecordType type, SearchPlan plan)
{
    /// <summary>How far HubSpot's own offset goes.</summary>
    internal const int Cap = 10_000;

    // Every seen record is read again on the next page; from here on it is cheaper to go by id.
    private const int MostSeen = 100;

    internal static int OffsetOf(SearchCursor cursor) =>
        int.TryParse(cursor.After, NumberStyles.None, CultureInfo.InvariantCulture, out var offset) ? offset : 0;

    /// <summary>Makes the page of an answer to <see cref="SearchPlan.RequestAt"/> of the same cursor.</summary>
    internal Result<RecordPage> Page(SearchCursor cursor, ObjectsAnswer answer)
    {
        var unseen = answer.Results.Where(found => !cursor.Seen.Contains(found.Id)).ToList();
        // Seen records are asked for on top; where they have left the result, more new ones came than the page may hold.
        var fresh = unseen.Take(plan.PageSize).ToList();
        var more = answer.After is not null || fresh.Count < unseen.Count;

        return Next(cursor, answer, fresh, more).Then<RecordPage>(following => new RecordPage(
            [.. fresh.Select(found => found.ToRecord(type, plan.Wanted))],
            following.At?.Encode(),
            // Later searches count the rest only.
            cursor == plan.Beginning ? answer.Total : null));
    }

    private Result<Following> Next(SearchCursor cursor, ObjectsAnswer answer, List<HubSpotObject> fresh, bool more) => cursor.Step switch
    {
        SearchStep.Offset => new Following(answer.After is null ? null : cursor with { After = answer.After }),
        SearchStep.Forward => AfterForward(cursor, answer, fresh, more),
        SearchStep.Tie => AfterTie(cursor, answer, fresh),
        _ => throw new UnreachableException(),
    };

    private Result<Following> AfterForward(SearchCursor cursor, ObjectsAnswer answer, List<HubSpotObject> fresh, bool more)
    {
        if (!more)
        {
            return Following.End;
        }

        if (fresh.Count == 0)
        {
            return new Following(cursor with { After = answer.After });
        }

        if (plan.TimeOf(fresh[^1]) is not { } key)
        {
            return Refusals.NoTime;
        }

        // At or past the key: the index may be a little out of order, and what was given must not be given again.
        var seen = fresh.Where(found => plan.TimeOf(found) is { } time && !IsBefore(time, key)).Select(found => found.Id);
        IReadOnlyList<string> known = key == cursor.Key ? [.. cursor.Seen, .. seen] : [.. seen];
        if (known.Count <= MostSeen)
        {
            return new Following(new SearchCursor(SearchStep.Forward, key, null, known, null));
        }

        var step = plan.HasRoomForTies ? SearchStep.Tie : SearchStep.Forward;

        return step == SearchStep.Forward && known.Count >= HubSpotLimits.SearchPage
            ? Refusals.NoRoomForTies
            : new Following(new SearchCursor(step, key, null, known, null));
    }

    private Result<Following> AfterTie(SearchCursor cursor, ObjectsAnswer answer, List<HubSpotObject> fresh)
    {
        if (answer.After is null)
        {
            // Times are whole milliseconds, so the next one is the first that is not of the tie.
            var beyond = cursor.Key + (plan.Descending ? -1 : 1);
            return new Following(new SearchCursor(SearchStep.Forward, beyond, null, [], null));
        }

        if (answer.Results is not [.., var last])
        {
            return new Following(cursor with { After = answer.After });
        }

        // An index that ordered ids as text would lose records here without a sign (contracts/hubspot.md 7): it is told instead.
        var ids = answer.Results.Select(found => IdOf(found.Id)).Prepend(IdOf(cursor.LastId ?? "0")).ToList();
        if (ids.Zip(ids.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            return Refusals.OrderNotKept;
        }

        var ahead = cursor.Seen.Where(id => IdOf(id) > ids[^1]);
        return new Following(cursor with { LastId = last.Id, Seen = [.. ahead], After = null });
    }

    private bool IsBefore(long time, long key) => plan.Descending ? time > key : time < key;

    private static UInt128 IdOf(string id) =>
        UInt128.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : UInt128.MaxValue;

    private sealed record Following(SearchCursor? At)
    {
        internal static Following End { get; } = new((SearchCursor?)null);
    }
}
