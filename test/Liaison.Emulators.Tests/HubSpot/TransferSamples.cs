namespace Liaison.Emulators.Tests.HubSpot;

/// <summary>Requests of imports and exports.</summary>
internal static class TransferSamples
{
    public static async Task<PublishedSample> ImportAsync(Portal portal, PublishedOperation operation)
    {
        var id = (string)(await portal.Send(HttpMethod.Post, "/crm/imports/2026-03", Import("Email,City\nnew@sample.example,Oslo\nbad address,Rom\n"), Portal.Account)).Json["id"]!;
        if (operation.Path.EndsWith("/errors", StringComparison.Ordinal))
        {
            await portal.Post("/_emulator/clock", new { seconds = 5 }, null);
        }

        var path = AreaSamples.Fill(operation.Path, new Dictionary<string, string> { ["importId"] = id });
        return new(operation.Method, path, operation.Method == "POST" && operation.Path.EndsWith("2026-03", StringComparison.Ordinal) ? Import("Email,City\nother@sample.example,Oslo\n") : null);
    }

    public static async Task<PublishedSample> ExportAsync(Portal portal, PublishedOperation operation)
    {
        var id = (string)(await portal.Post("/crm/exports/2026-03/export/async", Export())).Json["id"]!;
        await portal.Post("/_emulator/clock", new { seconds = 5 }, null);
        var path = AreaSamples.Fill(operation.Path, new Dictionary<string, string> { ["taskId"] = id, ["exportId"] = id });
        return new(operation.Method, path, operation.Method == "POST" ? Export() : null);
    }

    /// <summary>The form of an import of contacts by their address.</summary>
    public static MultipartFormDataContent Import(string csv, string operation = "UPSERT", bool list = false) => Import(
        csv,
        new { columnObjectTypeId = "0-1", columnName = "Email", propertyName = "email", columnType = "HUBSPOT_ALTERNATE_ID" },
        new { columnObjectTypeId = "0-1", columnName = "City", propertyName = "city" },
        operation,
        list);

    public static MultipartFormDataContent Import(string csv, object first, object second, string operation = "UPSERT", bool list = false)
    {
        var request = new
        {
            name = "Sample", importOperations = new Dictionary<string, string> { ["0-1"] = operation }, dateFormat = "DAY_MONTH_YEAR", createContactListFromImport = list,
            files = A.List(new { fileName = "sample.csv", fileFormat = "CSV", fileImportPage = new { hasHeader = true, columnMappings = A.List(first, second) } }),
        };
        return new MultipartFormDataContent
        {
            { new StringContent(System.Text.Json.JsonSerializer.Serialize(request)), "importRequest" },
            { new StringContent(csv), "files", "sample.csv" },
        };
    }

    /// <summary>An export of contacts in Berlin with their companies.</summary>
    public static object Export(string[]? internals = null, string city = "Berlin") => new
    {
        exportType = "VIEW", exportName = "Sample", format = "CSV", language = "EN", objectType = "CONTACT", objectProperties = A.List("email", "hs_lead_status"),
        associatedObjectType = A.List("COMPANY"), exportInternalValuesOptions = internals ?? [], includeLabeledAssociations = false,
        includePrimaryDisplayPropertyForAssociatedObjects = true, overrideAssociatedObjectsPerDefinitionPerRowLimit = false,
        publicCrmSearchRequest = new { filters = A.List(new { propertyName = "city", @operator = "EQ", value = city }), sorts = A.List<string>(), filterGroups = A.List<object>() },
    };
}
