using Liaison.EndToEnd.Tests.Cluster;
using Liaison.EndToEnd.Tests.Processes;
using Liaison.EndToEnd.Tests.Runs;

namespace Liaison.EndToEnd.Tests.Salesforce;

/// <summary>Processes that die while a job of the CRM is on its way: whoever comes after them goes on with it, and every row is written once (docs/decisions/0021).</summary>
public sealed class KilledJobTests
{
    private const int Contacts = 300;

    private static readonly string[] World = ["--contacts", "300", "--companies", "30", "--ai-fields", "--limits", "off"];

    // What a process stands at when it is killed. The third looks before it starts what it finds: its second look is held.
    private static readonly Step[] Steps =
    [
        new("PUT /jobs/{kind}/{id}/{file}", "the job is made and has no rows"),
        new("PATCH /jobs/{kind}/{id}", "the job has its rows and is not started"),
        new("GET /jobs/{kind}/{id}", "the job is started", Before: 1),
        new("GET /jobs/{kind}/{id}/{file}", "the job is over and its results are not read"),
    ];

    [Fact]
    public async Task A_job_whose_processes_die_at_each_of_its_steps_writes_every_row_once()
    {
        using var place = new Workplace();

        await ShouldSurviveAsync(place, store: null);
    }

    [Fact]
    public async Task On_PostgreSQL_too()
    {
        await using var cluster = await ClusterPlace.CreateAsync();

        await ShouldSurviveAsync(cluster.Place, cluster.On);
    }

    private static async Task ShouldSurviveAsync(Workplace place, Func<string, string>? store)
    {
        await using var crm = await Emulator.StartSalesforceAsync(place.Folder, World);
        place.WithSalesforce(crm.Address, jobsFrom: 100, store: store);
        await LockOneAsync(crm);
        var drive = new Drive(place, crm);
        string[] verb = ["run", "start", "qualify", "--connection", Workplace.Connection];
        foreach (var step in Steps)
        {
            await KillAtAsync(crm, step, place.Start(verb));
            verb = ["run", "resume", await drive.RunIdAsync()];
        }

        var writtenBefore = (await crm.WritesAsync()).Writes;
        var report = await drive.FinishAsync();

        writtenBefore.ShouldBe(Contacts - 1, "the job that was over had written all but the row that met a lock");
        (await JobsAsync(crm)).ShouldBe(["JobComplete", "Open"], "the one that got no rows was to be left, and the other to be gone on with");
        (await crm.WritesAsync()).ShouldBeOnceEach(Contacts);
        Drive.ShouldBeComplete(report, Contacts);
    }

    // The step's call is held before the CRM does anything of it, for longer than the test lasts, and goes with its process.
    private static async Task KillAtAsync(Emulator crm, Step step, LiaisonProcess process)
    {
        await crm.FaultAsync(new { kind = "slow", @long = false, operation = step.Operation, skip = step.Before, count = 1, delayMs = 600_000 });
        await using (process)
        {
            await Waits.UntilAsync($"{step.Operation} to be held", async () => process.HasExited || await IsHeldAsync(crm));
            process.HasExited.ShouldBeFalse($"the process ended before it came to where {step.Then}");
            await process.KillAsync();
        }

        await crm.ClearFaultsAsync();
    }

    private static async Task<bool> IsHeldAsync(Emulator crm) =>
        (await crm.GetAsync("_emulator/faults")).GetProperty("faults")[0].GetProperty("remaining").GetInt32() == 0;

    // Of a job that took all its rows no file is read.
    private static async Task LockOneAsync(Emulator crm)
    {
        var found = await crm.GetAsync("services/data/v66.0/query?q=SELECT+Id+FROM+Contact+LIMIT+1", SalesforcePlace.Administrator);
        await crm.PostAsync("_emulator/locks", new { id = found.GetProperty("records")[0].GetProperty("Id").GetString(), tries = 1 });
    }

    private static async Task<IReadOnlyList<string>> JobsAsync(Emulator crm)
    {
        var listed = await crm.GetAsync("services/data/v66.0/jobs/ingest", SalesforcePlace.Administrator);
        return [.. listed.GetProperty("records").EnumerateArray().Select(job => job.GetProperty("state").GetString()!).Order(StringComparer.Ordinal)];
    }

    /// <summary>A call that a run makes of its job.</summary>
    /// <param name="Then">How things stand before it.</param>
    /// <param name="Before">How many calls of the same form the process makes before it.</param>
    private sealed record Step(string Operation, string Then, int Before = 0);
}
