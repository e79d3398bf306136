using Liaison.EndToEnd.Tests.Processes;
using Liaison.EndToEnd.Tests.Runs;

namespace Liaison.EndToEnd.Tests.Cluster;

/// <summary>Processes of the executable whose database goes away in the middle of a run: nothing is lost or doubled, the log says it once, and work goes on.</summary>
public sealed class LostDatabaseTests
{
    private const int Contacts = 3_000;

    private static readonly TimeSpan Away = TimeSpan.FromSeconds(4);
    private static readonly string[] World = ["--contacts", "3000", "--companies", "150", "--ai-fields", "--limits", "off"];

    [Fact]
    public async Task A_run_outlives_a_cut_network_a_crash_and_a_restart_of_its_database()
    {
        await using var cluster = await ClusterPlace.CreateAsync(cuttable: true);
        await using var crm = await Emulator.StartAsync(cluster.Place.Folder, World);
        cluster.Place.With(cluster.On(Workplace.YamlFor(crm.Address).Replace("chunkSize: 400", "chunkSize: 100", StringComparison.Ordinal)));
        await crm.FaultAsync(new { kind = "slow", operation = "POST /crm/*/batch/update", delayMs = 1_000 });
        await using var one = await cluster.ServeAsync();
        await using var two = await cluster.ServeAsync();
        var run = (await cluster.Place.JsonAsync("run", "start", "qualify", "--connection", Workplace.Connection, "--detach")).GetProperty("id").GetString()!;

        // Each time while writes are at the CRM, so that outcomes come back to a store that is not there.
        await AtAsync(crm, Contacts / 5);
        await cluster.CutAsync(Away);
        await AtAsync(crm, Contacts * 2 / 5);
        await cluster.RestartAsync("QUIT", Away);
        await AtAsync(crm, Contacts * 3 / 5);
        await cluster.RestartAsync("INT", Away);
        var written = (await crm.WritesAsync()).Writes;
        await Waits.UntilAsync("the run to end", async () => (await cluster.Place.JsonAsync("run", "show", run)).GetProperty("state").GetString() == "Finished");

        written.ShouldBeLessThan(Contacts);
        (await crm.WritesAsync()).ShouldBeOnceEach(Contacts);
        Drive.ShouldBeComplete(await cluster.Place.JsonAsync("run", "report", run), Contacts);
        foreach (var node in new[] { one, two })
        {
            var told = (await node.TerminateAsync()).ShouldEndWith(0).Errors;
            told.Split('\n').Count(line => line.Contains("cannot be reached", StringComparison.Ordinal) || line.Contains("is stopping or starting", StringComparison.Ordinal)).ShouldBeInRange(3, 12, told);
            told.ShouldContain(" is back");
        }
    }

    private static Task AtAsync(Emulator crm, int writes) =>
        Waits.UntilAsync($"{writes} writes", async () => (await crm.WritesAsync()).Writes >= writes);
}
