using System.Globalization;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Endpoints;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Searching;

/// <summary>Answers searches from an index that runs behind (contract section 7).</summary>
internal sealed class Searches(Refusals refusals, PageGaps gaps)
{
    public Reply Search(Call call)
    {
        if (!call.Account.TryGetType(call["type"], out var type))
        {
            return refusals.UnknownType(call["type"]);
        }

        if (SearchQuery.Read(refusals, call, type, out var query) is { } refused)
        {
            return refused;
        }

        var hits = Look(call, type, query);
        var taken = gaps.Take(Math.Clamp(hits.Count - query.Offset, 0, query.Limit));

        // What was archived since the index last looked has a place in the page and is not shown: pages come short or empty.
        var page = hits.Within.Take(taken).Where(hit => hit.Record.IsLive).Select(hit => hit.Record).ToList();
        var next = query.Offset + taken;
        var selection = Selection.Of(call, type, call.Body.TextsOf("properties"), []);
        return Reply.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("total", hits.Count);
            json.WriteStartArray("results");
            foreach (var record in page)
            {
                RecordJson.Write(json, call, type, record, selection);
            }

            json.WriteEndArray();
            if (next < hits.Count && query.Limit > 0)
            {
                var after = next.ToString(CultureInfo.InvariantCulture);
                Paging.Write(json, after, $"{call.Origin}{call.Request.Path.Value}?after={after}");
            }

            json.WriteEndObject();
        });
    }

    /// <summary>Finds all that a query asks for, as far as the caller sees it.</summary>
    public static List<IndexedRecord> Find(Call call, ObjectType type, SearchQuery query)
    {
        List<IndexedRecord> hits = [.. Matching(call, type, query)];
        return query.SortBy is null ? hits : Sort(hits, query.SortBy, query.Descending);
    }

    // Whoever reads a million records page by page sorts them by id, in which order they lie: then no list of them all is made.
    private static SearchHits Look(Call call, ObjectType type, SearchQuery query)
    {
        if (query.SortBy is { } by && (by.Name != IndexedRecord.Id || query.Descending))
        {
            var all = Find(call, type, query);
            return new SearchHits(all.Count, [.. all.Skip(query.Offset).Take(query.Limit)]);
        }

        var count = 0;
        var within = new List<IndexedRecord>(query.Limit);
        foreach (var hit in Matching(call, type, query))
        {
            if (count++ >= query.Offset && within.Count < query.Limit)
            {
                within.Add(hit);
            }
        }

        return new SearchHits(count, within);
    }

    /// <summary>Gives what a query asks for, by ascending id.</summary>
    private static IEnumerable<IndexedRecord> Matching(Call call, ObjectType type, SearchQuery query)
    {
        var words = query.Words.Select(word => word.TrimEnd('*')).Where(word => word.Length > 0).ToArray();
        var searchable = type.SearchableProperties.Select(name => type.TryGetProperty(name, out var property) ? property : null)
            .OfType<PropertyDefinition>().Where(property => Rights.FieldRights.CanSee(call.User, type, property)).ToArray();

        // Asked of every record of an account for every page: what is the same for all stands before, and nothing is made for one.
        var records = type.Records.All;
        var now = call.Now;
        for (var place = type.Records.PositionAfter(query.LeastId - 1); place < records.Count; place++)
        {
            if (Indexed(records[place], now) is { } indexed && RecordAccess.Sees(call, type, records[place])
                && InAnyGroup(query, indexed) && (words.Length == 0 || HasWords(indexed, searchable, words)))
            {
                yield return indexed;
            }
        }
    }

    /// <summary>Gives what the index holds of a record; <see langword="null"/> where it knows nothing of it.</summary>
    private static IndexedRecord? Indexed(CrmRecord record, DateTimeOffset now)
    {
        if (record.Stale is { } stale)
        {
            if (stale.Until > now)
            {
                return stale.Values is null || record.Gone ? null : new IndexedRecord(record, stale);
            }

            record.Stale = null;
        }

        return record.IsLive ? new IndexedRecord(record, null) : null;
    }

    private static bool InAnyGroup(SearchQuery query, IndexedRecord record)
    {
        foreach (var group in query.Groups)
        {
            var all = true;
            foreach (var filter in group)
            {
                if (!filter.Matches(record))
                {
                    all = false;
                    break;
                }
            }

            if (all)
            {
                return true;
            }
        }

        return query.Groups.Length == 0;
    }

    private static bool HasWords(IndexedRecord record, PropertyDefinition[] searchable, string[] words) =>
        Array.TrueForAll(words, word => Array.Exists(searchable, property => record.Value(property)?.Contains(word, StringComparison.OrdinalIgnoreCase) == true));

    private static List<IndexedRecord> Sort(List<IndexedRecord> hits, PropertyDefinition by, bool descending)
    {
        // Stable, so that equal ones keep the order of their ids; those without the value come last.
        if (by.Type is "number" or "date" or "datetime")
        {
            return [.. descending ? hits.OrderByDescending(hit => hit.Number(by) ?? double.NegativeInfinity) : hits.OrderBy(hit => hit.Number(by) ?? double.PositiveInfinity)];
        }

        var known = hits.Where(hit => !string.IsNullOrEmpty(hit.Value(by)));
        return
        [
            .. descending ? known.OrderByDescending(hit => hit.Value(by), StringComparer.OrdinalIgnoreCase) : known.OrderBy(hit => hit.Value(by), StringComparer.OrdinalIgnoreCase),
            .. hits.Where(hit => string.IsNullOrEmpty(hit.Value(by))),
        ];
    }
}

/// <summary>What a search finds.</summary>
/// <param name="Count">How many hits there are in all.</param>
/// <param name="Within">Those of the page that was asked for.</param>
internal sealed record SearchHits(int Count, List<IndexedRecord> Within);

/// <summary>Makes pages of search come short or empty although more follows, when a fault asks for it.</summary>
internal sealed class PageGaps
{
    private int _short;
    private int _empty;

    public void Add(int shortPages, int emptyPages)
    {
        Interlocked.Add(ref _short, shortPages);
        Interlocked.Add(ref _empty, emptyPages);
    }

    public void Clear() => (_short, _empty) = (0, 0);

    /// <summary>Says how many of the available results this page holds.</summary>
    public int Take(int available)
    {
        if (available > 1 && _empty > 0)
        {
            _empty--;
            return 0;
        }

        if (available > 1 && _short > 0)
        {
            _short--;
            return available / 2;
        }

        return available;
    }
}
