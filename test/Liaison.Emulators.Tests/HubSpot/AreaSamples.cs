using System.Text.RegularExpressions;

namespace Liaison.Emulators.Tests.HubSpot;

/// <summary>Requests of the areas beside records and their definitions, each with what it needs made before it.</summary>
internal static partial class AreaSamples
{
    public static async Task<PublishedSample?> FindAsync(Portal portal, PublishedOperation operation)
    {
        var area = operation.Path.Split('/')[1..3];
        return area switch
        {
            ["crm", "lists"] => await ListAsync(portal, operation),
            ["crm", "limits"] => await LimitAsync(portal, operation),
            ["settings", "teams"] => await TeamAsync(portal, operation),
            ["webhooks-journal", _] => await JournalSamples.MakeAsync(portal, operation),
            ["crm", "imports"] => await TransferSamples.ImportAsync(portal, operation),
            ["crm", "exports"] => await TransferSamples.ExportAsync(portal, operation),
            ["oauth", _] => await OAuthSamples.MakeAsync(portal, operation),
            _ => null,
        };
    }

    private static async Task<PublishedSample> ListAsync(Portal portal, PublishedOperation operation)
    {
        var ids = await portal.Ids();
        var dynamic = operation.Path.Contains("filters", StringComparison.Ordinal) || operation.Path.Contains("conversion", StringComparison.Ordinal);
        var list = await MakeListAsync(portal, "Sample", dynamic);
        var source = await MakeListAsync(portal, "Source", dynamic: false);
        await portal.Put($"/crm/lists/2026-03/{source}/memberships/add", ids);
        var folder = await MakeFolderAsync(portal, "Sample");
        var values = new Dictionary<string, string>
        {
            ["listId"] = operation.Method == "GET" && !dynamic ? source : list, ["sourceListId"] = source, ["folderId"] = folder,
            ["newParentFolderId"] = await MakeFolderAsync(portal, "Parent"), ["objectTypeId"] = "0-1", ["listName"] = "Source", ["recordId"] = ids[0],
        };
        if (operation.Path.EndsWith("/restore", StringComparison.Ordinal))
        {
            await portal.Delete($"/crm/lists/2026-03/{list}");
        }

        if (operation.Path.EndsWith("/schedule-conversion", StringComparison.Ordinal))
        {
            await portal.Put($"/crm/lists/2026-03/{list}/schedule-conversion", Conversion());
        }

        var query = operation.Path.Split('/')[^1] switch
        {
            "rename" => "?newFolderName=Renamed",
            "update-list-name" => "?listName=Renamed",
            "idmapping" when operation.Method == "GET" => $"?legacyListId={(await portal.Post("/crm/lists/2026-03/idmapping", A.List("1"))).Json["legacyListIdsToIdsMapping"]![0]!["legacyListId"]}",
            "2026-03" when operation.Method == "GET" => $"?listIds={list}&includeFilters=true",
            _ => "",
        };
        return new(operation.Method, Fill(operation.Path, values) + query, operation.Body switch
        {
            null => null,
            "array<string>" => operation.Path.EndsWith("idmapping", StringComparison.Ordinal) ? A.List("1", "999") : A.List(ids[0], "999"),
            "#ListCreateRequest" => new { name = "Made", objectTypeId = "0-1", processingType = "DYNAMIC", filterBranch = Filters("city", "Berlin") },
            "#ListFolderCreateRequest" => new { name = "Made", parentFolderId = "0" },
            "#ListMoveRequest" => new { listId = list, newFolderId = folder },
            "#BatchInputRecordIdInput" => A.Batch(new { objectTypeId = "0-1", recordId = ids[0] }),
            "#ListSearchRequest" => new { listIds = A.List<string>(), offset = 0, processingTypes = A.List("MANUAL", "DYNAMIC"), additionalProperties = A.List("hs_list_size") },
            "#MembershipChangeRequest" => new { recordIdsToAdd = A.List(ids[0]), recordIdsToRemove = A.List(ids[1]) },
            "#PublicListConversionTime" => Conversion(),
            "#ListFilterUpdateRequest" => new { filterBranch = Filters("city", "Oslo") },
            _ => new { },
        });
    }

    private static async Task<PublishedSample> LimitAsync(Portal portal, PublishedOperation operation)
    {
        await portal.Post("/crm/associations/2026-03/contacts/companies/labels", new { label = "Sample", name = "sample" });
        await portal.Post("/crm/associations/2026-03/definitions/configurations/contacts/companies/batch/create", A.Batch(new { category = "HUBSPOT_DEFINED", typeId = 279, maxToObjectIds = 1 }));
        var values = new Dictionary<string, string> { ["fromObjectTypeId"] = "0-1", ["toObjectTypeId"] = "0-2" };
        return new(operation.Method, Fill(operation.Path, values), null);
    }

    private static async Task<PublishedSample> TeamAsync(Portal portal, PublishedOperation operation)
    {
        var user = (string)(await portal.Get("/settings/users/2026-03?limit=1")).Results[0]!["id"]!;
        var member = new { userId = user, type = "DEFAULT" };
        var team = (string)(await portal.Post("/settings/teams/2026-09-beta", new { name = "Sample", members = A.List(member) })).Json["id"]!;
        var values = new Dictionary<string, string> { ["teamId"] = team, ["userId"] = user };
        return new(operation.Method, Fill(operation.Path, values), operation.Body switch
        {
            null => null,
            "#TeamCreateRequest" => new { name = "Made", parentTeamId = team, members = A.List(member) },
            "#BatchInputTeamMemberAssignment" => A.Batch(member),
            "#TeamMemberAssignment" => member,
            _ => new { name = "Renamed", parentTeamId = (string?)null },
        });
    }

    /// <summary>The filters of a list of those whose property holds a value.</summary>
    public static object Filters(string property, string value) => Filters(
        new { filterType = "PROPERTY", property, operation = new { operationType = "MULTISTRING", @operator = "IS_EQUAL_TO", values = A.List(value), includeObjectsWithNoValueSet = false } });

    /// <summary>The filters of a list of those who pass all of some filters.</summary>
    public static object Filters(params object[] filters) => new
    {
        filterBranchType = "OR", filterBranchOperator = "OR", filters = A.List<object>(),
        filterBranches = A.List(new { filterBranchType = "AND", filterBranchOperator = "AND", filterBranches = A.List<object>(), filters }),
    };

    private static object Conversion() => new { conversionType = "INACTIVITY", offset = 3, timeUnit = "WEEK" };

    private static async Task<string> MakeListAsync(Portal portal, string name, bool dynamic) => (string)(await portal.Post(
        "/crm/lists/2026-03",
        dynamic
            ? new { name, objectTypeId = "0-1", processingType = "DYNAMIC", filterBranch = Filters("city", "Berlin") }
            : new { name, objectTypeId = "0-1", processingType = "MANUAL" })).Json["list"]!["listId"]!;

    private static async Task<string> MakeFolderAsync(Portal portal, string name) =>
        (string)(await portal.Post("/crm/lists/2026-03/folders", new { name })).Json["folder"]!["id"]!;

    /// <summary>Puts values into the places of a path.</summary>
    public static string Fill(string path, Dictionary<string, string> values) => Parameters().Replace(path, match => values[match.Groups[1].Value]);

    [GeneratedRegex(@"\{(\w+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Parameters();
}
