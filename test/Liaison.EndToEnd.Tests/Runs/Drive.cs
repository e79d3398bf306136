using System.Text.Json;
using Liaison.EndToEnd.Tests.Processes;

namespace Liaison.EndToEnd.Tests.Runs;

/// <summary>Drives one run through as many processes as it takes.</summary>
internal sealed class Drive(Workplace place, Emulator crm)
{
    private const int MostResumes = 12;

    private string? runId;

    /// <summary>Gets how many writes the CRM held, at the moments of the kills, that the store did not know of.</summary>
    public int Unsettled { get; private set; }

    /// <summary>Starts a run and kills the process that drives it each time the CRM has taken one more of the thresholds.</summary>
    /// <returns>How many processes were killed in the middle.</returns>
    public async Task<int> StartAndKillAtAsync(IEnumerable<int> thresholds)
    {
        var kills = 0;
        string[] arguments = ["run", "start", "qualify", "--connection", Workplace.Connection];
        foreach (var threshold in thresholds)
        {
            await using var driver = place.Start(arguments);
            await Waits.UntilAsync($"{threshold} writes", async () =>
                driver.HasExited || (await crm.WritesAsync()).Writes >= threshold);
            kills += driver.HasExited ? 0 : 1;
            await driver.KillAsync();
            var id = await RunIdAsync();
            Unsettled += (await crm.WritesAsync()).Records - await AppliedAsync(id);
            arguments = ["run", "resume", id];
        }

        return kills;
    }

    private async Task<int> AppliedAsync(string id) =>
        (await place.JsonAsync("run", "report", id)).GetProperty("changes").TryGetProperty("Applied", out var applied) ? applied.GetInt32() : 0;

    public async Task<string> RunIdAsync() =>
        runId ??= (await place.JsonAsync("run", "list"))[0].GetProperty("id").GetString()!;

    /// <summary>Resumes until the run has finished; what is parked by a fault is taken up again by the next resume.</summary>
    /// <returns>The report of the run.</returns>
    public async Task<JsonElement> FinishAsync()
    {
        var id = await RunIdAsync();
        var resumed = await place.RunAsync("run", "resume", id, "--output", "json");
        for (var resumes = 1; resumed.Code != 0 && resumes < MostResumes; resumes++)
        {
            resumed = await place.RunAsync("run", "resume", id, "--output", "json");
        }

        return await place.JsonAsync("run", "report", id);
    }

    /// <summary>Asserts that every item came to an end, none of them a failure, and that nothing is unaccounted for.</summary>
    public static void ShouldBeComplete(JsonElement report, int contacts)
    {
        report.GetProperty("run").GetProperty("state").GetString().ShouldBe("Finished", report.ToString());
        var counts = report.GetProperty("counts");
        int Of(string name) => counts.GetProperty(name).GetInt32();
        Of("in").ShouldBe(Of("done") + Of("skipped") + Of("gone") + Of("parked") + Of("dead"), counts.ToString());
        (Of("in"), Of("done") + Of("skipped"), Of("gone"), Of("parked"), Of("dead")).ShouldBe((contacts, contacts, 0, 0, 0), counts.ToString());
    }
}
