using System.Text.Json;
using Liaison.EndToEnd.Tests.Processes;

namespace Liaison.EndToEnd.Tests.Runs;

/// <summary>Two in the morning: a scope is taken away in the middle of a run (R127, R150); a run that lacks one from the first does not start (R18).</summary>
public sealed class DrillTests
{
    private const string Scope = "crm.objects.contacts.write";
    private const int Contacts = 600;

    [Fact]
    public async Task A_lacking_scope_starts_no_run_and_one_taken_away_in_mid_run_is_alerted_found_in_three_commands_and_costs_nothing()
    {
        using var place = new Workplace();
        await using var crm = await Emulator.StartAsync(place.Folder, "--contacts", "600", "--companies", "40", "--ai-fields", "--limits", "off");
        place.With(Workplace.YamlFor(crm.Address));
        await ScopesAsync(crm, new { token = Workplace.AccountToken, removeScopes = new[] { Scope } });
        (await place.RunAsync("run", "start", "qualify", "--connection", Workplace.Connection)).ShouldEndWith(1).Errors.ShouldContain($"lacks {Scope} (score and update contacts)");
        (await place.JsonAsync("run", "list")).GetArrayLength().ShouldBe(0);
        await ScopesAsync(crm, new { token = Workplace.AccountToken, addScopes = new[] { Scope } });
        await KilledRunTests.SlowWritesAsync(crm);
        await using var driver = place.Start("run", "start", "qualify", "--connection", Workplace.Connection);
        await Waits.UntilAsync("the first writes", async () => driver.HasExited || (await crm.WritesAsync()).Writes > 0);

        await ScopesAsync(crm, new { token = Workplace.AccountToken, removeScopes = new[] { Scope } });
        var stopped = (await driver.EndAsync()).ShouldEndWith(1);

        stopped.Errors.ShouldContain($"Alert Forbidden on {Workplace.Connection} ({Scope})");
        stopped.Errors.ShouldContain("of qualify stopped");
        stopped.Errors.ShouldContain("Missing since");

        var listed = (await place.JsonAsync("run", "list"))[0];
        var shown = await place.JsonAsync("run", "show", listed.GetProperty("id").GetString()!);
        var health = (await place.JsonAsync("connect", "list"))[0].GetProperty("health");
        var tested = await place.JsonAsync("connect", "test", Workplace.Connection);

        health.GetProperty("state").GetString().ShouldBe("Forbidden");
        health.GetProperty("told").GetString().ShouldNotBeNull().ShouldContain(Scope);
        health.GetProperty("since").GetDateTimeOffset().ShouldBeGreaterThan(health.GetProperty("lastSuccess").GetDateTimeOffset().AddMinutes(-1));

        (listed.GetProperty("state").GetString(), listed.GetProperty("pipeline").GetString()).ShouldBe(("Parked", "qualify"));
        shown.GetProperty("reason").GetString().ShouldNotBeNull().ShouldContain($"{Scope}.");
        shown.GetProperty("counts").GetProperty("parked").GetInt32().ShouldBePositive();
        tested.GetProperty("missing").EnumerateArray().SelectMany(AnyOf).ShouldContain(Scope);

        await ScopesAsync(crm, new { token = Workplace.AccountToken, addScopes = new[] { Scope } });
        var report = await new Drive(place, crm).FinishAsync();

        (await crm.WritesAsync()).ShouldBeOnceEach(Contacts);
        Drive.ShouldBeComplete(report, Contacts);
    }

    private static Task ScopesAsync(Emulator crm, object change) => crm.PostAsync("_emulator/tokens", change);

    private static IEnumerable<string?> AnyOf(JsonElement missing) => missing.GetProperty("anyOf").EnumerateArray().Select(scope => scope.GetString());
}
