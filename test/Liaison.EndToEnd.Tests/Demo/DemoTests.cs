using Liaison.EndToEnd.Tests.Processes;

namespace Liaison.EndToEnd.Tests.Demo;

/// <summary>The first thing that a visitor runs.</summary>
public sealed class DemoTests
{
    private static readonly string[] Small = ["--contacts", "600", "--companies", "60", "--folder", "demo"];

    [Fact]
    public async Task The_demo_does_the_main_job_within_the_limits_twice_in_one_folder()
    {
        using var place = new Workplace();

        var first = await LiaisonProcess.RunAsync(place.Folder, ["demo", "--exit", .. Small, "--output", "json"]);
        var second = await LiaisonProcess.RunAsync(place.Folder, ["demo", "--exit", .. Small]);

        var report = first.ShouldEndWith(0).Json();
        report.GetProperty("counts").GetProperty("done").GetInt32().ShouldBe(600);
        report.GetProperty("calls").GetProperty("throttled").GetInt32().ShouldBe(0);
        report.GetProperty("calls").GetProperty("failed").GetInt32().ShouldBe(0);

        // 600 in pages, links and batches; record by record it would be 2,400.
        report.GetProperty("calls").GetProperty("calls").GetInt32().ShouldBeInRange(8, 30);
        report.GetProperty("waiting").GetInt32().ShouldBePositive();
        second.ShouldEndWith(0).Output.ShouldContain("throttled 0, failed 0");
        second.Output.ShouldContain("wait for approval");
        Directory.GetFileSystemEntries(place.Folder).Select(Path.GetFileName).ShouldBe(["demo"]);
    }

    [Fact]
    public async Task A_served_demo_ends_cleanly_when_it_is_terminated()
    {
        using var place = new Workplace();
        await using var demo = LiaisonProcess.Start(place.Folder, ["demo", "--no-run", "--port", "0", .. Small]);
        var address = await Emulator.AddressOfAsync(demo);

        var listed = await LiaisonProcess.RunAsync(
            place.Folder, ["--config", Path.Combine("demo", "liaison.yaml"), "connect", "test", "hubspot-demo"]);
        var ended = await demo.TerminateAsync();

        address.IsLoopback.ShouldBeTrue();
        listed.ShouldEndWith(0);
        ended.ShouldEndWith(0).Output.ShouldContain("Stopped.");
        ended.Errors.ShouldBeEmpty();
    }
}
