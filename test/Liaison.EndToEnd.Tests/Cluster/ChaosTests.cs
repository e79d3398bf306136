using System.Globalization;
using Liaison.EndToEnd.Tests.Processes;
using Liaison.EndToEnd.Tests.Runs;

namespace Liaison.EndToEnd.Tests.Cluster;

/// <summary>Nothing lost, nothing doubled, whatever fails; at full size by <c>bench/chaos.sh</c>, which sets the size and reads the figures.</summary>
public sealed class ChaosTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Three_nodes_on_PostgreSQL_each_killed_once_lose_and_double_nothing()
    {
        await using var cluster = await ClusterPlace.CreateAsync();
        var size = new ChaosSize(Given("CONTACTS", 3_000), Nodes: 3, Given("SEED", 37), TimeSpan.FromSeconds(Given("TOKEN_LIFE", 10)));

        ShouldHold(await Chaos.UnleashAsync(cluster.Place, cluster.On, size), size);
    }

    [Fact]
    public async Task One_process_on_SQLite_killed_three_times_loses_and_doubles_nothing()
    {
        using var place = new Workplace();
        var size = new ChaosSize(Given("CONTACTS", 1_500), Nodes: 1, Given("SEED", 41), TimeSpan.FromSeconds(Given("TOKEN_LIFE", 10)));

        ShouldHold(await Chaos.UnleashAsync(place, yaml => yaml, size), size);
    }

    private static int Given(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable($"LIAISON_CHAOS_{name}"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : otherwise;

    private void ShouldHold(ChaosFigures figures, ChaosSize size)
    {
        output.WriteLine(figures.Told(size));
        if (Environment.GetEnvironmentVariable("LIAISON_CHAOS_FIGURES") is { } file)
        {
            File.WriteAllText(file, figures.Told(size) + Environment.NewLine);
        }

        figures.Kills.ShouldBe(ChaosSize.Kills);
        figures.Ledger.ShouldBeOnceEach(size.Contacts);
        Drive.ShouldBeComplete(figures.Report, size.Contacts);
        figures.Report.GetProperty("changes").TryGetProperty("Applying", out _).ShouldBeFalse("an intent was never settled");
        figures.Refreshes.ShouldBeGreaterThan(1, "no token was renewed");
    }
}
