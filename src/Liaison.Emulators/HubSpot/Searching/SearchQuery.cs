using System.Globalization;
using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;
using Liaison.Emulators.HubSpot.Rights;

namespace Liaison.Emulators.HubSpot.Searching;

/// <summary>A search as read from the body.</summary>
internal sealed record SearchQuery(
    SearchFilter[][] Groups, string[] Words, PropertyDefinition? SortBy, bool Descending, int Offset, int Limit)
{
    private const int LargestPage = 200;
    private const int Furthest = 10_000;
    private const int LongestText = 3_000;
    private const int MostGroups = 5;
    private const int MostFiltersInGroup = 6;
    private const int MostFilters = 18;

    /// <summary>Gets an id below which nothing can be found.</summary>
    public long LeastId => Groups.Select(group => group.Select(filter => filter.LeastId).DefaultIfEmpty().Max()).DefaultIfEmpty().Min();

    /// <summary>Reads and judges a body; the limits are the smallest of those that HubSpot has published (contract section 7).</summary>
    public static Reply? Read(Refusals refusals, Call call, ObjectType type, out SearchQuery query)
    {
        query = null!;
        var limit = call.Body.NumberOf("limit", 10);
        if (!int.TryParse(call.Text("after") is { Length: > 0 } after ? after : "0", NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
        {
            return refusals.Validation("The after of a search must be the one that its last answer gave.");
        }

        if (limit is < 0 or > LargestPage)
        {
            return refusals.Validation($"The limit of a search must be a number from 0 to {LargestPage}.");
        }

        if (offset + limit > Furthest)
        {
            return refusals.Validation($"Paging beyond {Furthest} results is not possible: after + limit is {offset + limit}.");
        }

        var text = call.Text("query") ?? "";
        if (text.Length > LongestText)
        {
            return refusals.Validation($"The query must have no more than {LongestText} characters.");
        }

        var sorts = call.Items("sorts").ToList();
        if (sorts.Count > 1)
        {
            return refusals.Validation("A search can sort by one property only.");
        }

        PropertyDefinition? sortBy = null;
        var descending = false;
        if (sorts is [var sort] && ReadSort(refusals, call, type, sort, out sortBy, out descending) is { } wrongSort)
        {
            return wrongSort;
        }

        var groups = new List<SearchFilter[]>();
        if (ReadGroups(refusals, call, type, groups) is { } wrongFilter)
        {
            return wrongFilter;
        }

        query = new SearchQuery([.. groups], text.Split(' ', StringSplitOptions.RemoveEmptyEntries), sortBy, descending, offset, limit);
        return null;
    }

    private static Reply? ReadSort(Refusals refusals, Call call, ObjectType type, JsonElement sort, out PropertyDefinition? by, out bool descending)
    {
        var name = sort.AsText() ?? sort.TextOf("propertyName") ?? "";
        descending = name.StartsWith('-') || sort.TextOf("direction") == "DESCENDING";
        return Find(refusals, call, type, name.TrimStart('-'), out by);
    }

    private static Reply? ReadGroups(Refusals refusals, Call call, ObjectType type, List<SearchFilter[]> groups)
    {
        var given = call.Items("filterGroups").Select(group => group.ItemsOf("filters").ToList()).ToList();
        if (given.Count == 0 && call.Items("filters").ToList() is { Count: > 0 } bare)
        {
            given = [bare];
        }

        if (given.Count > MostGroups || given.Exists(group => group.Count > MostFiltersInGroup) || given.Sum(group => group.Count) > MostFilters)
        {
            return refusals.Validation($"A search takes up to {MostGroups} filter groups, {MostFiltersInGroup} filters in one and {MostFilters} in all.");
        }

        foreach (var group in given)
        {
            var filters = new List<SearchFilter>();
            foreach (var filter in group)
            {
                var operatorName = filter.TextOf("operator") ?? "";
                if (!SearchFilter.Operators.Contains(operatorName))
                {
                    return refusals.InvalidJson($"operator must be one of [{string.Join(", ", SearchFilter.Operators)}]");
                }

                if (Find(refusals, call, type, filter.TextOf("propertyName") ?? "", out var property) is { } unknown)
                {
                    return unknown;
                }

                if (Unfit(filter, operatorName) is { } missing)
                {
                    return refusals.Validation($"Operator {operatorName} on {property!.Name} needs {missing}.");
                }

                filters.Add(new SearchFilter(property!, operatorName, filter.TextOf("value"), filter.TextOf("highValue"), filter.TextsOf("values")));
            }

            groups.Add([.. filters]);
        }

        return null;
    }

    private static string? Unfit(JsonElement filter, string operatorName) => operatorName switch
    {
        "HAS_PROPERTY" or "NOT_HAS_PROPERTY" => null,
        "IN" or "NOT_IN" => filter.TextsOf("values").Count > 0 ? null : "values",
        "BETWEEN" => filter.TextOf("value") is not null && filter.TextOf("highValue") is not null ? null : "value and highValue",
        _ => filter.TextOf("value") is not null ? null : "a value",
    };

    /// <remarks>A property hidden from the user cannot be searched by: its values would show through.</remarks>
    private static Reply? Find(Refusals refusals, Call call, ObjectType type, string name, out PropertyDefinition? property) =>
        type.TryGetProperty(name, out property) && FieldRights.CanSee(call.User, type, property) && !property.IsSensitive
            ? null
            : refusals.Error(400, "There was a problem with the request.", "VALIDATION_ERROR", json =>
            {
                json.WriteStartArray("errors");
                json.WriteStartObject();
                json.WriteString("message", $"There is no property \"{name}\" on {type.Name} to search by.");
                json.WriteString("code", "PROPERTY_DOESNT_EXIST");
                Refusals.WriteContext(json, "propertyName", [name]);
                json.WriteEndObject();
                json.WriteEndArray();
            });
}
