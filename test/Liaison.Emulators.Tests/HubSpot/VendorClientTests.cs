using System.Diagnostics;

namespace Liaison.Emulators.Tests.HubSpot;

/// <summary>Runs HubSpot's own npm client, unchanged, against the emulator.</summary>
public sealed class VendorClientTests
{
    [Fact]
    public async Task HubSpots_own_client_works_unchanged()
    {
        var folder = Repository.Find("test/clients/hubspot");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            Repository.SkipOrFail($"run `npm ci` in {folder} first");
        }

        await using var portal = await Portal.StartAsync(options => options.AiFields = true);
        using var node = Process.Start(new ProcessStartInfo("node", ["--test", "client.test.mjs"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["HUBSPOT_BASE_PATH"] = portal.Emulator.BaseAddress.ToString().TrimEnd('/') },
        })!;
        var (output, errors) = (node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);

        node.ExitCode.ShouldBe(0, await output + await errors);
    }
}
