using System.Text.Json;
using Liaison.EndToEnd.Tests.Processes;

namespace Liaison.EndToEnd.Tests.Runs;

/// <summary>A run writes to production what a run in the sandbox was seen to write, and before that nothing (R192).</summary>
public sealed class PromotedRunTests
{
    private const int Contacts = 60;

    [Fact]
    public async Task Production_is_shown_what_would_be_written_until_a_sandbox_run_has_passed()
    {
        using var place = new Workplace();
        await using var sandbox = await StartAsync(place);
        await using var production = await StartAsync(place);
        place.With(YamlFor(sandbox.Address, production.Address));

        var early = await place.JsonAsync("run", "start", "qualify", "--connection", "live");
        (await production.WritesAsync()).Writes.ShouldBe(0);
        var unproven = await place.JsonAsync("promotion", "make", "live", "--from", Workplace.Connection, "--as", "root@acme.test");
        var tried = await place.JsonAsync("run", "start", "qualify", "--connection", Workplace.Connection);
        var run = tried.GetProperty("run").GetProperty("id").GetString()!;
        var promoted = await place.JsonAsync("promotion", "make", "live", "--from", Workplace.Connection, "--run", run, "--as", "root@acme.test");
        (await place.RunAsync("promotion", "make", "live", "--from", Workplace.Connection, "--as", Workplace.Operator)).ShouldEndWith(3).Errors.ShouldContain("admin");
        var late = await place.JsonAsync("run", "start", "qualify", "--connection", "live");

        Drive.ShouldBeComplete(early, Contacts);
        early.GetProperty("shown").GetInt32().ShouldBeGreaterThanOrEqualTo(Contacts);
        late.GetProperty("shown").GetInt32().ShouldBeLessThan(Contacts);
        Drive.ShouldBeComplete(late, Contacts);
        Promoted(unproven).ShouldBeEmpty();
        Promoted(promoted).ShouldBe(["contact.ai_playbook", "contact.ai_rationale", "contact.ai_score"]);
        (await production.WritesAsync()).ShouldBeOnceEach(Contacts);
    }

    private static Task<Emulator> StartAsync(Workplace place) =>
        Emulator.StartAsync(place.Folder, "--contacts", $"{Contacts}", "--companies", "10", "--ai-fields", "--limits", "off");

    private static List<string?> Promoted(JsonElement standing) =>
        [.. standing.EnumerateArray().Where(write => write.GetProperty("promoted").GetBoolean()).Select(write => write.GetProperty("write").GetString())];

    private static string YamlFor(Uri sandbox, Uri production) => Workplace.YamlFor(sandbox)
        .Replace("connections: [crm]", "connections: [crm, live]", StringComparison.Ordinal)
        .Replace("where: lead status is New, created in the last 24 hours", "where: email has any value or email has no value", StringComparison.Ordinal)
        .Replace("policy:\n", $"{Live(production)}policy:\n  members:\n    - subject: root@acme.test\n      roles: [admin]\n", StringComparison.Ordinal);

    private static string Live(Uri address) => $"""
          live:
            crm: hubspot
            environment: production
            baseUrl: {address}
            limitProfile: professional
            writes: open
            share: 1.0
            credentials:
              account: file:TOKEN

        """;
}
