using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Control;
using Liaison.Emulators.HubSpot.Endpoints;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Limits;
using Liaison.Emulators.HubSpot.Loading;
using Liaison.Emulators.HubSpot.Rights;
using Liaison.Emulators.HubSpot.Searching;
using Liaison.Emulators.HubSpot.Serving;
using Liaison.Emulators.HubSpot.Webhooks;
using Liaison.Emulators.HubSpot.Writing;
using Liaison.Emulators.World;

namespace Liaison.Emulators.HubSpot;

/// <summary>A local stand-in for HubSpot's HTTP API, with users, rights, limits and faults.</summary>
/// <remarks>
/// Listens on 127.0.0.1 only. Holds everything in memory: what is written is gone when it is disposed.
/// Tools and tests steer it through <c>/_emulator/</c>, which needs no token.
/// </remarks>
public sealed class HubSpotEmulator : IAsyncDisposable
{
    private readonly LoopbackServer _server;
    private readonly WebhookSender _sender;

    private HubSpotEmulator(LoopbackServer server, WebhookSender sender, IReadOnlyList<DemoCredential> credentials)
    {
        _server = server;
        _sender = sender;
        Credentials = credentials;
    }

    /// <summary>Gets the address to use in place of https://api.hubapi.com.</summary>
    public Uri BaseAddress => _server.BaseAddress;

    /// <summary>Gets the tokens that are accepted from the start.</summary>
    public IReadOnlyList<DemoCredential> Credentials { get; }

    /// <summary>Starts an emulator that holds the world's records.</summary>
    /// <exception cref="EmulatorPortInUseException">Another program has the port.</exception>
    /// <exception cref="ArgumentException">The options name a limit profile that does not exist.</exception>
    public static async Task<HubSpotEmulator> StartAsync(
        CrmWorld world, HubSpotEmulatorOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        var clock = new EmulatorClock(time);
        var ids = new IdSource(options.Seed);
        var account = WorldLoader.Load(world, options);
        var users = new DemoUsers(account, world.Now);
        var tokens = new TokenVault(account, options, users, ids, clock);
        var (refusals, throttle, faults, ledger, gaps, extra) = (new Refusals(ids), new Throttle(options, clock), new Faults<FaultKind>(), new Ledger<long>(), new PageGaps(), new ExtraHeaders());
        foreach (var app in tokens.Apps)
        {
            account.Events.Know(new AppWebhooks(app.Id, app.ClientSecret));
        }

        var writer = new RecordWriter(account, ledger, clock);
        var routes = new RouteTable<Route>(new Routes(account, refusals, ids, writer, gaps, throttle, tokens, new Grants(tokens, options, ids), users, clock).All);
        var control = new ControlRoutes(account, tokens, ledger, faults, gaps, extra, writer, clock, users);
        var door = new FrontDoor(
            account, routes, new Admission(tokens, refusals, clock, options), throttle, faults, extra, ledger, control, refusals, clock, ids);
        var server = await LoopbackServer.StartAsync(options.Port, door.HandleAsync, cancellationToken);
        return new HubSpotEmulator(server, new WebhookSender(account, clock, options), tokens.Demo);
    }

    /// <summary>Stops to listen and forgets everything.</summary>
    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _sender.DisposeAsync();
    }
}
