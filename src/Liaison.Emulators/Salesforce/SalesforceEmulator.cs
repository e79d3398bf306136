using Liaison.Emulators.Hosting;
using Liaison.Emulators.Salesforce.Bulk;
using Liaison.Emulators.Salesforce.Control;
using Liaison.Emulators.Salesforce.Describing;
using Liaison.Emulators.Salesforce.Http;
using Liaison.Emulators.Salesforce.Limits;
using Liaison.Emulators.Salesforce.Loading;
using Liaison.Emulators.Salesforce.Rights;
using Liaison.Emulators.Salesforce.Rows;
using Liaison.Emulators.Salesforce.Serving;
using Liaison.Emulators.Salesforce.SignIn;
using Liaison.Emulators.Salesforce.Writing;
using Liaison.Emulators.World;

namespace Liaison.Emulators.Salesforce;

/// <summary>A local stand-in for Salesforce's REST platform, with users, rights, limits and faults.</summary>
/// <remarks>
/// Listens on 127.0.0.1 only. Holds everything in memory: what is written is gone when it is disposed.
/// Tools and tests steer it through <c>/_emulator/</c>, which needs no token.
/// Its consent page answers at once: as the administrator, as whom <c>login_hint</c> names, or, with <c>deny=true</c>, by a refusal.
/// </remarks>
public sealed class SalesforceEmulator : IAsyncDisposable
{
    private readonly LoopbackServer _server;
    private readonly ClientApp _app;
    private readonly BulkJobs _jobs;

    private SalesforceEmulator(LoopbackServer server, ClientApp app, BulkJobs jobs, IReadOnlyList<DemoCredential> credentials)
    {
        (_server, _app, _jobs) = (server, app, jobs);
        Credentials = credentials;
    }

    /// <summary>Gets the org's address: login host and instance address in one.</summary>
    public Uri BaseAddress => _server.BaseAddress;

    /// <summary>Gets the access tokens that are accepted from the start.</summary>
    public IReadOnlyList<DemoCredential> Credentials { get; }

    /// <summary>Starts an emulator that holds the world's records.</summary>
    /// <exception cref="EmulatorPortInUseException">Another program has the port.</exception>
    public static async Task<SalesforceEmulator> StartAsync(
        CrmWorld world, SalesforceEmulatorOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        var (clock, ids, ledger, faults, extra) = (new EmulatorClock(time), new IdSource(options.Seed), new Ledger<string>(), new Faults<FaultKind>(), new ExtraHeaders());
        var (org, people) = OrgLoader.Load(world, options);
        var permissions = new Permissions(org);
        var (app, tokens, consents) = (new ClientApp(options.JwtPublicKey), new Tokens(org, permissions, options, ids, clock), new Consents(options, ids));
        var instance = new InstanceAddress();
        app.RunAs = people.Administrator.Username;
        foreach (var (_, token, user, _) in people.Demo.Named)
        {
            tokens.Fix(token, user);
        }

        var (validations, duplicates, locks, usage) = (new ValidationRules(org), new DuplicateRules(options), new RowLocks(), new ApiUsage(options, clock, ids));
        var writer = new RowWriter(org, new ObjectRules(org, options, people.Queues), validations, duplicates, locks, ledger);
        var versions = new Versions(options.NewestVersion);
        var (dispatcher, jobs) = (new Dispatcher(versions), new BulkJobs());
        dispatcher.Use(
        [
            .. DescribeRoutes.All, .. PicklistRoutes.All, .. new LimitRoutes(usage).All, .. new QueryRoutes(options.SearchLag, ids).All, .. new SetRoutes(dispatcher, jobs, usage, clock).All,
            .. ChangeRoutes.All, .. new CollectionRoutes(writer).All, .. new RowRoutes(writer).All,
        ]);
        var control = new ControlRoutes(
            org,
            ledger,
            new FaultControl(faults),
            extra,
            new SchemaControl(org, validations, clock),
            new RightsControl(org, permissions, people.Demo, tokens, app),
            new TokenControl(tokens, app, instance, clock),
            new RecordControl(org, writer, locks, new UserSchema(org, permissions, people.Administrator, clock), clock),
            duplicates,
            clock);
        var signIn = new SignInDoor(org, new OAuth(org, app, tokens, consents, instance, options, clock), new Identity(org, people.Administrator, tokens, consents, clock));
        var door = new FrontDoor(org, dispatcher, versions, signIn, new Admission(tokens, instance, clock), usage, faults, extra, ledger, control, clock, ids);
        var server = await LoopbackServer.StartAsync(options.Port, door.HandleAsync, cancellationToken);
        return new SalesforceEmulator(server, app, jobs, people.Demo.Credentials);
    }

    /// <summary>Stops to listen and forgets everything.</summary>
    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _jobs.Dispose();
        _app.Dispose();
    }
}
