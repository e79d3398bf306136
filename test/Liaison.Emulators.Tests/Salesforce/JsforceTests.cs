using System.Diagnostics;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.Salesforce;
using Liaison.Emulators.Tests.HubSpot;
using Liaison.Emulators.World;

namespace Liaison.Emulators.Tests.Salesforce;

/// <summary>Runs jsforce, unchanged, against the emulator: sign-in, describes, queries, rows, collections, composite, bulk, search, limits.</summary>
public sealed class JsforceTests
{
    [Fact]
    public async Task Jsforce_works_unchanged()
    {
        var folder = Repository.Find("test/clients/salesforce");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            Repository.SkipOrFail($"run `npm ci` in {folder} first");
        }

        // The client waits in real time for its jobs.
        var options = new SalesforceEmulatorOptions { Limits = LimitMode.Real, AiFields = true };
        await using var emulator = await SalesforceEmulator.StartAsync(World(), options, TimeProvider.System, TestContext.Current.CancellationToken);

        using var node = Process.Start(new ProcessStartInfo("node", ["--test", "sets.test.mjs"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["SALESFORCE_BASE_PATH"] = emulator.BaseAddress.ToString().TrimEnd('/') },
        })!;
        var (output, errors) = (node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);

        node.ExitCode.ShouldBe(0, await output + await errors);
    }

    // Every second person at Acme, the others at Globex.
    private static CrmWorld World()
    {
        var world = WorldGenerator.Generate(new WorldOptions { Now = TimeProvider.System.GetUtcNow(), Contacts = 450, Companies = 10 });
        return world with
        {
            Companies = [.. world.Companies.Select(company => company.Key switch { 1 => company with { Name = "Acme" }, 2 => company with { Name = "Globex" }, _ => company })],
            People = [.. world.People.Select(person => person with { CompanyKey = person.Key % 2 == 1 ? 1 : 2 })],
        };
    }
}
