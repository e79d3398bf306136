using System.Text.Json;
using Liaison.EndToEnd.Tests.Processes;

namespace Liaison.EndToEnd.Tests.Runs;

/// <summary>A connection that is removed in the middle of a run parks the run, ends no item, and brings it back when it is added again (R14).</summary>
public sealed class RemovedConnectionTests
{
    private const string Connection = "added";
    private const int Contacts = 2_000;

    [Fact]
    public async Task A_run_waits_for_its_connection_and_loses_and_doubles_nothing()
    {
        using var place = new Workplace();
        await using var crm = await Emulator.StartAsync(place.Folder, "--contacts", $"{Contacts}", "--companies", "50", "--ai-fields", "--limits", "off");
        var closed = Workplace.YamlFor(crm.Address).Replace("chunkSize: 400", "chunkSize: 100", StringComparison.Ordinal);
        var opened = closed.Replace("connections: [crm]", $"connections: [{Connection}]", StringComparison.Ordinal);
        place.With(closed);
        await crm.FaultAsync(new { kind = "slow", operation = "POST /crm/*/batch/update", delayMs = 4_000, probability = 1.0 });
        await AddAsync(place, crm);
        place.With(opened);
        await using var node = place.Start("serve", "--urls", "http://127.0.0.1:0");
        await node.LineWithAsync("Press Ctrl+C");
        var run = (await place.JsonAsync("run", "start", "qualify", "--connection", Connection, "--detach")).GetProperty("id").GetString()!;
        await Waits.UntilAsync("the first writes", async () => (await crm.WritesAsync()).Writes > 0);

        var named = (await place.RunAsync("connect", "remove", Connection)).ShouldEndWith(1);
        place.With(closed);
        var removed = (await place.RunAsync("connect", "remove", Connection)).ShouldEndWith(0);
        await Waits.UntilAsync("the node to let go", async () => (await ShowAsync(place, run)).GetProperty("workers").GetArrayLength() == 0);
        var parked = await ShowAsync(place, run);

        named.Errors.ShouldContain("policy.grants[0].connections");
        removed.Everything.ShouldContain($"Removed {Connection}");
        parked.GetProperty("state").GetString().ShouldBe("Parked");
        var counts = parked.GetProperty("counts");
        (counts.GetProperty("gone").GetInt32(), counts.GetProperty("dead").GetInt32()).ShouldBe((0, 0), counts.ToString());
        (await crm.WritesAsync()).Records.ShouldBeLessThan(Contacts);

        await crm.ClearFaultsAsync();
        await AddAsync(place, crm);
        place.With(opened);

        // The node goes on by itself where the grants are back in force when it looks; else a person says so.
        await Waits.UntilAsync("the end", async () => (await ShowAsync(place, run)).GetProperty("state").GetString() switch
        {
            "Finished" => true,
            "Parked" => (await place.RunAsync("run", "resume", run)).Code == 0,
            _ => false,
        });

        (await crm.WritesAsync()).ShouldBeOnceEach(Contacts);
        Drive.ShouldBeComplete(await place.JsonAsync("run", "report", run), Contacts);
    }

    private static Task<JsonElement> ShowAsync(Workplace place, string run) => place.JsonAsync("run", "show", run);

    // Added by command, which leaves it read-only, and opened to writes as a person does it.
    private static async Task AddAsync(Workplace place, Emulator crm)
    {
        (await place.RunWithInputAsync($"{Workplace.AccountToken}\n", "connect", "add", Connection, "--environment", "sandbox", "--base-url", $"{crm.Address}", "--limit-profile", "professional"))
            .ShouldEndWith(0);
        var file = Path.Combine(place.Folder, "state", "connections", $"{Connection}.yaml");
        place.Write(file, (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Replace("writes: closed", "writes: open", StringComparison.Ordinal));
    }
}
