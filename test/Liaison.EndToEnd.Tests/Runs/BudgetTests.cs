using System.Globalization;
using System.Text.Json;
using Liaison.EndToEnd.Tests.Processes;
using Microsoft.Data.Sqlite;

namespace Liaison.EndToEnd.Tests.Runs;

/// <summary>A run is held against what is left of the day before it starts, and while it goes on (R95, R99).</summary>
public sealed class BudgetTests
{
    private const string Connection = Workplace.Connection;

    [Fact]
    public async Task A_run_that_the_day_does_not_hold_is_refused_with_the_figures_and_started_only_by_a_choice_that_is_recorded()
    {
        using var place = new Workplace();
        await using var crm = await Emulator.StartAsync(place.Folder, "--contacts", "400", "--companies", "20", "--ai-fields", "--limits", "off");
        place.With(Workplace.YamlFor(crm.Address).Replace("policy:\n", "policy:\n  members: [{ subject: olga, roles: [auditor] }]\n", StringComparison.Ordinal));
        var tested = await place.JsonAsync("connect", "test", Connection);
        var day = tested.GetProperty("connection").GetProperty("health").GetProperty("budgets").EnumerateArray().Single(budget => budget.GetProperty("limit").GetString() == "daily");
        await LeaveForRunsAsync(place, day, left: 9);

        var refused = (await place.RunAsync("run", "start", "qualify", "--connection", Connection)).ShouldEndWith(1);
        await LeaveForRunsAsync(place, day, left: 9);
        var planned = await place.JsonAsync("run", "start", "qualify", "--connection", Connection, "--plan-only");
        var before = await crm.WritesAsync();
        await LeaveForRunsAsync(place, day, left: 9);
        await place.RunAsync("run", "start", "qualify", "--connection", Connection, "--over-budget");
        var run = (await place.JsonAsync("run", "list"))[0];
        var shown = await place.JsonAsync("run", "show", run.GetProperty("id").GetString()!);

        var plan = planned.GetProperty("plan");
        var (needed, left) = (plan.GetProperty("dailyCalls").GetInt64(), plan.GetProperty("leftToday").GetInt64());
        needed.ShouldBeGreaterThan(left);
        left.ShouldBeInRange(0, 9);
        refused.Errors.ShouldContain($"The run needs {needed} calls and ");
        refused.Errors.ShouldContain("of the day's are left for runs");
        refused.Errors.ShouldContain(plan.GetProperty("resetsAt").GetDateTimeOffset().UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
        refused.Errors.ShouldContain("--over-budget");
        before.Writes.ShouldBe(0);

        run.GetProperty("state").GetString().ShouldBe("Parked");
        var forecast = shown.GetProperty("forecast");
        forecast.GetProperty("leftForRuns").GetInt64().ShouldBe(0);
        forecast.GetProperty("callsAhead").GetInt64().ShouldBePositive();
        forecast.GetProperty("told").GetString().ShouldNotBeNull().ShouldContain("will park until");
        var audited = await place.JsonAsync("audit", "show", "--action", "runs.over-budget", "--as", "olga");
        audited.EnumerateArray().Select(entry => entry.GetProperty("subject").GetString()).Distinct().ShouldHaveSingleItem().ShouldBe("operator");
        audited[0].GetProperty("reason").GetString().ShouldNotBeNull().ShouldContain($"needs {needed} calls");
    }

    [Fact]
    public async Task A_run_that_the_day_holds_says_so()
    {
        using var place = new Workplace();
        await using var crm = await Emulator.StartAsync(place.Folder, "--contacts", "100", "--companies", "5", "--ai-fields", "--limits", "off");
        place.With(Workplace.YamlFor(crm.Address));

        var planned = await place.JsonAsync("run", "start", "qualify", "--connection", Connection, "--plan-only");
        await place.RunAsync("run", "start", "qualify", "--connection", Connection, "--detach");
        var shown = await place.JsonAsync("run", "show", (await place.JsonAsync("run", "list"))[0].GetProperty("id").GetString()!);

        planned.GetProperty("plan").GetProperty("leftToday").GetInt64().ShouldBeGreaterThan(planned.GetProperty("plan").GetProperty("dailyCalls").GetInt64());
        shown.GetProperty("forecast").GetProperty("told").GetString().ShouldNotBeNull().ShouldContain("that is enough");
        shown.GetProperty("forecast").TryGetProperty("exhaustedAt", out _).ShouldBeFalse();
    }

    // As if other programs had spent the day: the count is the store's. A process that ends takes what it had leased with it.
    private static async Task LeaveForRunsAsync(Workplace place, JsonElement day, long left)
    {
        var gone = day.GetProperty("permitted").GetInt64() - day.GetProperty("left").GetInt64();
        var spent = gone + day.GetProperty("leftForRuns").GetInt64() - left;
        await using var database = new SqliteConnection($"Data Source={Path.Combine(place.Folder, "state", "liaison.db")};Pooling=False");
        await database.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = database.CreateCommand();
        command.CommandText = """
            INSERT INTO budgets (connection, kind, window_at, spent) VALUES ('crm', 'daily', $window, $spent)
            ON CONFLICT (connection, kind, window_at) DO UPDATE SET spent = excluded.spent
            """;
        command.Parameters.AddWithValue("$spent", spent);
        command.Parameters.AddWithValue("$window", day.GetProperty("resetsAt").GetDateTimeOffset().AddDays(-1).ToUnixTimeMilliseconds());
        (await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
    }
}
