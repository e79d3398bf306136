using System.Text.Json.Nodes;

namespace Liaison.Emulators.Tests.HubSpot;

/// <summary>An import makes and changes records by the rows of a file, and tells of every row and value that it could not take.</summary>
public sealed class ImportTests
{
    private const string Imports = "/crm/imports/2026-03";

    [Fact]
    public async Task Rows_change_whom_they_name_and_make_who_is_not_there()
    {
        await using var portal = await Portal.StartAsync();

        var done = await ImportAsync(portal, TransferSamples.Import("Email,City\r\nperson1@company2.test,\"Oslo, East\"\r\nnew@sample.example,Rom\r\n", list: true));

        ((string)done["state"]!).ShouldBe("DONE");
        Counters(done).ShouldBe("CREATED_OBJECTS=1 PROPERTY_VALUES_EMITTED=4 TOTAL_ROWS=2 UNIQUE_OBJECTS_WRITTEN=2 UPDATED_OBJECTS=1");
        var known = await portal.Get("/crm/objects/2026-09/contacts/person1@company2.test?idProperty=email&properties=city&propertiesWithHistory=city");
        known.Property("city").ShouldBe("Oslo, East");
        ((string)known.Json["propertiesWithHistory"]!["city"]![0]!["sourceType"]!).ShouldBe("IMPORT");
        (await portal.Get("/crm/objects/2026-09/contacts/new@sample.example?idProperty=email&properties=city")).Property("city").ShouldBe("Rom");
        var list = (string)done["metadata"]!["objectLists"]![0]!["listId"]!;
        (await portal.Get($"/crm/lists/2026-03/{list}/memberships")).Results.Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_cannot_be_taken_is_told_by_line_and_column()
    {
        await using var portal = await Portal.StartAsync();
        var email = new { columnObjectTypeId = "0-1", columnName = "Email", propertyName = "email", columnType = "HUBSPOT_ALTERNATE_ID" };
        var status = new { columnObjectTypeId = "0-1", columnName = "Status", propertyName = "hs_lead_status" };

        var done = await ImportAsync(portal, TransferSamples.Import("Email,Status\nbad address,NEW\nnew@sample.example,NONSENSE\nnew@sample.example,NEW,more\n", email, status));

        var errors = (await portal.Get($"{Imports}/{done["id"]}/errors?includeErrorMessage=true&includeRowData=true")).Results;
        errors.Select(error => $"{error!["sourceData"]!["lineNumber"]} {error["knownColumnNumber"]} {error["errorType"]}").ShouldBe(
            ["2 1 INVALID_EMAIL", "3 2 INVALID_ENUMERATION_OPTION", "4  INCORRECT_NUMBER_OF_COLUMNS"]);
        errors[1]!["sourceData"]!["rowData"]!.AsArray().Select(cell => (string)cell!).ShouldBe(["new@sample.example", "NONSENSE"]);
        ((string)errors[1]!["invalidValue"]!).ShouldBe("NONSENSE");
        Counters(done).ShouldBe("CREATED_OBJECTS=1 PROPERTY_VALUES_EMITTED=1 TOTAL_ROWS=3 UNIQUE_OBJECTS_WRITTEN=1");
        (await portal.Get($"{Imports}/{done["id"]}/errors?limit=1")).Json["paging"]!["next"]!["after"].ShouldNotBeNull();
    }

    [Theory]
    [InlineData("CREATE", "CREATE_ONLY_IMPORT", 1)]
    [InlineData("UPDATE", "UPDATE_ONLY_IMPORT", 2)]
    public async Task An_import_that_may_only_do_one_thing_does_no_other(string operation, string error, int row)
    {
        await using var portal = await Portal.StartAsync();

        var done = await ImportAsync(portal, TransferSamples.Import("Email,City\nperson1@company2.test,Oslo\nnew@sample.example,Rom\n", operation));

        var told = (await portal.Get($"{Imports}/{done["id"]}/errors")).Results.ShouldHaveSingleItem()!;
        ((string)told["errorType"]!, (int)told["sourceData"]!["lineNumber"]!).ShouldBe((error, row + 1));
    }

    [Fact]
    public async Task What_stands_in_one_row_is_linked()
    {
        await using var portal = await Portal.StartAsync();
        var company = (await portal.Ids("companies", 6))[^1];
        var email = new { columnObjectTypeId = "0-1", columnName = "Email", propertyName = "email", columnType = "HUBSPOT_ALTERNATE_ID" };
        var owner = new { columnObjectTypeId = "0-2", columnName = "Company", propertyName = (string?)null, columnType = "HUBSPOT_OBJECT_ID" };

        await ImportAsync(portal, TransferSamples.Import($"Email,Company\nnew@sample.example,{company}\n", email, owner));

        var links = (await portal.Get("/crm/objects/2026-09/contacts/new@sample.example?idProperty=email&associations=companies")).Json["associations"]!["companies"]!["results"]!.AsArray();
        links.Select(link => (string)link!["id"]!).ShouldContain(company);
    }

    [Fact]
    public async Task A_cancelled_import_writes_nothing_and_one_that_is_done_cannot_be_cancelled()
    {
        await using var portal = await Portal.StartAsync();
        var id = (string)(await portal.Send(HttpMethod.Post, Imports, TransferSamples.Import("Email,City\nnew@sample.example,Rom\n"), Portal.Account)).Json["id"]!;

        (await portal.Post($"/crm/v3/imports/{id}/cancel")).Status.ShouldBe(200);
        await portal.Post("/_emulator/clock", new { seconds = 5 }, null);

        ((string)(await portal.Get($"{Imports}/{id}")).Json["state"]!).ShouldBe("CANCELED");
        (await portal.Get("/crm/objects/2026-09/contacts/new@sample.example?idProperty=email")).Status.ShouldBe(404);
        (await portal.Post($"{Imports}/{id}/cancel")).Status.ShouldBe(400);
        (await portal.Get(Imports)).Results.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_no_import_is_refused_before_anything_is_written()
    {
        await using var portal = await Portal.StartAsync();
        var email = new { columnObjectTypeId = "0-1", columnName = "Email", propertyName = "email" };
        var wrong = new { columnObjectTypeId = "0-1", columnName = "City", propertyName = "nothing" };
        using var token = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");

        (await portal.Send(HttpMethod.Post, Imports, TransferSamples.Import("Email,City\na@b.example,Rom\n", email, wrong), Portal.Account)).Text.ShouldContain("nothing");
        (await portal.Send(HttpMethod.Post, Imports, TransferSamples.Import("Mail,City\na@b.example,Rom\n"), Portal.Account)).Text.ShouldContain("Email");
        (await portal.Send(HttpMethod.Post, Imports, token, Portal.Account)).Status.ShouldBe(415);
        (await portal.Send(HttpMethod.Post, Imports, TransferSamples.Import("Email,City\na@b.example,Rom\n"), Portal.RepNorth)).Status.ShouldBe(403);
        (await portal.Get(Imports)).Results.ShouldBeEmpty();
    }

    private static async Task<JsonNode> ImportAsync(Portal portal, MultipartFormDataContent form)
    {
        var started = await portal.Send(HttpMethod.Post, Imports, form, Portal.Account);
        started.Status.ShouldBe(200);
        ((string)started.Json["state"]!).ShouldBe("STARTED");
        await portal.Post("/_emulator/clock", new { seconds = 5 }, null);
        return (await portal.Get($"{Imports}/{started.Json["id"]}")).Json;
    }

    private static string Counters(JsonNode import) =>
        string.Join(' ', import["metadata"]!["counters"]!.AsObject().Select(counter => $"{counter.Key}={counter.Value}"));
}
