using System.Collections.Concurrent;
using System.Globalization;
using Liaison.Emulators.Hosting;
using Liaison.HubSpot;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Reading;
using Liaison.Safety.Tests.Installed;

namespace Liaison.Safety.Tests.Budgets;

/// <summary>Three nodes on one store against one HubSpot account, counted by the account's own ledger.</summary>
/// <remarks>LIAISON_SOAK_SECONDS makes it a soak (bench/budgets.sh): then the use and people's waits are held to their targets as well.</remarks>
public sealed class SharedBudgetTests(ITestOutputHelper output)
{
    private const int Permitted = 152; // 80 % of 190 in ten seconds
    private const int Loops = 4;

    private static readonly PolicyOptions Policy = new() { Grants = [Scoring.Grant([])] };

    private static int? SoakSeconds =>
        int.TryParse(Environment.GetEnvironmentVariable("LIAISON_SOAK_SECONDS"), CultureInfo.InvariantCulture, out var seconds) ? seconds : null;

    [Fact]
    public async Task Three_nodes_keep_one_budget_together_and_people_get_through()
    {
        var folder = Directory.CreateTempSubdirectory("liaison-budget-").FullName;
        await using var crm = await EmulatedCrm.StartAsync(contacts: 200, LimitMode.Real);
        var ids = (await crm.SnapshotAsync("contacts", "email")).Keys.Take(20).ToList();
        var ear = new Ear();
        await using var one = await Engine.OpenAsync(crm, folder, Policy, ear, hurried: new HubSpotConnector());
        await using var two = await Engine.OpenAsync(crm, folder, Policy, ear, hurried: new HubSpotConnector());
        await using var three = await Engine.OpenAsync(crm, folder, Policy, ear, hurried: new HubSpotConnector());
        Engine[] nodes = [one, two, three];
        var batch = new int[nodes.Length];
        var waits = new ConcurrentQueue<double>();

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        stop.CancelAfter(TimeSpan.FromSeconds(SoakSeconds ?? 24));
        await Task.WhenAll(nodes.Index().SelectMany(node => Enumerable.Range(0, Loops)
            .Select(_ => LoopAsync(async () =>
            {
                await ReadAsync(node.Item, ids, "run-soak", stop.Token);
                Interlocked.Increment(ref batch[node.Index]);
            }))
            .Append(LoopAsync(async () =>
            {
                await Task.Delay(TimeSpan.FromMilliseconds(900), TimeProvider.System, stop.Token);
                var began = TimeProvider.System.GetTimestamp();
                await ReadAsync(node.Item, ids, runId: null, stop.Token);
                waits.Enqueue(TimeProvider.System.GetElapsedTime(began).TotalSeconds);
            }))));

        var seen = await crm.RequestsAsync();
        var used = (seen.Total - 1) / (seen.Span.TotalSeconds / 10 * Permitted);
        var slowest = waits.Order().ElementAt((int)(waits.Count * 0.95));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{seen.Total} requests in {seen.Span.TotalSeconds:0.0} s by nodes {string.Join(" + ", batch)}: at most {seen.MostInTenSeconds} in ten seconds of {Permitted}, {used:P1} used, {seen.Throttled} throttled; people {waits.Count}, p95 {slowest:0.000} s"));
        seen.MostInTenSeconds.ShouldBeLessThanOrEqualTo(Permitted);
        seen.Throttled.ShouldBe(0);
        batch.ShouldAllBe(calls => calls > seen.Total / 10);
        waits.Count.ShouldBeGreaterThan(nodes.Length * 8);
        if (SoakSeconds is not null)
        {
            used.ShouldBeGreaterThanOrEqualTo(0.95);
            slowest.ShouldBeLessThan(1);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task ReadAsync(Engine node, IReadOnlyList<string> ids, string? runId, CancellationToken cancellationToken)
    {
        var caller = Scoring.Run(runId);
        (await node.Gateway.ReadAsync(caller, new ReadRequest(Engine.Connection, RecordType.Contact, ids, ["email"]), cancellationToken)).Found();
    }

    private static async Task LoopAsync(Func<Task> turn)
    {
        try
        {
            while (true)
            {
                await turn();
            }
        }
        catch (OperationCanceledException)
        {
            // The time is over.
        }
    }
}
