using System.Net;
using System.Text;
using Liaison.Emulators.Tests.Salesforce.Soql;

namespace Liaison.Emulators.Tests.Salesforce.Bulk;

public sealed class BulkIngestTests
{
    private static readonly string ONeil = SoqlOrg.Id("003", 1);

    [Fact]
    public async Task A_job_goes_from_open_to_complete_by_the_clock()
    {
        await using var server = await BulkServer.StartAsync();
        var job = (await server.Send("POST", "jobs/ingest", new { @object = "contact", operation = "insert", contentType = "CSV" })).Json;
        var id = job["id"]!.ToString();

        job["state"]!.ToString().ShouldBe("Open");
        job["object"]!.ToString().ShouldBe("Contact");
        job["apiVersion"]!.ToJsonString().ShouldBe("66.0");
        job["contentUrl"]!.ToString().ShouldBe($"services/data/v66.0/jobs/ingest/{id}/batches");
        id.ShouldStartWith("750");
        (await server.Send("PATCH", $"jobs/ingest/{id}", new { state = "UploadComplete" })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await server.Send("PUT", $"jobs/ingest/{id}/batches", "LastName\nNew\n")).Text.ShouldBeEmpty();
        (await server.Send("PUT", $"jobs/ingest/{id}/batches", "LastName\nAgain\n")).Json[0]!["errorCode"]!.ToString().ShouldBe("INVALIDJOBSTATE");
        await server.Send("PATCH", $"jobs/ingest/{id}", new { state = "UploadComplete" });
        (await server.Shown(id)).ShouldBe("UploadComplete 0 0");
        (await server.Send("GET", $"jobs/ingest/{id}/successfulResults")).Json[0]!["errorCode"]!.ToString().ShouldBe("INVALIDJOBSTATE");
        server.Time.Advance(TimeSpan.FromMilliseconds(500));
        (await server.Shown(id)).ShouldBe("InProgress 0 0");
        server.Time.Advance(TimeSpan.FromMilliseconds(500));
        (await server.Shown(id)).ShouldBe("JobComplete 1 0");
        server.Org.Column("SELECT LastName FROM Contact WHERE LastName = 'New'", "LastName").ShouldBe(["New"]);
    }

    [Fact]
    public async Task A_complete_job_may_have_failed_rows()
    {
        await using var server = await BulkServer.StartAsync();

        var id = await server.Ingest("LastName,Title\nGood,\"a \"\"quoted\"\", one\"\nbad,x\n\"two\nlines\",y\n");

        (await server.Shown(id)).ShouldBe("JobComplete 3 1");
        var successful = (await server.Send("GET", $"jobs/ingest/{id}/successfulResults")).Text;
        successful.ShouldStartWith("\"sf__Id\",\"sf__Created\",\"LastName\",\"Title\"\n\"003");
        successful.ShouldContain("\"true\",\"Good\",\"a \"\"quoted\"\", one\"\n");
        successful.ShouldContain("\"true\",\"two\nlines\",\"y\"\n");
        (await server.Lines(id, "failedResults")).ShouldBe(
            ["\"sf__Id\",\"sf__Error\",\"LastName\",\"Title\"", "\"\",\"REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName --\",\"bad\",\"x\""]);
        (await server.Lines(id, "unprocessedrecords")).ShouldBe(["\"LastName\",\"Title\""]);
    }

    [Fact]
    public async Task An_upsert_says_which_rows_it_made()
    {
        await using var server = await BulkServer.StartAsync();

        var id = await server.Ingest("Email,LastName\no@acme.test,Changed\nnew@acme.test,Made\n", "upsert", "Email");

        var lines = await server.Lines(id, "successfulResults");
        lines[1].ShouldBe($"\"{ONeil}\",\"false\",\"o@acme.test\",\"Changed\"");
        lines[2].ShouldEndWith("\"true\",\"new@acme.test\",\"Made\"");
        (await server.Send("GET", $"jobs/ingest/{id}")).Json["externalIdFieldName"]!.ToString().ShouldBe("Email");
    }

    [Fact]
    public async Task An_empty_cell_leaves_a_field_and_NA_clears_it()
    {
        await using var server = await BulkServer.StartAsync();

        var id = await server.Ingest($"Id,Title,Email\n{ONeil},,#N/A\n{SoqlOrg.Id("003", 99)},x,y\n", "update");

        (await server.Shown(id)).ShouldBe("JobComplete 2 1");
        var row = server.Org.Ask($"SELECT Title, Email FROM Contact WHERE Id = '{ONeil}'")["records"]![0]!;
        row["Title"]!.ToString().ShouldBe("cto");
        row["Email"].ShouldBeNull();
        (await server.Lines(id, "failedResults"))[1].ShouldBe($"\"{SoqlOrg.Id("003", 99)}\",\"INVALID_CROSS_REFERENCE_KEY:invalid cross reference id:--\",\"{SoqlOrg.Id("003", 99)}\",\"x\",\"y\"");
    }

    [Fact]
    public async Task Rows_are_deleted_by_their_ids()
    {
        await using var server = await BulkServer.StartAsync();

        var id = await server.Ingest($"Id\n{ONeil}\n", "delete");

        (await server.Lines(id, "successfulResults"))[1].ShouldBe($"\"{ONeil}\",\"false\",\"{ONeil}\"");
        server.Org["Contact"].Row(ONeil, withDeleted: true).ShouldBeNull();
    }

    [Theory]
    [InlineData("", "MISSING_ARGUMENT:Id not specified in a delete call:--")]
    [InlineData("003,003", "MALFORMED_ID:malformed id 003,003:--")]
    public async Task A_row_to_delete_that_names_no_record_has_an_outcome_of_its_own(string broken, string error)
    {
        await using var server = await BulkServer.StartAsync();

        var id = await server.Ingest($"LastName,Id\nFirst,\"{broken}\"\nSecond,{ONeil}\nThird,{SoqlOrg.Id("003", 99)}\n", "delete");

        (await server.Shown(id)).ShouldBe("JobComplete 3 2");
        (await server.Lines(id, "successfulResults"))[1..].ShouldBe([$"\"{ONeil}\",\"false\",\"Second\",\"{ONeil}\""]);
        (await server.Lines(id, "failedResults"))[1..].ShouldBe(
        [
            $"\"{broken}\",\"{error}\",\"First\",\"{broken}\"",
            $"\"{SoqlOrg.Id("003", 99)}\",\"INVALID_CROSS_REFERENCE_KEY:invalid cross reference id:--\",\"Third\",\"{SoqlOrg.Id("003", 99)}\"",
        ]);
    }

    [Theory]
    [InlineData("unprocessedRecords")]
    [InlineData("SUCCESSFULRESULTS")]
    [InlineData("failedresults")]
    public async Task Files_are_named_in_any_case(string file)
    {
        await using var server = await BulkServer.StartAsync();
        var id = await server.Ingest("LastName\nA\n");

        (await server.Send("GET", $"jobs/ingest/{id}/{file}")).Status.ShouldBe(HttpStatusCode.OK);
        (await server.Send("GET", $"jobs/ingest/{id}/{file}/more")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_parent_is_named_by_its_key()
    {
        await using var server = await BulkServer.StartAsync();

        var id = await server.Ingest("LastName,Account.Name\nChild,Acme\n");

        (await server.Shown(id)).ShouldBe("JobComplete 1 0");
    }

    [Theory]
    [InlineData("LF", "SEMICOLON", "LastName;Title\nA;b\n")]
    [InlineData("CRLF", "TAB", "LastName\tTitle\r\nA\tb\r\n")]
    [InlineData("LF", "PIPE", "LastName|Title\nA|b")]
    [InlineData("LF", "CARET", "LastName^Title\nA^b\n\n")]
    [InlineData("LF", "BACKQUOTE", "LastName`Title\nA`b\n")]
    public async Task A_job_is_read_and_answered_in_its_dialect(string lineEnding, string delimiter, string csv)
    {
        await using var server = await BulkServer.StartAsync();

        var id = await server.Ingest(csv, lineEnding: lineEnding, delimiter: delimiter);

        (await server.Shown(id)).ShouldBe("JobComplete 1 0");
        (await server.Send("GET", $"jobs/ingest/{id}/successfulResults")).Text.ShouldEndWith(lineEnding == "CRLF" ? "\"b\"\r\n" : "\"b\"\n");
    }

    [Theory]
    [InlineData("LF", "LastName\r\nA\r\n", "ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is LF")]
    [InlineData("CRLF", "LastName\nA\n", "ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is CRLF")]
    [InlineData("LF", "LastNme\nA\n", "InvalidBatch : Field name not found : LastNme")]
    [InlineData("LF", "", "InvalidBatch : The data has no header line.")]
    [InlineData("LF", "LastName,Title\nA\n", "InvalidBatch : Row 1 has 1 columns, the header has 2.")]
    public async Task Data_that_cannot_be_read_fails_the_job(string lineEnding, string csv, string message)
    {
        await using var server = await BulkServer.StartAsync();

        var id = await server.Ingest(csv, lineEnding: lineEnding);

        var job = (await server.Send("GET", $"jobs/ingest/{id}")).Json;
        job["state"]!.ToString().ShouldBe("Failed");
        job["errorMessage"]!.ToString().ShouldBe(message);
    }

    [Fact]
    public async Task A_job_that_fails_on_the_way_tells_what_it_did_not_do()
    {
        await using var server = await BulkServer.StartAsync();
        var rows = string.Concat(Enumerable.Range(1, 250).Select(number => $"N{number},t\n"));

        var id = await server.Ingest($"LastName,Title\n{rows}short\n");

        (await server.Shown(id)).ShouldBe("Failed 200 0");
        (await server.Lines(id, "successfulResults")).Length.ShouldBe(201);
        (await server.Lines(id, "unprocessedrecords")).Length.ShouldBe(1 + 51);
    }

    [Fact]
    public async Task An_aborted_job_keeps_what_it_wrote()
    {
        await using var server = await BulkServer.StartAsync();
        var id = await server.Ingest("LastName\n" + string.Concat(Enumerable.Range(1, 2_000).Select(number => $"N{number}\n")), seconds: 0);
        server.Time.Advance(TimeSpan.FromMilliseconds(505));

        (await server.Shown(id)).ShouldBe("InProgress 600 0");
        (await server.Send("PATCH", $"jobs/ingest/{id}", new { state = "Aborted" })).Json["state"]!.ToString().ShouldBe("Aborted");
        server.Time.Advance(TimeSpan.FromSeconds(10));

        (await server.Shown(id)).ShouldBe("Aborted 600 0");
        (await server.Lines(id, "unprocessedrecords")).Length.ShouldBe(1_401);
        (await server.Send("PATCH", $"jobs/ingest/{id}", new { state = "UploadComplete" })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await server.Send("DELETE", $"jobs/ingest/{id}")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await server.Send("GET", $"jobs/ingest/{id}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Rows_go_two_hundred_at_a_time()
    {
        await using var server = await BulkServer.StartAsync();

        await server.Shown(await server.Ingest("LastName\n" + string.Concat(Enumerable.Range(1, 401).Select(number => $"N{number}\n"))));

        server.Routes.Sent.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("hardDelete", "Contact", null, "FEATURENOTENABLED")]
    [InlineData("insert", "Nothing", null, "INVALIDENTITY")]
    [InlineData("upsert", "Contact", null, "INVALIDJOB")]
    [InlineData("upsert", "Contact", "Nothing__c", "INVALIDJOB")]
    [InlineData("merge", "Contact", null, "INVALIDJOB")]
    public async Task A_job_that_cannot_be_is_refused(string operation, string type, string? key, string code)
    {
        await using var server = await BulkServer.StartAsync();

        var answer = await server.Send("POST", "jobs/ingest", new { @object = type, operation, externalIdFieldName = key });

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Json[0]!["errorCode"]!.ToString().ShouldBe(code);
    }

    [Fact]
    public async Task Jobs_are_their_makers_own()
    {
        await using var server = await BulkServer.StartAsync(mayHardDelete: true);
        var id = (await server.Send("POST", "jobs/ingest", new { @object = "Contact", operation = "hardDelete" })).Json["id"]!.ToString();

        (await server.Send("GET", $"jobs/ingest/{id}", user: "bob")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await server.Send("GET", "jobs/ingest", user: "bob")).Json["records"]!.AsArray().ShouldBeEmpty();
        (await server.Send("GET", "jobs/ingest")).Json["records"]!.AsArray().ShouldHaveSingleItem()!["id"]!.ToString().ShouldBe(id);
        (await server.Send("GET", $"jobs/query/{id}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_job_may_be_open_a_day_and_is_kept_a_week()
    {
        await using var server = await BulkServer.StartAsync();
        var id = (await server.Send("POST", "jobs/ingest", new { @object = "Contact", operation = "insert" })).Json["id"]!.ToString();

        server.Time.Advance(TimeSpan.FromHours(24));
        (await server.Shown(id)).ShouldStartWith("Failed");
        server.Time.Advance(TimeSpan.FromDays(7));

        (await server.Send("GET", $"jobs/ingest/{id}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_upload_may_have_a_hundred_megabytes()
    {
        await using var server = await BulkServer.StartAsync();
        var id = (await server.Send("POST", "jobs/ingest", new { @object = "Contact", operation = "insert" })).Json["id"]!.ToString();

        using var most = new MemoryStream(new byte[(100 * 1024 * 1024) + 1]);
        var refused = await server.Send("PUT", $"jobs/ingest/{id}/batches", most);

        refused.Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await server.Send("PUT", $"jobs/ingest/{id}/batches", new MemoryStream(Encoding.UTF8.GetBytes("LastName\nA\n")))).Status.ShouldBe(HttpStatusCode.Created);
    }
}
