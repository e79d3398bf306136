using System.Globalization;
using System.Text.Json;
using Liaison.EndToEnd.Tests.Processes;

namespace Liaison.EndToEnd.Tests.Cluster;

/// <summary>How much is to be borne.</summary>
/// <param name="Nodes">How many processes work; each kill takes the next of them, and a new one takes its place.</param>
internal sealed record ChaosSize(int Contacts, int Nodes, int Seed, TimeSpan TokenLife)
{
    public const int Kills = 3;
}

/// <summary>What came of it: what the CRM's own ledger counted, beside the run's own report.</summary>
internal sealed record ChaosFigures(ContactWrites Ledger, JsonElement Report, TimeSpan Took, int Kills, int Resumes, int Refreshes)
{
    /// <summary>Tells it in lines that are read beside a target.</summary>
    public string Told(ChaosSize size)
    {
        var counts = Report.GetProperty("counts");
        int Of(string name) => counts.GetProperty(name).GetInt32();
        var ends = Of("done") + Of("skipped") + Of("gone") + Of("parked") + Of("dead");
        return string.Create(CultureInfo.InvariantCulture, $"""
            contacts {size.Contacts}, nodes {size.Nodes}, kills {Kills}, seed {size.Seed}, token life {size.TokenLife.TotalSeconds:0} s
            lost {size.Contacts - Ledger.Records}, doubled {Ledger.Duplicates}, most writes to one {Ledger.MaxPerRecord}
            in {Of("in")} = done {Of("done")} + skipped {Of("skipped")} + gone {Of("gone")} + parked {Of("parked")} + dead {Of("dead")} ({(ends == Of("in") ? "holds" : "does not hold")})
            intents left open {(Report.GetProperty("changes").TryGetProperty("Applying", out var open) ? open.GetInt32() : 0)}
            {Took.TotalSeconds:0} s, {size.Contacts / Took.TotalSeconds:0} writes a second, {Refreshes} tokens given out, {Resumes} resumes
            """);
    }
}

/// <summary>A run against a CRM that cuts answers, fails, throttles and lets tokens die, by processes that are killed.</summary>
internal static class Chaos
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    public static async Task<ChaosFigures> UnleashAsync(Workplace place, Func<string, string> store, ChaosSize size)
    {
        await using var crm = await Emulator.StartAsync(
            place.Folder,
            "--contacts", $"{size.Contacts}", "--companies", $"{(size.Contacts / 10) + 1}", "--ai-fields", "--limits", "off", "--token-life", $"{size.TokenLife.TotalSeconds:0}");
        place.With(store(ByConsent(crm.Address)));
        place.Write("secret", "liaison-demo-secret");
        await Consents.GiveAsync(place, Workplace.Connection);
        await FailNowAndThenAsync(crm, size.Seed);

        var nodes = await Task.WhenAll(Enumerable.Range(0, size.Nodes).Select(_ => ServeAsync(place)));
        try
        {
            var began = TimeProvider.System.GetTimestamp();
            var id = (await place.JsonAsync("run", "start", "qualify", "--connection", Workplace.Connection, "--detach")).GetProperty("id").GetString()!;
            var kills = await KillAsync(place, crm, nodes, size, id);
            var resumes = await EndAsync(place, id, size);
            var took = TimeProvider.System.GetElapsedTime(began);
            return new ChaosFigures(await crm.WritesAsync(), await place.JsonAsync("run", "report", id), took, kills, resumes, await RefreshesAsync(crm));
        }
        finally
        {
            foreach (var node in nodes)
            {
                await node.DisposeAsync();
            }
        }
    }

    private static string ByConsent(Uri address) => Workplace.YamlFor(address)
        .Replace("account: file:TOKEN", "app: { clientId: liaison-demo-account-app, clientSecret: file:secret }\n      account: { grant: authorization-code }", StringComparison.Ordinal)
        .Replace("where: lead status is New, created in the last 24 hours", "where: email has any value or email has no value", StringComparison.Ordinal);

    private static async Task FailNowAndThenAsync(Emulator crm, int seed)
    {
        await crm.FaultAsync(new { kind = "cut-after-commit", operation = "POST /crm/*/batch/update", probability = 0.05, seed });
        await crm.FaultAsync(new { kind = "status", status = 503, probability = 0.03, seed = seed + 1 });
        await crm.FaultAsync(new { kind = "burst", probability = 0.02, seed = seed + 2 });
    }

    private static async Task<LiaisonProcess> ServeAsync(Workplace place)
    {
        var node = place.Start("serve", "--urls", "http://127.0.0.1:0");
        await node.LineWithAsync("Press Ctrl+C");
        return node;
    }

    private static async Task<int> KillAsync(Workplace place, Emulator crm, LiaisonProcess[] nodes, ChaosSize size, string id)
    {
        // The ledger tells of every record: to ask for it often would be the test's own load.
        var glance = TimeSpan.FromMilliseconds(Math.Clamp(size.Contacts / 20, 50, 5_000));
        using var timer = new PeriodicTimer(glance, TimeProvider.System);
        var (kills, last, still) = (0, 0, TimeProvider.System.GetTimestamp());
        while (kills < ChaosSize.Kills && await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken))
        {
            var written = (await crm.WritesAsync()).Records;
            still = written > last ? TimeProvider.System.GetTimestamp() : still;
            last = written;
            if (written < size.Contacts * (kills + 1) / (ChaosSize.Kills + 1))
            {
                if (TimeProvider.System.GetElapsedTime(still) > Patience)
                {
                    // It met what a person must see to, as a sign-in that failed; one that works needs no help and takes none.
                    await place.RunAsync("run", "resume", id);
                    still = TimeProvider.System.GetTimestamp();
                }

                continue;
            }

            await nodes[kills % nodes.Length].KillAsync();
            await nodes[kills % nodes.Length].DisposeAsync();
            nodes[kills % nodes.Length] = await ServeAsync(place);
            kills++;
        }

        return kills;
    }

    /// <returns>How often the run had to be resumed, because it met what a person must see to.</returns>
    private static async Task<int> EndAsync(Workplace place, string id, ChaosSize size)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(Math.Clamp(size.Contacts / 5_000, 1, 10)), TimeProvider.System);
        var resumes = 0;
        while (await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken))
        {
            var state = (await place.JsonAsync("run", "show", id)).GetProperty("state").GetString();
            if (state == "Finished")
            {
                return resumes;
            }

            if (state == "Parked")
            {
                await place.RunAsync("run", "resume", id);
                (++resumes).ShouldBeLessThan(20, "the run parks again and again");
            }
        }

        return resumes;
    }

    private static async Task<int> RefreshesAsync(Emulator crm)
    {
        var tokens = await crm.GetAsync("_emulator/tokens");
        return tokens.ToString().Split("\"CL", StringSplitOptions.None).Length - 1;
    }
}
