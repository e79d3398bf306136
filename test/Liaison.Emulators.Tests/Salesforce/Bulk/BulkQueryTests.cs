using System.Net;

namespace Liaison.Emulators.Tests.Salesforce.Bulk;

public sealed class BulkQueryTests
{
    [Fact]
    public async Task A_query_job_answers_in_pages_of_CSV()
    {
        await using var server = await BulkServer.StartAsync();
        var id = await Start(server, "SELECT Name, AnnualRevenue, NumberOfEmployees, IsPartner, CreatedDate, Owner.Name FROM Account");
        (await server.Send("GET", $"jobs/query/{id}/results")).Json[0]!["errorCode"]!.ToString().ShouldBe("INVALIDJOBSTATE");
        server.Time.Advance(TimeSpan.FromSeconds(1));

        (await server.Shown(id, "query")).ShouldBe("JobComplete 3 ");
        var first = await server.Send("GET", $"jobs/query/{id}/results?maxRecords=2");
        var last = await server.Send("GET", $"jobs/query/{id}/results?maxRecords=2&locator={first.Headers["Sforce-Locator"]}");

        first.Headers["Sforce-NumberOfRecords"].ShouldBe("2");
        first.Text.ShouldBe(
            "\"Name\",\"AnnualRevenue\",\"NumberOfEmployees\",\"IsPartner\",\"CreatedDate\",\"Owner.Name\"\n"
            + "\"Acme\",\"1.39E8\",\"12000000\",\"true\",\"2026-05-14T21:59:00.000Z\",\"Ada\"\n"
            + "\"Globex\",\"125000.5\",\"10\",\"false\",\"2026-05-14T22:00:00.000Z\",\"Bob\"\n");
        last.Headers["Sforce-NumberOfRecords"].ShouldBe("1");
        last.Headers["Sforce-Locator"].ShouldBe("null");
        last.Text.ShouldBe(
            "\"Name\",\"AnnualRevenue\",\"NumberOfEmployees\",\"IsPartner\",\"CreatedDate\",\"Owner.Name\"\n"
            + "\"100% Real_Co\",\"500.0\",\"\",\"\",\"2025-12-31T12:00:00.000Z\",\"Ada\"\n");
    }

    [Fact]
    public async Task An_empty_answer_is_a_header()
    {
        await using var server = await BulkServer.StartAsync();
        var id = await Start(server, "SELECT Id FROM Account WHERE Name = 'none'");
        server.Time.Advance(TimeSpan.FromSeconds(1));

        var page = await server.Send("GET", $"jobs/query/{id}/results");

        page.Text.ShouldBe("\"Id\"\n");
        page.Headers["Sforce-Locator"].ShouldBe("null");
    }

    [Fact]
    public async Task QueryAll_reads_the_recycle_bin()
    {
        await using var server = await BulkServer.StartAsync();
        var id = await Start(server, "SELECT Id FROM Contact", "queryAll");
        server.Time.Advance(TimeSpan.FromSeconds(1));

        (await server.Shown(id, "query")).ShouldStartWith("JobComplete 4");
    }

    [Fact]
    public async Task Results_are_read_with_the_version_of_the_job()
    {
        await using var server = await BulkServer.StartAsync();
        var id = await Start(server, "SELECT Id FROM Account");
        server.Time.Advance(TimeSpan.FromSeconds(1));

        (await server.Send("GET", $"jobs/query/{id}/results", version: "v65.0")).Status.ShouldBe(HttpStatusCode.Conflict);
        (await server.Send("GET", $"jobs/query/{id}/results?locator=nonsense!")).Json[0]!["errorCode"]!.ToString().ShouldBe("INVALID_QUERY_LOCATOR");
    }

    [Theory]
    [InlineData("SELECT Id, (SELECT Id FROM Contacts) FROM Account", "API_ERROR", "Sub-queries not supported in Bulk Query")]
    [InlineData("SELECT COUNT(Id) FROM Account", "API_ERROR", "Aggregate functions and GROUP BY not supported in Bulk Query")]
    [InlineData("SELECT COUNT() FROM Account", "API_ERROR", "Aggregate functions and GROUP BY not supported in Bulk Query")]
    [InlineData("SELECT Id FROM Account LIMIT 5 OFFSET 5", "API_ERROR", "OFFSET not supported in Bulk Query")]
    [InlineData("SELECT TYPEOF What WHEN Account THEN Name END FROM Task", "API_ERROR", "TYPEOF not supported in Bulk Query")]
    [InlineData("SELECT BillingAddress FROM Account", "API_ERROR", "Selecting compound data not supported in Bulk Query")]
    [InlineData("SELECT Nme FROM Account", "INVALID_FIELD", "No such column 'Nme'")]
    [InlineData("SELECT Id FROM", "MALFORMED_QUERY", "unexpected token: '<EOF>'")]
    public async Task What_bulk_cannot_query_is_refused_at_once(string text, string code, string message)
    {
        await using var server = await BulkServer.StartAsync();

        var answer = await server.Send("POST", "jobs/query", new { operation = "query", query = text });

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Json[0]!["errorCode"]!.ToString().ShouldBe(code);
        answer.Json[0]!["message"]!.ToString().ShouldContain(message);
    }

    private static async Task<string> Start(BulkServer server, string text, string operation = "query")
    {
        var job = await server.Send("POST", "jobs/query", new { operation, query = text });
        job.Json["state"]!.ToString().ShouldBe("UploadComplete");
        return job.Json["id"]!.ToString();
    }
}
