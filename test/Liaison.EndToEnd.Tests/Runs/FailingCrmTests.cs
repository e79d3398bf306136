using Liaison.EndToEnd.Tests.Processes;

namespace Liaison.EndToEnd.Tests.Runs;

/// <summary>A run that meets a CRM that fails now and then writes every contact exactly once all the same; killed in the middle it is in ChaosTests.</summary>
public sealed class FailingCrmTests
{
    [Fact]
    public async Task A_run_against_a_failing_CRM_writes_every_contact_once()
    {
        using var place = new Workplace();
        await using var crm = await Emulator.StartAsync(place.Folder, KilledRunTests.World);
        place.With(Workplace.YamlFor(crm.Address));
        await FailNowAndThenAsync(crm, seed: 5);
        var drive = new Drive(place, crm);

        await place.RunAsync("run", "start", "qualify", "--connection", Workplace.Connection);
        var report = await drive.FinishAsync();

        (await crm.WritesAsync()).ShouldBeOnceEach(KilledRunTests.Contacts);
        Drive.ShouldBeComplete(report, KilledRunTests.Contacts);
    }

    [Fact]
    public async Task An_outage_of_writes_alone_that_lasts_longer_than_all_attempts_kills_nothing()
    {
        using var place = new Workplace();
        await using var crm = await Emulator.StartAsync(place.Folder, KilledRunTests.World);
        place.With(Workplace.YamlFor(crm.Address));
        await crm.FaultAsync(new { kind = "status", status = 503, operation = "POST /crm/*/batch/update" });
        await using var process = place.Start(["run", "start", "qualify", "--connection", Workplace.Connection]);
        await Waits.UntilAsync("a write to be refused", async () => await RefusedAsync(crm) > 0);

        // Attempts of a write that nobody held back would be over after seven seconds.
        await Task.Delay(TimeSpan.FromSeconds(16), TimeProvider.System, TestContext.Current.CancellationToken);
        var refused = await RefusedAsync(crm);
        await crm.ClearFaultsAsync();
        await Waits.UntilAsync("the run to end", () => Task.FromResult(process.HasExited));

        var report = await place.JsonAsync("run", "report", await new Drive(place, crm).RunIdAsync());
        Drive.ShouldBeComplete(report, KilledRunTests.Contacts);
        (await crm.WritesAsync()).ShouldBeOnceEach(KilledRunTests.Contacts);
        refused.ShouldBeLessThan(40, "while the CRM answers nobody it is asked now and then only");
    }

    private static async Task<int> RefusedAsync(Emulator crm) => (await crm.GetAsync("_emulator/ledger")).GetProperty("operations").EnumerateArray()
        .Where(each => each.GetProperty("status").GetInt32() == 503)
        .Sum(each => each.GetProperty("count").GetInt32());

    private static async Task FailNowAndThenAsync(Emulator crm, int seed)
    {
        // One cut is certain; the rest is by chance, on every operation.
        await crm.FaultAsync(new { kind = "cut-after-commit", operation = "POST /crm/*/batch/update", skip = 3, count = 1 });
        await crm.FaultAsync(new { kind = "cut-after-commit", probability = 0.05, seed });
        await crm.FaultAsync(new { kind = "status", status = 503, probability = 0.03, seed = seed + 1 });
        await crm.FaultAsync(new { kind = "burst", probability = 0.02, seed = seed + 2 });
    }
}
