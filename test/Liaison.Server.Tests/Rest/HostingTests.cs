using System.Text.Json;
using Microsoft.AspNetCore.Routing;

namespace Liaison.Server.Tests.Rest;

public sealed class HostingTests : IAsyncDisposable
{
    private const string Connections = "/api/v1/connections";

    private readonly DoorWorld world = new();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Theory]
    [InlineData("evil.example.com", 400)]
    [InlineData("127.0.0.1.evil.example.com", 400)]
    [InlineData("liaison.example.com", 200)]
    [InlineData("localhost", 200)]
    public async Task Only_hosts_that_are_ours_are_answered(string host, int status)
    {
        world.Options.Hosts = ["liaison.example.com"];
        await world.StartAsync();

        (await world.SendAsync(HttpMethod.Get, "/healthz", credential: null, with: request => request.Headers.Host = host)).ShouldBe(status);
    }

    [Fact]
    public async Task A_page_of_another_origin_is_told_nothing_that_would_let_it_read()
    {
        await world.StartAsync();
        var user = await world.KeyAsync("user@acme.test");

        var answer = await world.SendAsync(HttpMethod.Get, Connections, user, with: request => request.Headers.Add("Origin", "https://evil.example.com"));
        var preflight = await world.SendAsync(HttpMethod.Options, Connections, credential: null, with: request =>
        {
            request.Headers.Add("Origin", "https://evil.example.com");
            request.Headers.Add("Access-Control-Request-Method", "GET");
        });

        answer.Headers.Keys.Concat(preflight.Headers.Keys).ShouldNotContain(name => name.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
        preflight.Status.ShouldBeOneOf(401, 405);
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData(Connections)]
    [InlineData("/nowhere")]
    public async Task Every_answer_carries_the_headers_that_keep_browsers_calm(string path)
    {
        await world.StartAsync();

        var headers = (await world.GetAsync(path, credential: null)).Headers;

        headers["Cache-Control"].ShouldBe("no-store");
        headers["X-Content-Type-Options"].ShouldBe("nosniff");
        headers["Content-Security-Policy"].ShouldBe("default-src 'none'; frame-ancestors 'none'");
        headers.Keys.ShouldNotContain("Server");
    }

    [Fact]
    public async Task What_the_server_refuses_itself_is_a_problem_too()
    {
        await world.StartAsync();
        var user = await world.KeyAsync("user@acme.test");

        (await world.GetAsync("/nowhere", user)).ShouldBeProblem(404, "not-found");
        (await world.SendAsync(HttpMethod.Put, "/healthz", user)).ShouldBeProblem(405, "invalid");
        (await world.PostAsync($"{Connections}/demo/records/contact/count", user, $$"""{"where":"{{new string('x', 1024 * 1024)}}"}""")).ShouldBeProblem(413, "invalid");
        (await world.SendAsync(HttpMethod.Post, $"{Connections}/demo/records/contact/count", user, with: request => request.Content = new StringContent("x"))).ShouldBeProblem(415, "invalid");
    }

    [Fact]
    public async Task An_error_of_our_own_is_opaque_and_its_text_is_logged_nowhere()
    {
        await world.StartAsync();
        var user = await world.KeyAsync("user@acme.test");
        world.OnToken = () => throw new InvalidOperationException("canary-text");

        var answer = await world.GetAsync($"{Connections}/demo/schemas/contact", user);

        answer.ShouldBeProblem(500, "internal");
        var trace = answer.Json.GetProperty("traceId").GetString().ShouldNotBeNull();
        answer.Body.ShouldNotContain("Exception");
        answer.Body.ShouldNotContain("canary");
        world.Logs.Lines.ShouldContain(line => line.Contains(trace) && line.Contains("ended in") && line.Contains("   at "));
        world.Logs.Lines.ShouldNotContain(line => line.Contains("canary"));
    }

    [Fact]
    public async Task One_caller_gone_wild_leaves_the_others_theirs()
    {
        world.Options.RequestsPerSecond = 1;
        await world.StartAsync();
        var (wild, calm) = (await world.KeyAsync("user@acme.test"), await world.KeyAsync("user@acme.test"));

        var answers = new List<Answer>();
        for (var number = 0; number < 30; number++)
        {
            answers.Add(await world.GetAsync(Connections, wild));
        }

        answers.Count(answer => answer.Status == 200).ShouldBeInRange(10, 20);
        answers[^1].ShouldBeProblem(429, "rate-limited");
        answers[^1].Headers.Keys.ShouldContain("Retry-After");
        (await world.GetAsync(Connections, calm)).ShouldBe(200);
    }

    [Fact]
    public async Task The_document_is_OpenAPI_3_1_and_knows_every_route_and_how_to_prove_oneself()
    {
        await world.StartAsync();

        var document = (await world.GetAsync("/openapi/v1.json", credential: null)).ShouldBe(200).Json;

        document.GetProperty("openapi").GetString().ShouldNotBeNull().ShouldStartWith("3.1");
        document.GetProperty("components").GetProperty("securitySchemes").GetProperty("ApiKey").GetProperty("scheme").GetString().ShouldBe("bearer");
        var operations = document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(operation => (path.Name, operation.Name, operation.Value))).ToList();

        // Every route but that of the document itself.
        operations.Count.ShouldBe(world.Server.Endpoints.OfType<RouteEndpoint>().Count() - 1);
        operations.Where(operation => operation.Item1.StartsWith("/api/", StringComparison.Ordinal)).ShouldAllBe(
            operation => operation.Value.GetProperty("security")[0].EnumerateObject().Any(scheme => scheme.Name == "ApiKey"));
        operations.ShouldAllBe(operation => operation.Value.GetProperty("summary").GetString()!.Length > 0);
        document.GetProperty("components").GetProperty("schemas").GetProperty("RecordView").GetProperty("properties").GetProperty("fields")
            .GetProperty("additionalProperties").GetProperty("properties").GetProperty("state").GetProperty("enum").GetArrayLength().ShouldBe(4);
        document.GetProperty("components").GetProperty("schemas").GetProperty("RecordView").GetProperty("required").EnumerateArray().Select(name => name.GetString())
            .ShouldBe(["connection", "type", "id", "readAt", "fields"]);
        document.GetProperty("components").GetProperty("schemas").GetProperty("Problem").GetProperty("properties").TryGetProperty("deniedBy", out _).ShouldBeTrue();
        document.GetProperty("components").GetProperty("schemas").GetProperty("FieldType").GetProperty("enum")[0].ValueKind.ShouldBe(JsonValueKind.String);
    }

    [Fact]
    public async Task A_request_that_is_under_way_ends_when_the_server_stops()
    {
        using var release = new ManualResetEventSlim();
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await world.StartAsync();
        var user = await world.KeyAsync("user@acme.test");
        world.OnToken = () =>
        {
            arrived.TrySetResult();
            release.Wait(TestContext.Current.CancellationToken);
            return "token";
        };

        var asking = world.PostAsync($"{Connections}/demo/records/contact/count", user, "{}");
        await arrived.Task;
        var stopping = world.StopAsync();
        release.Set();

        (await asking).ShouldBe(200);
        await stopping;
    }
}
