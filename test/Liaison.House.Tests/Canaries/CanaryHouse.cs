using System.Text;
using Liaison.Cli.Demo;
using Liaison.Cli.Hosting;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot;
using Liaison.Emulators.World;
using Liaison.Identity;
using Liaison.Model;
using Microsoft.Extensions.Logging;

namespace Liaison.House.Tests.Canaries;

/// <summary>A CRM full of canaries and an installation in front of it, put together as the executable does it.</summary>
internal sealed class CanaryHouse : IAsyncDisposable
{
    private readonly HubSpotEmulator emulator;
    private readonly string folder;
    private readonly HttpClient control;

    private CanaryHouse(HubSpotEmulator emulator, Installation installation, string folder)
    {
        this.emulator = emulator;
        this.folder = folder;
        Installation = installation;
        control = new HttpClient(new SocketsHttpHandler()) { BaseAddress = emulator.BaseAddress };
    }

    public static ConnectionName Connection { get; } = new("hubspot-demo");

    public static Caller Operator { get; } = new(new Subject(SubjectKind.Principal, "operator"), new Actor("cli"), Purpose.Assistance);

    public static Caller Administrator { get; } = Operator with { Purpose = Purpose.Administration };

    public static Caller Pipeline { get; } = new(new Subject(SubjectKind.Principal, "qualification"), new Actor("qualify"), Purpose.Qualification);

    public Installation Installation { get; }

    /// <summary>Gets the users who have a token of their own.</summary>
    public IEnumerable<Caller> Users => emulator.Credentials
        .Select(credential => credential.UserEmail)
        .OfType<string>()
        .Select(email => Operator with { Subject = new Subject(SubjectKind.User, email) });

    public static async Task<CanaryHouse> OpenAsync(Ear ear, int contacts, CancellationToken cancellationToken)
    {
        var world = Canary.PlantIn(WorldGenerator.Generate(new WorldOptions
        {
            Contacts = contacts,
            Companies = contacts / 10,
            Now = TimeProvider.System.GetUtcNow(),
        }));
        var options = new HubSpotEmulatorOptions { Limits = LimitMode.Off, SearchLag = TimeSpan.Zero };
        var emulator = await HubSpotEmulator.StartAsync(world, options, TimeProvider.System, cancellationToken);
        var folder = Directory.CreateTempSubdirectory("liaison-canaries-").FullName;
        var demo = new DemoFolder(folder);

        // The demo's configuration names both; nothing here goes to the second.
        demo.Prepare(new DemoCrm("hubspot", emulator.BaseAddress, emulator.Credentials), new DemoCrm("salesforce", emulator.BaseAddress, emulator.Credentials));

        // The account's token lies encrypted in the store, so that the scan of the database proves something.
        var yaml = await File.ReadAllTextAsync(demo.ConfigFile, cancellationToken);
        var reference = $"account: file:{Path.Combine(folder, "tokens", "hubspot-account")}";
        yaml.ShouldContain(reference);
        // Every body is kept, so that every body is searched.
        var whole = yaml.Replace(reference, "account: store:hubspot-demo", StringComparison.Ordinal) + "\ncalls: { successBodies: 100, bodyLength: 65536 }\n";
        await File.WriteAllTextAsync(demo.ConfigFile, whole, cancellationToken);

        var installation = await Installation.OpenAsync(
            InstallationSettings.FromFile(demo.ConfigFile), cancellationToken, logs => logs.SetMinimumLevel(LogLevel.Trace).AddProvider(ear));
        await installation.Secrets.PutAsync("hubspot-demo", Canary.Token, cancellationToken);
        return new CanaryHouse(emulator, installation, folder);
    }

    /// <summary>Creates the fields that AI writes.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken) => (await Installation.Gateway.ProvisionAsync(
        Administrator, Connection, RecordType.Contact, Installation.Playbooks, apply: true, cancellationToken)).Failure.ShouldBeNull();

    /// <summary>Gives the emulator its orders.</summary>
    public async Task MeetAsync(Trouble trouble, CancellationToken cancellationToken)
    {
        foreach (var (route, body) in trouble.Orders)
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await control.PostAsync(new Uri($"/_emulator/{route}", UriKind.Relative), content, cancellationToken);
            answer.IsSuccessStatusCode.ShouldBeTrue($"{trouble.Name}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
        }
    }

    /// <summary>Closes the installation, so that everything is on the disk, and reads the database out.</summary>
    public async Task<DatabaseText> CloseAsync()
    {
        await Installation.DisposeAsync();
        return DatabaseText.Read(Path.Combine(folder, "state", "liaison.db"));
    }

    public async ValueTask DisposeAsync()
    {
        control.Dispose();
        await Installation.DisposeAsync();
        await emulator.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
