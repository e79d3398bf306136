using Liaison.EndToEnd.Tests.Processes;
using Liaison.Testing;

namespace Liaison.EndToEnd.Tests.Configuration;

/// <summary>What a person gets wrong is told in one sentence, with the code that scripts branch on, and never with a stack trace.</summary>
public sealed class WrongInputTests(ServedCrm served) : IClassFixture<ServedCrm>
{
    private const string Secret = "pat-secret-0123456789";

    [Theory]
    [InlineData("operator: \"x\n", ":1:11:", "hile scanning a quoted scalar")]
    [InlineData("connections: [a]\n", ":1:14:", "expected a section")]
    [InlineData("connections: hello\n", ":1:14:", "expected a section")]
    [InlineData("operator: [x]\n", ":1:11:", "expected one text")]
    [InlineData("conections: {}\n", ":1:1:", "\"conections\" is not known here; expected one of connections")]
    [InlineData("connections:\n  a:\n    crm: hubspot\n    writes: opened\n", ":4:13:", "expected one of closed, open")]
    [InlineData("connections:\n  a:\n    crm: hubspot\n    share: lots\n", ":4:12:", "expected a number")]
    [InlineData("connections:\n  a:\n    crm: hubspot\n    baseUrl: nope\n", ":4:14:", "expected one like https://")]
    [InlineData("connections:\n  a:\n    crm: hubspot\n    crm: hubspot\n", ":4:5:", "uplicate key")]
    [InlineData("policy:\n  grants:\n    - subject: a\n      administer: perhaps\n", ":4:19:", "expected true or false")]
    [InlineData("pipelines:\n  qualify:\n    chunkSize: 7.5\n", ":3:16:", "expected a whole number")]
    public async Task A_wrong_configuration_is_told_with_file_line_and_what_was_expected(string yaml, string place, string expected)
    {
        using var folder = new Workplace();
        folder.With(yaml);

        var ended = await folder.RunAsync("run", "list");

        ShouldBeOneSentence(ended, 1).ShouldStartWith(folder.ConfigFile + place);
        ended.Errors.ShouldContain(expected);
    }

    [Theory]
    [InlineData(1, "no connection \"nosuch\"", "connect", "test", "nosuch")]
    [InlineData(1, "no connection \"nosuch\"", "run", "start", "qualify", "--connection", "nosuch")]
    [InlineData(2, "no pipeline \"nosuch\"", "run", "start", "nosuch", "--connection", "crm")]
    [InlineData(1, "no run \"nosuch\"", "run", "resume", "nosuch")]
    [InlineData(1, "no change set \"nosuch\"", "change", "show", "nosuch")]
    [InlineData(1, "no field \"nosuch\"", "search", "crm", "contact", "--where", "nosuch is New")]
    [InlineData(1, "no field \"nosuch\"", "search", "crm", "contact", "--where", "lead status is New", "--fields", "nosuch")]
    [InlineData(2, "column 16", "search", "crm", "contact", "--where", "lead status is (New")]
    [InlineData(2, "expected one of table, json|expected one of json, table", "run", "list", "--output", "xml")]
    [InlineData(2, "'frobnicate'", "frobnicate")]
    [InlineData(2, "'--frob'", "run", "list", "--frob")]
    [InlineData(2, "expected a whole number", "change", "list", "--limit", "some")]
    [InlineData(2, "is no address", "connect", "add", "b", "--base-url", "nope")]
    [InlineData(2, "expected 0 to 65535", "emulate", "hubspot", "--port", "99999")]
    [InlineData(2, "expected 0 to", "demo", "--contacts", "-5")]
    [InlineData(2, "expected one of free-starter", "emulate", "hubspot", "--limit-profile", "nope")]
    [InlineData(2, "--load and --map go together", "emulate", "hubspot", "--load", "x.csv")]
    [InlineData(1, "does not exist", "emulate", "hubspot", "--load", "x.csv", "--map", "x.yaml")]
    [InlineData(2, "never written into the configuration", "connect", "add", "b", "--token", Secret)]
    public async Task A_wrong_request_is_told_in_one_sentence(int code, string sentence, params string[] arguments)
    {
        using var folder = new Workplace();
        folder.With(Workplace.YamlFor(served.Crm.Address));

        var ended = await folder.RunAsync(arguments);

        var told = ShouldBeOneSentence(ended, code);
        sentence.Split('|').ShouldContain(choice => told.Contains(choice, StringComparison.Ordinal), told);
        ended.Everything.ShouldNotContain(Secret);
    }

    [Theory]
    [InlineData(1, "NotFound", "run", "show", "nosuch")]
    [InlineData(2, "Invalid", "run", "list", "--frob")]
    [InlineData(2, "Invalid", "search", "crm", "contact", "--where", "lead status is (New")]
    [InlineData(3, "Denied", "describe", "crm", "ticket")]
    public async Task A_machine_gets_the_failure_as_JSON(int code, string kind, params string[] arguments)
    {
        using var folder = new Workplace();
        folder.With(Workplace.YamlFor(served.Crm.Address));

        var ended = await folder.RunAsync([.. arguments, "--output", "json"]);

        ended.ShouldEndWith(code).Json().GetProperty("kind").GetString().ShouldBe(kind);
        ended.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_missing_configuration_is_told()
    {
        using var folder = new Workplace();

        var ended = await folder.RunAsync("run", "list");

        ShouldBeOneSentence(ended, 1).ShouldContain("--config");
        (await folder.RunAsync("run", "list", "--output", "json")).ShouldEndWith(1).Json().GetProperty("kind").GetString().ShouldBe("Invalid");
    }

    [Fact]
    public async Task A_secret_in_the_configuration_is_refused_and_not_repeated()
    {
        using var folder = new Workplace();
        folder.With(Workplace.YamlFor(served.Crm.Address).Replace("file:TOKEN", Secret, StringComparison.Ordinal));

        var ended = await folder.RunAsync("connect", "test", Workplace.Connection);

        ShouldBeOneSentence(ended, 1).ShouldContain("by reference");
        ended.Everything.ShouldNotContain(Secret);
    }

    [Theory]
    [InlineData("env:LIAISON_NOT_SET", "LIAISON_NOT_SET is not set")]
    [InlineData("file:/nowhere/token", "cannot be read")]
    [InlineData("store:nosuch", "holds no secret")]
    public async Task A_missing_secret_is_told_by_its_place(string reference, string sentence)
    {
        using var folder = new Workplace();
        folder.With(Workplace.YamlFor(served.Crm.Address).Replace("file:TOKEN", reference, StringComparison.Ordinal));

        var ended = await folder.RunAsync("connect", "test", Workplace.Connection);

        ShouldBeOneSentence(ended, 1).ShouldContain(sentence);
    }

    [Fact]
    public async Task A_wrong_token_is_told_and_not_repeated()
    {
        using var folder = new Workplace();
        folder.With(Workplace.YamlFor(served.Crm.Address), Secret);

        var ended = await folder.RunAsync("connect", "test", Workplace.Connection);

        ShouldBeCalm(ended, 1);
        ended.Errors.ShouldContain(Workplace.Connection);
        ended.Everything.ShouldNotContain(Secret);
    }

    [Fact]
    public async Task A_CRM_that_nobody_serves_is_told_by_its_host()
    {
        using var folder = new Workplace();
        folder.With(Workplace.YamlFor(new Uri($"http://127.0.0.1:{FreePort.Find()}/")));

        var ended = await folder.RunAsync("connect", "test", Workplace.Connection);

        ShouldBeCalm(ended, 1);
        ended.Errors.Split('\n')[^1].ShouldContain("cannot be reached");
    }

    [Fact]
    public async Task A_port_in_use_is_told()
    {
        using var folder = new Workplace();
        var port = $"{served.Crm.Address.Port}";

        var emulate = await folder.RunAsync("emulate", "hubspot", "--port", port, "--contacts", "5", "--companies", "2");
        var demo = await folder.RunAsync("demo", "--exit", "--port", port, "--contacts", "5", "--companies", "2", "--folder", "demo");

        ShouldBeOneSentence(emulate, 1).ShouldContain($"Port {port}");
        ShouldBeOneSentence(demo, 1).ShouldContain($"Port {port}");
    }

    [Fact]
    public async Task A_caller_without_grant_is_refused_with_its_own_code()
    {
        using var folder = new Workplace();
        folder.With(Workplace.YamlFor(served.Crm.Address).Replace("subject: operator", "subject: somebody", StringComparison.Ordinal));

        var ended = await folder.RunAsync("search", Workplace.Connection, "contact", "--where", "lead status is New");

        ShouldBeOneSentence(ended, 3).ShouldContain("operator");
    }

    [Fact]
    public async Task A_run_over_a_connection_with_closed_writes_is_refused_before_it_reads_and_says_why()
    {
        using var folder = new Workplace();
        folder.With(Workplace.YamlFor(served.Crm.Address, writes: "closed"));
        var before = await served.Crm.WritesAsync();

        var ended = await folder.RunAsync("run", "start", "qualify", "--connection", Workplace.Connection);

        (await served.Crm.WritesAsync()).Writes.ShouldBe(before.Writes);
        ShouldBeOneSentence(ended, 3).ShouldBe("Connection crm is read-only; set writes: open on it to allow writes.");
    }

    private static string ShouldBeOneSentence(Ended ended, int code)
    {
        ShouldBeCalm(ended, code);
        ended.Errors.ShouldNotBeEmpty(ended.Everything);
        ended.Errors.ShouldNotContain("\n");
        return ended.Errors;
    }

    private static void ShouldBeCalm(Ended ended, int code)
    {
        ended.ShouldEndWith(code);
        ended.Everything.ShouldNotContain("   at ");
        ended.Everything.ShouldNotContain("Exception");
        ended.Everything.ShouldNotContain("System.");
    }
}
