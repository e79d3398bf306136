using Liaison.Connectors;
using Liaison.Failures;
using Liaison.HubSpot.Declaration;
using Liaison.HubSpot.Wire;
using Liaison.Model;

namespace Liaison.HubSpot.Search;

/// <summary>Counts and queries records through HubSpot's search.</summary>
internal sealed class SearchReader(HubSpotApi api)
{
    internal async Task<Result<long>> CountAsync(RecordQuery query, CancellationToken cancellationToken)
    {
        if (!new FilterCompiler(NativeNames(query)).Compile(query.Filter, reserved: 0).TryGet(out var groups, out var refused))
        {
            return refused;
        }

        if (groups.Groups.Count == 0)
        {
            return 0L;
        }

        var request = new SearchRequest(groups.With(), null, Descending: false, [], Limit: 1, null);
        var answer = await SendAsync(query.Type, "count", request, [], cancellationToken);
        return answer.Then<long>(found => found.Total is { } total
            ? total
            : new Failure(FailureKind.Unavailable, "HubSpot's answer has no count; try again."));
    }

    internal async Task<Result<RecordPage>> QueryAsync(RecordQuery query, string? cursor, CancellationToken cancellationToken)
    {
        if (!Plan(query).TryGet(out var plan, out var refused))
        {
            return refused;
        }

        if (plan.Groups.Groups.Count == 0)
        {
            return new RecordPage([], null, 0);
        }

        var position = cursor is null ? plan.Beginning : SearchCursor.Decode(cursor);
        if (position is null || (position.Step == SearchStep.Offset) != (plan.TimeField is null))
        {
            return Refusals.BadCursor;
        }

        if (position.Step == SearchStep.Offset && SearchPager.OffsetOf(position) >= SearchPager.Cap)
        {
            return Refusals.PastTheCap;
        }

        var answer = await SendAsync(query.Type, "search", plan.RequestAt(position), plan.Properties, cancellationToken);
        return answer.Then(found => new SearchPager(query.Type, plan).Page(position, found));
    }

    private Task<Result<ObjectsAnswer>> SendAsync(
        RecordType type, string verb, SearchRequest request, IReadOnlyList<string> properties, CancellationToken cancellationToken)
    {
        var native = HubSpotRecordTypes.Of(type).NativeName;
        var call = new CrmCall(CrmOperation.Query, $"{native}.{verb}", HttpMethod.Post, api.Paths.Search(native))
        {
            Body = request.ToBody(),
            RecordCount = request.Limit,
        };

        return api.PostAsync(call, properties, cancellationToken);
    }

    private static Result<SearchPlan> Plan(RecordQuery query)
    {
        var native = NativeNames(query);
        var names = HubSpotRecordTypes.Of(query.Type).FieldNames;
        var created = names.GetValueOrDefault(FieldNames.Created, "hs_createdate");
        var updated = names.GetValueOrDefault(FieldNames.Updated, "hs_lastmodifieddate");
        var sort = query.Sort is { } order ? native(order.Field) : created;
        // Every record has these two times, so they can carry the paging; of any other field a record may have no value.
        var carries = sort == created || sort == updated;

        return new FilterCompiler(native).Compile(query.Filter, reserved: carries ? 1 : 0).Then<SearchPlan>(groups => new SearchPlan(
            groups,
            carries ? sort : null,
            sort == created,
            sort,
            query.Sort?.Descending ?? false,
            [.. query.Fields.Select(field => field.NativeName).Distinct(StringComparer.Ordinal)],
            Math.Clamp(query.PageSize ?? HubSpotLimits.SearchPage, 1, HubSpotLimits.SearchPage)));
    }

    // A definition of the query knows best; a filter may also name a field that the query does not ask for.
    private static Func<string, string> NativeNames(RecordQuery query)
    {
        var type = HubSpotRecordTypes.Of(query.Type);

        return name => query.Fields.FirstOrDefault(field => field.Name == name)?.NativeName ?? HubSpotRecordTypes.NativeNameOf(type, name);
    }
}
