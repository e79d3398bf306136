using System.Globalization;
using System.Text.Json;
using Liaison.EndToEnd.Tests.Processes;
using Liaison.EndToEnd.Tests.Runs;

namespace Liaison.EndToEnd.Tests.Cluster;

/// <summary>Three processes of the executable on one run in one PostgreSQL: whoever is killed, every contact is written once.</summary>
public sealed class ClusterRunTests
{
    private const int Contacts = 4_000;

    private static readonly string[] World = ["--contacts", "4000", "--companies", "200", "--ai-fields", "--limits", "off"];

    [Fact]
    public async Task Three_processes_write_every_contact_once_though_leader_and_helper_are_killed()
    {
        await using var cluster = await ClusterPlace.CreateAsync();
        await using var crm = await Emulator.StartAsync(cluster.Place.Folder, World);
        cluster.Place.With(cluster.On(Workplace.YamlFor(crm.Address).Replace("chunkSize: 400", "chunkSize: 100", StringComparison.Ordinal)));
        await SlowWritesAsync(crm);
        await using var one = await cluster.ServeAsync();
        await using var two = await cluster.ServeAsync();
        await using var three = await cluster.ServeAsync();
        var nodes = new Dictionary<int, LiaisonProcess> { [one.Id] = one, [two.Id] = two, [three.Id] = three };

        var run = (await cluster.Place.JsonAsync("run", "start", "qualify", "--connection", Workplace.Connection, "--detach")).GetProperty("id").GetString()!;
        var (leader, helpers) = await CrewAsync(cluster, run);
        await Waits.UntilAsync("the first writes", async () => (await crm.WritesAsync()).Writes > 0);
        await nodes[leader].KillAsync();
        await Waits.UntilAsync("a third of the writes", async () => (await crm.WritesAsync()).Writes >= Contacts / 3);
        await Waits.UntilAsync("a helper with work in hand", async () => await cluster.InHandAsync(helpers[0]) > 0);
        await nodes[helpers[0]].KillAsync();
        var killedAt = (await crm.WritesAsync()).Writes;
        (await cluster.Place.RunAsync("run", "watch", run)).ShouldEndWith(0);

        killedAt.ShouldBeLessThan(Contacts);
        (await crm.WritesAsync()).ShouldBeOnceEach(Contacts);
        Drive.ShouldBeComplete(await cluster.Place.JsonAsync("run", "report", run), Contacts);
        await Waits.UntilAsync("the last to let go", async () => (await ShowAsync(cluster, run)).GetProperty("workers").GetArrayLength() == 0);
        var last = await nodes[helpers[1]].TerminateAsync();
        last.Errors.ShouldMatch($"-{helpers[0]}-\\S+ of run {run} has died; [1-9]\\d* items that it had in hand");
    }

    [Fact]
    public async Task A_run_is_paused_for_all_who_work_on_it_and_carried_on_by_all()
    {
        await using var cluster = await ClusterPlace.CreateAsync();
        await using var crm = await Emulator.StartAsync(cluster.Place.Folder, World);
        cluster.Place.With(cluster.On(Workplace.YamlFor(crm.Address).Replace("chunkSize: 400", "chunkSize: 100", StringComparison.Ordinal)));

        // No batch ends before the pause is given, however slow the machine is.
        await crm.FaultAsync(new { kind = "slow", operation = "POST /crm/*/batch/update", delayMs = 12_000 });
        await using var node = await cluster.ServeAsync();

        await using var starter = cluster.Place.Start("run", "start", "qualify", "--connection", Workplace.Connection);
        await Waits.UntilAsync("the first writes", async () => (await crm.WritesAsync()).Writes > 0);
        var run = (await cluster.Place.JsonAsync("run", "list"))[0].GetProperty("id").GetString()!;
        (await cluster.Place.RunAsync("run", "pause", run)).ShouldEndWith(0);
        (await starter.EndAsync()).ShouldEndWith(1);
        await Waits.UntilAsync("both to let go", async () => (await ShowAsync(cluster, run)).GetProperty("workers").GetArrayLength() == 0);
        var written = (await crm.WritesAsync()).Writes;
        (await StateAsync(cluster, run)).ShouldBe("Paused");

        await crm.ClearFaultsAsync();
        (await cluster.Place.RunAsync("run", "resume", run)).ShouldEndWith(0);

        written.ShouldBeLessThan(Contacts);
        (await crm.WritesAsync()).ShouldBeOnceEach(Contacts);
        Drive.ShouldBeComplete(await cluster.Place.JsonAsync("run", "report", run), Contacts);
    }

    // So that a kill meets a run in its middle: each batch takes its time at the CRM.
    private static Task SlowWritesAsync(Emulator crm) =>
        crm.FaultAsync(new { kind = "slow", operation = "POST /crm/*/batch/update", delayMs = 2_000, probability = 1.0 });

    /// <summary>Waits until all three work on the run, one of them as its leader.</summary>
    private static async Task<(int Leader, IReadOnlyList<int> Helpers)> CrewAsync(ClusterPlace cluster, string run)
    {
        var leader = 0;
        IReadOnlyList<int> workers = [];
        await Waits.UntilAsync("three workers", async () =>
        {
            var shown = await ShowAsync(cluster, run);
            workers = [.. shown.GetProperty("workers").EnumerateArray().Select(worker => ProcessOf(worker.GetString()!))];
            leader = shown.TryGetProperty("leader", out var name) ? ProcessOf(name.GetString()!) : 0;
            return workers.Count == 3 && leader != 0;
        });
        return (leader, [.. workers.Where(worker => worker != leader)]);
    }

    private static Task<JsonElement> ShowAsync(ClusterPlace cluster, string run) => cluster.Place.JsonAsync("run", "show", run);

    private static async Task<string?> StateAsync(ClusterPlace cluster, string run) => (await ShowAsync(cluster, run)).GetProperty("state").GetString();

    // As in worker-HOST-PROCESS-01jd….
    private static int ProcessOf(string worker) => int.Parse(worker.Split('-')[^2], CultureInfo.InvariantCulture);
}
