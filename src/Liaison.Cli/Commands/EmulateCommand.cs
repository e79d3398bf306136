using System.CommandLine;
using System.Globalization;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot;
using Liaison.Emulators.Salesforce;
using Liaison.Emulators.World;
using Liaison.Emulators.World.Loading;

namespace Liaison.Cli.Commands;

/// <summary><c>liaison emulate</c>: a local stand-in for a CRM.</summary>
internal static class EmulateCommand
{
    private const int ListedRows = 20;

    private static readonly Option<int> Port = OptionChecks.Within(new("--port") { Description = "The port on 127.0.0.1; 0 takes a free one.", DefaultValueFactory = _ => 5101 }, 0, 65_535);

    private static readonly Option<int> SalesforcePort = OptionChecks.Within(new("--port") { Description = "The port on 127.0.0.1; 0 takes a free one.", DefaultValueFactory = _ => 5102 }, 0, 65_535);

    private static readonly Option<int> Contacts = OptionChecks.Within(new("--contacts") { Description = "How many contacts.", DefaultValueFactory = _ => 10_000 }, 0, 1_000_000);

    private static readonly Option<int> Companies = OptionChecks.Within(new("--companies") { Description = "How many companies.", DefaultValueFactory = _ => 1_000 }, 0, 1_000_000);

    private static readonly Option<int?> NewLeads = new("--new-leads") { Description = "How many contacts are new leads of the last day; the default is all." };

    private static readonly Option<int> Seed = new("--seed") { Description = "The same seed makes the same world.", DefaultValueFactory = _ => 1 };

    private static readonly Option<LimitMode> Limits = new("--limits") { Description = "real keeps the CRM's limits, off keeps none.", DefaultValueFactory = _ => LimitMode.Real };

    private static readonly Option<string> Tier = OptionChecks.Among(
        new("--limit-profile")
        {
            Description = "The account's tier: free-starter, professional, enterprise, pack, oauth.",
            DefaultValueFactory = _ => "professional",
        },
        "free-starter", "professional", "enterprise", "pack", "oauth");

    private static readonly Option<bool> AiFields = new("--ai-fields") { Description = "Create the fields that AI writes at start." };

    private static readonly Option<int> TokenLife = OptionChecks.Within(
        new("--token-life") { Description = "How many seconds an OAuth access token lives.", DefaultValueFactory = _ => 1_800 }, 5, 86_400);

    private static readonly Option<FileInfo?> Load = new("--load") { Description = "Load contacts from this CSV file instead of generating them." };

    private static readonly Option<FileInfo?> Map = new("--map") { Description = "Which columns of the file feed which fields." };

    public static Command Create()
    {
        var hubspot = new Command("hubspot", "A stand-in for HubSpot: users with rights, limits, faults; everything in memory.")
        {
            Port, Contacts, Companies, NewLeads, Seed, Limits, Tier, AiFields, TokenLife, Load, Map,
        };
        hubspot.Validators.Add(result =>
        {
            if ((result.GetValue(Load) is null) != (result.GetValue(Map) is null))
            {
                result.AddError("--load and --map go together: the map says which column feeds which field.");
            }
        });
        hubspot.SetAction(HubSpotAsync);
        var salesforce = new Command("salesforce", "A stand-in for Salesforce: users with sharing and field rights, limits, faults; everything in memory.")
        {
            SalesforcePort, Contacts, Companies, NewLeads, Seed, Limits, AiFields,
        };
        salesforce.SetAction(SalesforceAsync);
        return Verb.Group("emulate", "Run a local stand-in for a CRM.", hubspot, salesforce);
    }

    private static async Task<int> HubSpotAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        var options = new HubSpotEmulatorOptions
        {
            Port = parsed.GetValue(Port),
            Seed = parsed.GetValue(Seed),
            Limits = parsed.GetValue(Limits),
            LimitProfile = parsed.GetRequiredValue(Tier),
            AiFields = parsed.GetValue(AiFields),
            AccessTokenLifetime = TimeSpan.FromSeconds(parsed.GetValue(TokenLife)),
        };
        var world = WorldOf(parsed, options, now);
        await using var emulator = await HubSpotEmulator.StartAsync(world, options, TimeProvider.System, cancellationToken);
        WriteAddress(Console.Out, emulator, world);
        await Waiting.ForStopAsync(Console.Out, cancellationToken);
        return Output.ExitCode.Done;
    }

    private static async Task<int> SalesforceAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = new SalesforceEmulatorOptions
        {
            Port = parsed.GetValue(SalesforcePort),
            Seed = parsed.GetValue(Seed),
            Limits = parsed.GetValue(Limits),
            AiFields = parsed.GetValue(AiFields),
        };
        var world = Generated(parsed, TimeProvider.System.GetUtcNow());
        await using var emulator = await SalesforceEmulator.StartAsync(world, options, TimeProvider.System, cancellationToken);
        WriteAddress(Console.Out, emulator, world);
        await Waiting.ForStopAsync(Console.Out, cancellationToken);
        return Output.ExitCode.Done;
    }

    /// <summary>Tells where an emulator listens and which tokens it takes.</summary>
    public static void WriteAddress(TextWriter output, HubSpotEmulator emulator, CrmWorld world) =>
        WriteAddress(output, "HubSpot", emulator.BaseAddress, emulator.Credentials, world);

    /// <summary>Tells where an emulator listens and which tokens it takes.</summary>
    public static void WriteAddress(TextWriter output, SalesforceEmulator emulator, CrmWorld world)
    {
        WriteAddress(output, "Salesforce", emulator.BaseAddress, emulator.Credentials, world);
        output.WriteLine($"  app    {new Uri(emulator.BaseAddress, "_emulator/app")} gives key, secret and the private key for signed assertions");
    }

    private static void WriteAddress(TextWriter output, string crm, Uri address, IReadOnlyList<DemoCredential> credentials, CrmWorld world)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{crm} emulator: {address} with {world.People.Count:#,0} contacts, {world.Companies.Count:#,0} companies, {world.Deals.Count:#,0} deals"));
        foreach (var credential in credentials)
        {
            output.WriteLine($"  token {credential.Token,-24} {credential.Sees}");
        }

        output.WriteLine($"  ledger {new Uri(address, "_emulator/ledger")}");
    }

    private static CrmWorld Generated(ParseResult parsed, DateTimeOffset now) => WorldGenerator.Generate(new WorldOptions
    {
        Seed = parsed.GetValue(Seed),
        Contacts = parsed.GetValue(Contacts),
        Companies = parsed.GetValue(Companies),
        NewLeads = parsed.GetValue(NewLeads),
        Now = now,
    });

    private static CrmWorld WorldOf(ParseResult parsed, HubSpotEmulatorOptions options, DateTimeOffset now)
    {
        if (parsed.GetValue(Load) is not { } file || parsed.GetValue(Map) is not { } map)
        {
            return Generated(parsed, now);
        }

        var loaded = CsvContacts.Load(file.FullName, map.FullName, now);
        options.Properties = loaded.Properties;
        WriteLoad(Console.Out, loaded);
        return loaded.World;
    }

    private static void WriteLoad(TextWriter output, CsvLoad loaded)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Loaded {loaded.World.People.Count:#,0} of {loaded.Rows:#,0} rows: {loaded.RepairedRows:#,0} repaired, {loaded.Quarantined.Count:#,0} quarantined."));
        WriteRows(output, "repaired", [.. loaded.Repaired.Select(row => (row.Line, row.What, row.Why))]);
        WriteRows(output, "quarantined", [.. loaded.Quarantined.Select(row => (row.Line, row.What, row.Why))]);
        foreach (var note in loaded.Notes)
        {
            output.WriteLine($"  note: {note}");
        }
    }

    private static void WriteRows(TextWriter output, string what, IReadOnlyList<(int Line, string What, string Why)> rows)
    {
        foreach (var (line, found, why) in rows.Take(ListedRows))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  line {line} {what}: {found} ({why})"));
        }

        if (rows.Count > ListedRows)
        {
            // Nothing is dropped in silence: the lines that are not told one by one are named.
            output.WriteLine($"  also {what}: lines {string.Join(", ", rows.Skip(ListedRows).Select(row => row.Line))}");
        }
    }
}
