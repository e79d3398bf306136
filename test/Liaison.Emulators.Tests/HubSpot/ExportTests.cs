namespace Liaison.Emulators.Tests.HubSpot;

/// <summary>An export is asked for, waited for and fetched as a file.</summary>
public sealed class ExportTests
{
    private const string Exports = "/crm/exports/2026-03/export";

    [Fact]
    public async Task The_file_holds_the_asked_columns_of_the_records_that_pass_the_filters()
    {
        await using var portal = await Portal.StartAsync();
        var ids = await portal.Ids(count: 2);
        await portal.Patch($"/crm/objects/2026-09/contacts/{ids[0]}", new { properties = new { city = "Oslo, \"East\"" } });
        await portal.Patch($"/crm/objects/2026-09/contacts/{ids[1]}", new { properties = new { city = "Oslo, \"East\"" } });
        var company = (string)(await portal.Get($"/crm/objects/2026-09/contacts/{ids[0]}/associations/companies")).Results[0]!["toObjectId"]!.ToJsonString();

        var rows = await ExportAsync(portal, TransferSamples.Export(A.List("NAMES", "VALUES"), "Oslo, \"East\""));
        var labelled = await ExportAsync(portal, TransferSamples.Export(null, "Oslo, \"East\""));

        rows.Count.ShouldBe(3);
        rows[0].ShouldBe("Record ID,email,hs_lead_status,Associated Company IDs,Associated Company");
        rows[1].ShouldBe($"{ids[0]},person1@company2.test,NEW,{company},Company 2");
        labelled[0].ShouldStartWith("Record ID,Email,Lead");
        labelled[1].ShouldContain(",New,");
    }

    [Fact]
    public async Task An_export_takes_its_time_and_the_address_of_its_file_ends()
    {
        await using var portal = await Portal.StartAsync();
        var started = await portal.Post($"{Exports}/async", TransferSamples.Export());
        var id = (string)started.Json["id"]!;
        var status = new Uri((string)started.Json["links"]!["status"]!).AbsolutePath;

        ((string)(await portal.Get(status)).Json["status"]!).ShouldBe("PROCESSING");
        ((string)(await portal.Get($"{Exports}/{id}")).Json["exportState"]!).ShouldBe("PROCESSING");
        await portal.Post("/_emulator/clock", new { seconds = 5 }, null);

        var done = (await portal.Get(status)).Json;
        ((string)done["status"]!).ShouldBe("COMPLETE");
        var told = (await portal.Get($"/crm/v3/exports/export/{id}")).Json;
        ((string)told["exportState"]!, (int)told["recordCount"]!).ShouldBe(("DONE", 30));
        var file = new Uri((string)done["result"]!).AbsolutePath;
        (await portal.Get(file, null)).Headers["Content-Type"].ShouldStartWith("text/csv");
        await portal.Post("/_emulator/clock", new { seconds = 600 }, null);
        (await portal.Get(file, null)).Status.ShouldBe(403);
        (await portal.Get(new Uri((string)(await portal.Get(status)).Json["result"]!).AbsolutePath, null)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_list_is_exported_by_its_members()
    {
        await using var portal = await Portal.StartAsync();
        var ids = await portal.Ids(count: 2);
        var list = (string)(await portal.Post("/crm/lists/2026-03", new { name = "Guests", objectTypeId = "0-1", processingType = "MANUAL" })).Json["list"]!["listId"]!;
        await portal.Put($"/crm/lists/2026-03/{list}/memberships/add", ids);

        var rows = await ExportAsync(portal, new { exportType = "LIST", listId = list, exportName = "Guests", format = "CSV", objectType = "CONTACT", objectProperties = A.List("firstname") });

        rows.ShouldBe(["Record ID,First Name", $"{ids[0]},First1", $"{ids[1]},First2"], Case.Insensitive);
    }

    [Fact]
    public async Task What_cannot_be_exported_is_named()
    {
        await using var portal = await Portal.StartAsync();

        (await portal.Post($"{Exports}/async", new { exportType = "VIEW", format = "XLSX", objectType = "CONTACT" })).Text.ShouldContain("CSV");
        (await portal.Post($"{Exports}/async", new { exportType = "VIEW", format = "CSV", objectType = "CONTACT", objectProperties = A.List("nothing") })).Text.ShouldContain("nothing");
        (await portal.Post($"{Exports}/async", TransferSamples.Export(), Portal.RepNorth)).Status.ShouldBe(403);
        (await portal.Get($"{Exports}/async/tasks/1/status")).Status.ShouldBe(404);
        (await portal.Get("/files/unknown", null)).Status.ShouldBe(404);
    }

    private static async Task<IReadOnlyList<string>> ExportAsync(Portal portal, object export)
    {
        var id = (string)(await portal.Post($"{Exports}/async", export)).Json["id"]!;
        await portal.Post("/_emulator/clock", new { seconds = 5 }, null);
        var result = (string)(await portal.Get($"{Exports}/async/tasks/{id}/status")).Json["result"]!;
        return (await portal.Get(new Uri(result).AbsolutePath, null)).Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    }
}
