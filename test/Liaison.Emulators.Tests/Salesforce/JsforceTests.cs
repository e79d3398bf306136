using System.Diagnostics;
using Liaison.Emulators.Tests.HubSpot;
using Liaison.Emulators.Tests.Salesforce.Bulk;
using Liaison.Emulators.Tests.Salesforce.Soql;

namespace Liaison.Emulators.Tests.Salesforce;

/// <summary>Runs jsforce, unchanged, against the query, composite, bulk and search resources.</summary>
public sealed class JsforceTests
{
    [Fact]
    public async Task Jsforce_queries_and_writes_in_sets_unchanged()
    {
        var folder = Repository.Find("test/clients/salesforce");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            Repository.SkipOrFail($"run `npm ci` in {folder} first");
        }

        // The client waits in real time for its jobs.
        await using var server = await BulkServer.StartAsync(clock: TimeProvider.System);
        for (var number = 0; number < 450; number++)
        {
            server.Org["Contact"].Insert(("LastName", $"Person {number}"), ("AccountId", number % 2 == 0 ? SoqlOrg.Id("001", 1) : null));
        }

        using var node = Process.Start(new ProcessStartInfo("node", ["--test", "sets.test.mjs"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["SALESFORCE_BASE_PATH"] = server.Address.ToString().TrimEnd('/') },
        })!;
        var (output, errors) = (node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);

        node.ExitCode.ShouldBe(0, await output + await errors);
    }
}
