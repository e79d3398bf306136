using Liaison.EndToEnd.Tests.Processes;

namespace Liaison.EndToEnd.Tests.Runs;

/// <summary>A run that is killed writes every contact exactly once all the same.</summary>
public sealed class KilledRunTests
{
    internal const int Contacts = 1_500;

    internal static readonly string[] World = ["--contacts", "1500", "--companies", "100", "--ai-fields", "--limits", "off"];

    [Theory]
    [InlineData(11)]
    public async Task A_run_killed_three_times_writes_every_contact_once(int seed)
    {
        using var place = new Workplace();
        await using var crm = await Emulator.StartAsync(place.Folder, World);
        place.With(Workplace.YamlFor(crm.Address));
        await SlowWritesAsync(crm);
        var drive = new Drive(place, crm);

        var kills = await drive.StartAndKillAtAsync(PointsFrom(seed));
        var midway = (await crm.WritesAsync()).Records;
        var report = await drive.FinishAsync();

        kills.ShouldBe(3);
        drive.Unsettled.ShouldBePositive("no kill fell between a write and the record of its outcome");
        midway.ShouldBeInRange(1, Contacts - 1);
        (await crm.WritesAsync()).ShouldBeOnceEach(Contacts);
        Drive.ShouldBeComplete(report, Contacts);
    }

    // Three points before the end, so that each kill meets a run with work left.
    internal static List<int> PointsFrom(int seed)
    {
        var chance = new Random(seed);
        return [.. new[] { chance.Next(1, 300), chance.Next(400, 700), chance.Next(800, 1_200) }];
    }

    // Some batches of a chunk are taken while others wait, so that a kill falls between a write and the record of its outcome.
    internal static Task SlowWritesAsync(Emulator crm) =>
        crm.FaultAsync(new { kind = "slow", operation = "POST /crm/*/batch/update", delayMs = 400, probability = 0.6 });
}
