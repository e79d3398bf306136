using Liaison.EndToEnd.Tests.Processes;
using Liaison.EndToEnd.Tests.Runs;

namespace Liaison.EndToEnd.Tests.Cluster;

/// <summary>A schedule of two nodes on one PostgreSQL: its time starts one run, which both carry.</summary>
public sealed class ScheduleTests
{
    private const int Contacts = 400;

    [Fact]
    public async Task A_time_of_a_schedule_that_serving_nodes_have_taken_up_starts_one_run_on_two_nodes_and_is_shown_with_its_next()
    {
        await using var cluster = await ClusterPlace.CreateAsync();
        await using var crm = await Emulator.StartAsync(cluster.Place.Folder, "--contacts", $"{Contacts}", "--companies", "40", "--ai-fields", "--limits", "off");
        var without = cluster.On(Workplace.YamlFor(crm.Address));
        cluster.Place.With(without);
        await using var one = await cluster.ServeAsync();
        await using var two = await cluster.ServeAsync();

        // Once a year at a minute that is soon: two nodes need some seconds to take it up, and no second time comes while the test looks.
        var at = TimeProvider.System.GetUtcNow().AddSeconds(10).AddHours(1);
        cluster.Place.With(without + $"""
            schedules:
              yearly:
                connection: {Workplace.Connection}
                cron: "{at.Second} {at.Minute} {at.Hour} {at.Day} {at.Month} ?"
                timeZone: Etc/GMT-1

            """);

        await Waits.UntilAsync("the run to have written all", async () => (await crm.WritesAsync()).Records == Contacts);
        await Waits.UntilAsync("its end", async () => (await cluster.Place.JsonAsync("run", "list"))[0].GetProperty("state").GetString() == "Finished");

        var runs = await cluster.Place.JsonAsync("run", "list");
        runs.GetArrayLength().ShouldBe(1);
        (await crm.WritesAsync()).ShouldBeOnceEach(Contacts);
        Drive.ShouldBeComplete(await cluster.Place.JsonAsync("run", "report", runs[0].GetProperty("id").GetString()!), Contacts);
        var schedule = (await cluster.Place.JsonAsync("run", "list", "--schedules"))[0];
        schedule.GetProperty("runId").GetString().ShouldBe(runs[0].GetProperty("id").GetString());
        schedule.GetProperty("dueAt").GetDateTimeOffset().Year.ShouldBe(at.Year + 1);
    }

    [Fact]
    public async Task A_second_run_is_refused_while_one_goes_on_and_names_it()
    {
        using var place = new Workplace();
        await using var crm = await Emulator.StartAsync(place.Folder, "--contacts", $"{Contacts}", "--companies", "40", "--ai-fields", "--limits", "off");
        place.With(Workplace.YamlFor(crm.Address));
        var going = (await place.JsonAsync("run", "start", "qualify", "--connection", Workplace.Connection, "--detach")).GetProperty("id").GetString()!;

        var refused = (await place.RunAsync("run", "start", "qualify", "--connection", Workplace.Connection)).ShouldEndWith(1);
        var planned = await place.RunAsync("run", "start", "qualify", "--connection", Workplace.Connection, "--plan-only");

        refused.Errors.ShouldContain($"Run {going} of qualify on {Workplace.Connection} is Running");
        refused.Errors.ShouldContain($"liaison run cancel {going}");
        planned.ShouldEndWith(0);
        (await crm.WritesAsync()).Writes.ShouldBe(0);
    }
}
