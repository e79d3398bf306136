using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;

namespace Liaison.Server.Tests.Rest;

public sealed class RecordRouteTests : IAsyncDisposable
{
    private const string Contacts = "/api/v1/connections/demo/records/contact";

    private readonly DoorWorld world = new();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_value_is_typed_and_its_lack_is_told_by_its_state()
    {
        var user = await StartAsync();
        var id = world.Crm.Add(RecordType.Contact, ("email", "ada@acme.test"), ("lead_status", "NEW"), ("page_views", "7"), ("city", ""));

        var record = (await world.GetAsync($"{Contacts}/{id}?fields=email,lead_status,page_views,city,job_title", user)).ShouldBe(200).Json;

        record.GetProperty("id").GetString().ShouldBe(id);
        var fields = record.GetProperty("fields");
        fields.GetProperty("email").GetRawText().ShouldBe("""{"state":"Present","value":"ada@acme.test","untrusted":true}""");
        fields.GetProperty("lead_status").GetRawText().ShouldBe("""{"state":"Present","value":{"value":"NEW","label":"NEW"}}""");
        fields.GetProperty("page_views").GetRawText().ShouldBe("""{"state":"Present","value":7}""");
        fields.GetProperty("city").GetRawText().ShouldBe("""{"state":"Empty"}""");
        fields.GetProperty("job_title").GetProperty("state").GetString().ShouldBeOneOf("Empty", "Absent");
    }

    [Theory]
    [InlineData("Liaison-Correlation-Id", "ticket-4711", "ticket-4711")]
    [InlineData("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "0af7651916cd43dd8448eb211c80319c")]
    [InlineData("traceparent", "nonsense", null)]
    public async Task The_callers_own_id_stands_in_the_audit(string header, string value, string? kept)
    {
        var user = await StartAsync();

        (await world.SendAsync(HttpMethod.Post, $"{Contacts}/count", user, "{}", with: request => request.Headers.Add(header, value))).ShouldBe(200);

        (await world.AuditedAsync()).Last(entry => entry.Action == "records.count").Caller.CorrelationId.ShouldBe(kept);
    }

    [Fact]
    public async Task An_id_of_the_callers_that_is_no_id_is_refused_in_a_sentence()
    {
        var user = await StartAsync();

        var answer = await world.SendAsync(HttpMethod.Post, $"{Contacts}/count", user, "{}", with: request => request.Headers.Add("Liaison-Correlation-Id", "ada@acme.test"));

        answer.ShouldBeProblem(400, "invalid").ShouldContain("Liaison-Correlation-Id");
    }

    [Fact]
    public async Task Without_names_every_field_that_the_caller_may_read_is_given_and_no_other()
    {
        var user = await StartAsync();
        world.Crm.Add(RecordType.Contact, ("email", "ada@acme.test"), ("phone", "+49 30 1234567"));

        var page = (await world.PostAsync($"{Contacts}/query", user, "{}")).ShouldBe(200);

        page.Json.GetProperty("records")[0].GetProperty("fields").EnumerateObject().Select(field => field.Name)
            .ShouldBe(["city", "email", "job_title", "lead_status", "page_views"], ignoreOrder: true);
        page.Body.ShouldNotContain("1234567");
    }

    [Fact]
    public async Task A_query_is_read_page_by_page_and_counted()
    {
        var user = await StartAsync();
        for (var number = 0; number < 5; number++)
        {
            world.Crm.Add(RecordType.Contact, ("email", $"p{number}@acme.test"), ("lead_status", number == 0 ? "OPEN" : "NEW"));
        }

        var ids = new HashSet<string>();
        var cursor = "null";
        do
        {
            var page = (await world.PostAsync($"{Contacts}/query", user, $$"""{"where":"lead status is NEW","pageSize":3,"fields":["email"],"cursor":{{cursor}}}""")).ShouldBe(200).Json;
            ids.UnionWith(page.GetProperty("records").EnumerateArray().Select(record => record.GetProperty("id").GetString()!));
            cursor = page.TryGetProperty("next", out var next) ? $"\"{next.GetString()}\"" : "";
        }
        while (cursor.Length > 0);

        ids.Count.ShouldBe(4);
        (await world.PostAsync($"{Contacts}/count", user, """{"where":"lead status is NEW"}""")).ShouldBe(200).Json.GetProperty("count").GetInt64().ShouldBe(4);
    }

    [Fact]
    public async Task Links_are_read_with_what_they_are_called()
    {
        var user = await StartAsync();
        var (person, company) = (world.Crm.Add(RecordType.Contact, ("email", "ada@acme.test")), world.Crm.Add(RecordType.Company, ("name", "Acme")));
        world.Crm.Link(RecordType.Contact, person, RecordType.Company, company, primary: true);

        var links = (await world.PostAsync($"{Contacts}/associations/company", user, $$"""{"ids":["{{person}}"]}""")).ShouldBe(200).Json.GetProperty("associations");

        links.GetArrayLength().ShouldBe(1);
        links[0].GetProperty("toId").GetString().ShouldBe(company);
        links[0].GetProperty("isPrimary").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_description_names_the_fields_that_the_caller_may_read_with_their_choices()
    {
        var user = await StartAsync();

        var schema = (await world.GetAsync("/api/v1/connections/demo/schemas/contact", user)).ShouldBe(200).Json;

        var status = schema.GetProperty("fields").EnumerateArray().Single(field => field.GetProperty("name").GetString() == "lead_status");
        status.GetProperty("type").GetString().ShouldBe("Option");
        status.GetProperty("options")[0].GetProperty("value").GetString().ShouldBe("NEW");
        schema.GetProperty("fields").EnumerateArray().Select(field => field.GetProperty("name").GetString()).ShouldNotContain("phone");
    }

    [Theory]
    [InlineData("GET", $"{Contacts}/1?fields=FIELD", null)]
    [InlineData("POST", $"{Contacts}/query", """{"fields":["FIELD"]}""")]
    [InlineData("POST", $"{Contacts}/query", """{"where":"FIELD is x"}""")]
    [InlineData("POST", $"{Contacts}/count", """{"where":"FIELD is x"}""")]
    public async Task A_forbidden_field_and_an_unknown_one_are_told_alike(string method, string path, string? body)
    {
        var user = await StartAsync();

        var forbidden = await AskAsync("phone");
        var unknown = await AskAsync("nosuch");

        forbidden.Status.ShouldBe(404, forbidden.Body);
        forbidden.Body.Replace("phone", "nosuch", StringComparison.Ordinal).ShouldBe(unknown.Body);

        Task<Answer> AskAsync(string field) => world.SendAsync(
            new HttpMethod(method), path.Replace("FIELD", field, StringComparison.Ordinal), user, body?.Replace("FIELD", field, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_record_that_is_not_there_is_a_problem_that_names_nothing_of_it()
    {
        var user = await StartAsync();

        (await world.GetAsync($"{Contacts}/no-such-record-4711", user)).ShouldBeProblem(404, "not-found").ShouldNotContain("4711");
    }

    [Theory]
    [InlineData("""{"pageSize":0}""")]
    [InlineData("""{"pageSize":101}""")]
    [InlineData("""{"pageSize":"9"}""")]
    [InlineData("""{"where":"lead status is (NEW"}""")]
    [InlineData("""{"nosuch":1}""")]
    [InlineData("""{"fields":"email"}""")]
    [InlineData("{")]
    [InlineData("")]
    public async Task What_cannot_be_read_is_a_problem(string body)
    {
        var user = await StartAsync();

        (await world.PostAsync($"{Contacts}/query", user, body)).ShouldBeProblem(400, "invalid");
    }

    [Theory]
    [InlineData(FailureKind.RateLimited, 429, "rate-limited")]
    [InlineData(FailureKind.Unavailable, 503, "unavailable")]
    [InlineData(FailureKind.Unauthenticated, 502, "unauthenticated")]
    [InlineData(FailureKind.Forbidden, 403, "forbidden")]
    [InlineData(FailureKind.Ambiguous, 504, "ambiguous")]
    public async Task A_failure_of_the_CRM_is_told_with_all_that_is_known(FailureKind kind, int status, string type)
    {
        var user = await StartAsync();
        world.Crm.FailNext(CrmOperation.Query, new Failure(kind, "A sentence.", TimeSpan.FromSeconds(6.2))
        {
            CorrelationId = "corr-1", MissingScopes = ["crm.read"], Field = "email",
        });

        var answer = await world.PostAsync($"{Contacts}/count", user, "{}");

        answer.ShouldBeProblem(status, type).ShouldBe("A sentence.");
        answer.Json.GetProperty("correlationId").GetString().ShouldBe("corr-1");
        answer.Json.GetProperty("missingScopes")[0].GetString().ShouldBe("crm.read");
        answer.Json.GetProperty("field").GetString().ShouldBe("email");
        answer.Json.GetProperty("retryAfter").GetInt32().ShouldBe(7);
        answer.Headers["Retry-After"].ShouldBe("7");
    }

    [Fact]
    public async Task A_refusal_names_the_side_that_refused()
    {
        await StartAsync();

        (await world.GetAsync("/api/v1/connections/demo/schemas/contact", await world.KeyAsync("nobody@acme.test"))).Json.GetProperty("deniedBy").GetString().ShouldBe("Policy");
        (await world.GetAsync("/api/v1/connections/demo/schemas/contact", await world.KeyAsync("user@acme.test", "stranger"))).Json.GetProperty("deniedBy").GetString().ShouldBe("Agent");
        (await world.GetAsync("/api/v1/connections/demo/schemas/contact", await world.KeyAsync("user@acme.test"), "administration")).Json.GetProperty("deniedBy").GetString().ShouldBe("Purpose");
    }

    private async Task<string> StartAsync()
    {
        await world.StartAsync();
        return await world.KeyAsync("user@acme.test");
    }
}
