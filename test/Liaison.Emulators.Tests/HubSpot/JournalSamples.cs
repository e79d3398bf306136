namespace Liaison.Emulators.Tests.HubSpot;

/// <summary>Requests of the journals, sent with an app's own token.</summary>
internal static class JournalSamples
{
    public const int Portal990001 = 990001;

    public static async Task<PublishedSample> MakeAsync(Portal portal, PublishedOperation operation)
    {
        var token = await OAuthSamples.AppTokenAsync(portal);
        var subscription = (await portal.Post("/webhooks-journal/subscriptions/2026-03", Companies(), token)).Json["id"]!.ToJsonString();
        var filter = (await portal.Post("/webhooks-journal/subscriptions/2026-03/filters", Filter(subscription), token)).Json["filterId"]!.ToJsonString();
        await portal.Post("/crm/objects/2026-09/companies", new { properties = new { name = "One", city = "Oslo" } });
        var offset = (string)(await portal.Get("/webhooks-journal/journal/2026-03/earliest", token)).Json["currentOffset"]!;
        await portal.Post("/crm/objects/2026-09/companies", new { properties = new { name = "Two", city = "Oslo" } });
        var snapshot = new { snapshotRequests = A.List(new { portalId = Portal990001, objectTypeId = "0-1", objectId = long.Parse((await portal.Ids())[0], System.Globalization.CultureInfo.InvariantCulture), properties = A.List("email") }) };
        var values = new Dictionary<string, string>
        {
            ["count"] = "5", ["offset"] = offset, ["subscriptionId"] = subscription, ["filterId"] = filter, ["portalId"] = "990001",
            ["statusId"] = (string)(await portal.Post("/webhooks-journal/snapshots/2026-03/crm", snapshot, token)).Json["snapshotResponses"]![0]!["snapshotStatusId"]!,
        };
        return new(operation.Method, AreaSamples.Fill(operation.Path, values), operation.Body switch
        {
            null => null,
            "#BatchInputString" => new { inputs = A.List(offset) },
            "#CrmObjectSnapshotBatchRequest" => snapshot,
            "#FilterCreateRequest" => Filter(subscription),
            _ => Companies(),
        })
        {
            Token = token,
        };
    }

    private static object Companies() => new
    {
        subscriptionType = "OBJECT", portalId = Portal990001, objectTypeId = "0-2", actions = A.List("CREATE", "UPDATE"), objectIds = A.List<long>(), properties = A.List<string>(),
    };

    private static object Filter(string subscription) => new
    {
        subscriptionId = long.Parse(subscription, System.Globalization.CultureInfo.InvariantCulture),
        filter = new { conditions = A.List(new { filterType = "CRM_OBJECT_PROPERTY", property = "city", @operator = "EQ", value = "Oslo" }) },
    };
}
