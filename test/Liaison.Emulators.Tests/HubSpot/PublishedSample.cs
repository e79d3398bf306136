using System.Text.RegularExpressions;

namespace Liaison.Emulators.Tests.HubSpot;

/// <summary>One request: the published path with ids that exist, and a body that makes sense for it.</summary>
internal sealed partial record PublishedSample(string Method, string Path, object? Body)
{
    /// <summary>Gets what the request authenticates with.</summary>
    public string Token { get; init; } = Portal.Account;

    private static readonly Dictionary<string, string> Types = new()
    {
        ["calls"] = "calls", ["companies"] = "companies", ["contacts"] = "contacts", ["deals"] = "deals", ["emails"] = "emails", ["leads"] = "leads",
        ["meetings"] = "meetings", ["notes"] = "notes", ["tasks"] = "tasks", ["tickets"] = "tickets", ["users"] = "users",
    };

    private const string Unique = "subscription_number";

    public static async Task<PublishedSample> MakeAsync(Portal portal, string file, PublishedOperation operation)
    {
        if (await AreaSamples.FindAsync(portal, operation) is { } own)
        {
            return own;
        }

        var path = operation.Path;
        var type = TypeOf(file, path);
        var ids = await IdsAsync(portal, type);
        var companies = await portal.Ids("companies");
        var values = await PrepareAsync(portal, type, ids, companies, path);
        var concrete = Parameters().Replace(path, match => values[match.Groups[1].Value]);
        return new(operation.Method, concrete, BodyOf(operation, type, ids, companies, values));
    }

    // Definitions are asked about deals, which have pipelines; records of any type about the customer's own, which has a unique property.
    private static string TypeOf(string file, string path) =>
        Types.Values.FirstOrDefault(name => path.Contains($"/{name}", StringComparison.Ordinal) && file.StartsWith($"crm-{name}.", StringComparison.Ordinal))
        ?? (path.StartsWith("/crm/", StringComparison.Ordinal) && path.Contains("/associations/", StringComparison.Ordinal) ? "contacts" : null)
        ?? (file.StartsWith("crm-deals", StringComparison.Ordinal) ? "deals" : null)
        ?? (path.EndsWith("/merge", StringComparison.Ordinal) ? "contacts" : null)
        ?? (file.StartsWith("crm-pipelines", StringComparison.Ordinal) ? "deals"
            : file.StartsWith("crm-schemas", StringComparison.Ordinal) || file.Contains("objects", StringComparison.Ordinal) ? "2-4100200"
            : "contacts");

    private static async Task<string[]> IdsAsync(Portal portal, string type)
    {
        for (var made = 0; made < 3; made++)
        {
            await portal.Post($"/crm/objects/2026-03/{type}", new { properties = New(type, made) });
        }

        var found = await portal.Ids(type, 100);
        return [.. found.Reverse()];
    }

    private static Dictionary<string, string> New(string type, int number) => type switch
    {
        "contacts" => new() { ["email"] = $"sample{number}@sample.example" },
        "companies" => new() { ["name"] = $"Sample {number}" },
        "deals" => new() { ["dealname"] = $"Sample {number}", ["pipeline"] = "default", ["dealstage"] = "appointmentscheduled" },
        "tickets" => new() { ["subject"] = $"Sample {number}", ["hs_pipeline"] = "0", ["hs_pipeline_stage"] = "1" },
        "leads" => new() { ["hs_lead_name"] = $"Sample {number}" },
        "2-4100200" => new() { ["subscription_name"] = $"Sample {number}", [Unique] = $"SAMPLE-{number}" },
        "users" => new() { ["hs_job_title"] = $"Sample {number}" },
        _ => new() { ["hs_timestamp"] = "2026-05-01T08:00:00Z" },
    };

    private static async Task<Dictionary<string, string>> PrepareAsync(Portal portal, string type, string[] ids, string[] companies, string path)
    {
        var label = await portal.Post("/crm/associations/2026-03/contacts/companies/labels", new { label = "Sample", name = "sample" });
        var values = new Dictionary<string, string>
        {
            ["objectType"] = type, ["fromObjectType"] = "contacts", ["toObjectType"] = "companies", ["objectTypeId"] = type == "contacts" ? "0-1" : type,
            ["fromObjectId"] = type == "contacts" ? ids[0] : (await portal.Ids())[0], ["toObjectId"] = companies[0], ["objectId"] = ids[0],
            ["associationTypeId"] = (string)label.Results[0]!["typeId"]!.ToJsonString(), ["pipelineId"] = "default", ["stageId"] = "appointmentscheduled",
            ["ruleType"] = "MAX_LENGTH", ["exchangeRateId"] = "USD-EUR", ["appId"] = "1001", ["subscriptionId"] = "1", ["token"] = "none",
            ["ownerId"] = (string)(await portal.Get("/crm/owners/2026-09?limit=1")).Results[0]!["id"]!,
            ["userId"] = (string)(await portal.Get("/settings/users/2026-03?limit=1")).Results[0]!["id"]!,
        };
        if (type == "users")
        {
            values["userId"] = ids[0];
        }

        foreach (var own in A.List("contactId", "companyId", "dealId", "noteId", "taskId", "ticketId", "callId", "emailId", "leadsId", "meetingId"))
        {
            values[own] = ids[0];
        }

        await portal.Post($"/crm/properties/2026-03/{type}/groups", new { name = "sample_group", label = "Sample" });
        await portal.Post($"/crm/properties/2026-03/{type}", new { name = "sample_text", label = "Sample", type = "string", fieldType = "text", groupName = "sample_group" });
        await portal.Post(
            $"/crm/properties/2026-03/{type}",
            new { name = "sample_key", label = "Sample", type = "string", fieldType = "text", groupName = "sample_group", hasUniqueValue = true });
        await portal.Post("/crm/properties/2026-03/contacts/groups", new { name = "empty_group", label = "Sample" });
        values["propertyName"] = "sample_text";
        values["groupName"] = path.EndsWith("{groupName}", StringComparison.Ordinal) ? "empty_group" : "sample_group";
        await portal.Put($"/crm/property-validations/2026-03/{type}/sample_text/rule-type/MAX_LENGTH", new { ruleArguments = A.List("100") });
        values["associationIdentifier"] = type == "2-4100200"
            ? (string)(await portal.Post("/crm-object-schemas/2026-03/schemas/2-4100200/associations", new { fromObjectTypeId = "2-4100200", toObjectTypeId = "0-3", name = "sample" })).Json["id"]!
            : "none";
        if (path.Contains("{appId}", StringComparison.Ordinal))
        {
            await portal.Put("/webhooks/v3/1001/settings", new { targetUrl = "http://127.0.0.1:9/hook", throttling = new { maxConcurrentRequests = 1 } });
            values["subscriptionId"] = (string)(await portal.Post("/webhooks/v3/1001/subscriptions", new { eventType = "contact.creation", active = false })).Json["id"]!;
        }

        if (path.Contains("/stages", StringComparison.Ordinal) || path.Contains("{pipelineId}", StringComparison.Ordinal))
        {
            // One that no record moves through, so that it can be taken away.
            var made = await portal.Post("/crm/pipelines/2026-03/deals", new { label = "Sample", displayOrder = 9, stages = A.List(Stage("One"), Stage("Two")) });
            values["pipelineId"] = (string)made.Json["id"]!;
            values["stageId"] = (string)made.Json["stages"]![0]!["id"]!;
        }

        if (path.Contains("{objectType}", StringComparison.Ordinal) && path.EndsWith("schemas/{objectType}", StringComparison.Ordinal))
        {
            values["objectType"] = (string)(await portal.Post("/crm-object-schemas/2026-03/schemas", Schema("asset"))).Json["objectTypeId"]!;
        }

        return values;
    }

    private static object? BodyOf(PublishedOperation operation, string type, string[] ids, string[] companies, Dictionary<string, string> values)
    {
        var contact = values["fromObjectId"];
        var link = new { from = new { id = contact }, to = new { id = companies[0] }, types = A.List(Kind(279)) };
        return operation.Body switch
        {
            null => null,
            "array<#AssociationSpec>" => A.List(Kind(279)),
            "#SimplePublicObjectInputForCreate" => new { properties = New(type, 7), associations = A.List<object>() },
            "#SimplePublicObjectInput" => new { properties = Change(type) },
            "#BatchInputSimplePublicObjectId" => A.Batch(new { id = ids[0] }, new { id = ids[1] }),
            "#BatchReadInputSimplePublicObjectId" => new { inputs = A.List(new { id = ids[0] }, new { id = ids[1] }), properties = A.List("hs_object_id"), propertiesWithHistory = A.List<string>() },
            "#BatchInputSimplePublicObjectBatchInputForCreate" => A.Batch(new { properties = New(type, 7), associations = A.List<object>() }, new { properties = New(type, 8), associations = A.List<object>() }),
            "#BatchInputSimplePublicObjectBatchInput" => A.Batch(new { id = ids[0], properties = Change(type) }, new { id = ids[1], properties = Change(type) }),
            "#BatchInputSimplePublicObjectBatchInputUpsert" => A.Batch(Upsert(type, 7)),
            "#PublicObjectSearchRequest" => new { limit = 2, after = "0", filterGroups = A.List<object>(), properties = A.List("hs_object_id"), sorts = A.List<string>() },
            "#PublicMergeInput" => new { primaryObjectId = ids[0], objectIdToMerge = ids[1] },
            "#PublicGdprDeleteInput" => new { objectId = ids[0] },
            "#BatchInputPublicAssociationMultiArchive" => A.Batch(new { from = new { id = contact }, to = A.List(new { id = companies[0] }) }),
            "#BatchInputPublicFetchAssociationsBatchRequest" => A.Batch(new { id = contact }),
            "#BatchInputPublicDefaultAssociationMultiPost" or "#BatchInputPublicAssociationMultiPost" => A.Batch(link),
            "#PublicAssociationDefinitionCreateRequest" => new { label = "Other", name = "other" },
            "#PublicAssociationDefinitionUpdateRequest" => new { associationTypeId = int.Parse(values["associationTypeId"], System.Globalization.CultureInfo.InvariantCulture), label = "Renamed" },
            "#BatchInputPublicAssociationDefinitionConfigurationCreateRequest" or "#BatchInputPublicAssociationDefinitionConfigurationUpdateRequest" =>
                A.Batch(new { category = "HUBSPOT_DEFINED", typeId = 279, maxToObjectIds = 5 }),
            "#BatchInputPublicAssociationSpec" => A.Batch(new { category = "HUBSPOT_DEFINED", typeId = 279 }),
            "#PipelineInput" or "#PipelineReplaceInput" => new { label = "Made", displayOrder = 3, stages = A.List(Stage("One")) },
            "#PipelinePatchInput" => new { label = "Renamed" },
            "#PipelineStageInput" or "#PipelineStageReplaceInput" or "#PipelineStagePatchInput" => Stage("Made"),
            "#PropertyCreate" => Property("made_text"),
            "#BatchInputPropertyCreate" => A.Batch(Property("made_text"), Property("made_other")),
            "#BatchInputPropertyName" => A.Batch(new { name = "sample_text" }),
            "#BatchReadInputPropertyName" => new { archived = false, dataSensitivity = "non_sensitive", inputs = A.List(new { name = "sample_text" }) },
            "#PropertyGroupCreate" => new { name = "made_group", label = "Made" },
            "#PropertyGroupUpdate" or "#PropertyUpdate" => new { label = "Renamed" },
            "#PublicPropertyValidationRuleUpdate" => new { ruleArguments = A.List("50") },
            "#ObjectSchemaEgg" => Schema("machine"),
            "#ObjectSchemaBatchReadRequest" => new { includeAssociationDefinitions = true, includeAuditMetadata = false, includePropertyDefinitions = true, inputs = A.List("2-4100200") },
            "#ObjectTypeDefinitionPatch" => new { clearDescription = false, description = "Changed" },
            "#AssociationDefinitionEgg" => new { fromObjectTypeId = "2-4100200", toObjectTypeId = "0-5", name = "other" },
            "#CurrencyCreateRequest" or "#CompanyCurrencyUpdateRequest" => new { currencyCode = "CAD" },
            "#ExchangeRateCreateRequest" => Rate("CAD"),
            "#BatchInputExchangeRateCreateRequest" => A.Batch(Rate("CAD"), Rate("AUD")),
            "#BatchInputPublicObjectId" => A.Batch(new { id = "USD-EUR" }),
            "#BatchInputExchangeRateUpdateRequest" => A.Batch(new { id = "USD-EUR", conversionRate = 0.9 }),
            "#CurrencyPairUpdate" => new { fromCurrencyCode = "USD", toCurrencyCode = "EUR", visibleInUI = false },
            "#ExchangeRateMultiplier" => new { conversionRate = 0.9 },
            "#UserProvisionRequest" or "#UserProvisionRequestMarch2026" => new { email = "sample@sample.example", sendWelcomeEmail = false },
            "#PublicUserUpdate" or "#PublicUserUpdateMarch2026" => new { firstName = "Sample" },
            "#SettingsChangeRequest" => new { targetUrl = "http://127.0.0.1:9/hook", throttling = new { maxConcurrentRequests = 2 } },
            "#SubscriptionCreateRequest" => new { eventType = "contact.propertyChange", propertyName = "email", active = false },
            "#BatchInputSubscriptionBatchUpdateRequest" => A.Batch(new { id = int.Parse(values["subscriptionId"], System.Globalization.CultureInfo.InvariantCulture), active = false }),
            "#SubscriptionPatchRequest" => new { active = false },
            _ => new { },
        };
    }

    private static Dictionary<string, string> Change(string type) => type switch
    {
        "2-4100200" => new() { ["status"] = "paused" },
        "companies" => new() { ["city"] = "Oslo" },
        "deals" => new() { ["description"] = "Changed" },
        "tickets" => new() { ["content"] = "Changed" },
        "leads" => new() { ["hs_lead_name"] = "Changed" },
        "users" => new() { ["hs_job_title"] = "Changed" },
        "contacts" => new() { ["city"] = "Oslo" },
        _ => new() { ["hs_timestamp"] = "2026-05-02T08:00:00Z" },
    };

    private static object Upsert(string type, int number) => type switch
    {
        "contacts" => new { id = $"sample{number}@sample.example", idProperty = "email", properties = new { city = "Oslo" } },
        _ => new { id = $"SAMPLE-{number}", idProperty = "sample_key", properties = New(type, number) },
    };

    private static object Kind(int typeId) => new { associationCategory = "HUBSPOT_DEFINED", associationTypeId = typeId };

    private static object Stage(string label) => new { label, displayOrder = 1, metadata = new { probability = "0.5" } };

    private static object Property(string name) => new { name, label = "Made", type = "string", fieldType = "text", groupName = "sample_group" };

    private static object Rate(string code) => new { fromCurrencyCode = code, toCurrencyCode = "EUR", conversionRate = 0.7 };

    private static object Schema(string name) => new
    {
        name,
        labels = new { singular = "Asset", plural = "Assets" },
        allowsSensitiveProperties = false,
        associatedObjects = A.List("CONTACT"),
        primaryDisplayProperty = "asset_name",
        requiredProperties = A.List("asset_name"),
        searchableProperties = A.List("asset_name"),
        secondaryDisplayProperties = A.List<string>(),
        properties = A.List(new { name = "asset_name", label = "Name", type = "string", fieldType = "text" }),
    };

    [GeneratedRegex(@"\{(\w+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Parameters();
}
