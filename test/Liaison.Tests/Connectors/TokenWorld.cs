using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Identity.Tokens;
using Liaison.Model;
using Liaison.Testing;

namespace Liaison.Tests.Connectors;

/// <summary>A channel world whose account and users sign in at a server that gives out tokens.</summary>
internal sealed class TokenWorld : IAsyncDisposable
{
    public const string Ada = "ada@acme.test";
    public const string Ben = "ben@acme.test";

    private TokenWorld(OAuthServer server, ChannelWorld world) => (Server, World) = (server, world);

    public static StandInConnector Connector { get; } = new()
    {
        Descriptor = new StandInConnector().Descriptor with
        {
            Errors =
            [
                new ErrorRule([401], "FUTILE", FailureKind.Unauthenticated, "This session is not valid here.") { RenewalMayHelp = false },
                .. new StandInConnector().Descriptor.Errors,
            ],
            SignIn = new SignInDescriptor
            {
                Grants =
                [
                    new GrantDescriptor(GrantKind.AuthorizationCode), new GrantDescriptor(GrantKind.JwtBearer),
                    new GrantDescriptor(GrantKind.ClientCredentials), new GrantDescriptor(GrantKind.Password),
                ],
                Paths = _ => new SignInPaths("/token"),
                ReadOwner = answer => new TokenOwner
                {
                    AccountId = answer.TryGetProperty("account", out var account) ? account.GetString() : null,
                    InstanceUrl = answer.TryGetProperty("instance", out var instance) ? new Uri(instance.GetString()!) : null,
                },
            },
        },
    };

    public OAuthServer Server { get; }

    public ChannelWorld World { get; }

    public static AppOptions App { get; } = new() { ClientId = "app-1", ClientSecret = "env:APP" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<TokenWorld> StartAsync(ManualTime time, SignInOptions? account = null)
    {
        var server = await OAuthServer.StartAsync(time);
        var byCode = new SignInOptions { Grant = GrantKind.AuthorizationCode };
        var world = await ChannelWorld.StartAsync(time, connector: Connector, url: server.Url, credentials: new CredentialOptions
        {
            App = App,
            Account = account ?? byCode,
            Users = new Dictionary<string, SignInOptions> { [Ada] = byCode, [Ben] = byCode },
        });
        return new TokenWorld(server, world);
    }

    public SignIn SignInOf(string owner) => SignIn.Find(World.Connections.All[0], owner)!;

    /// <summary>Stores what a person's consent would give: a token of no use any more, beside a refresh token.</summary>
    public Task ConsentAsync(string owner = SignIn.Account, string? refreshToken = null, string? account = "org-1") => World.Keeper.ConnectAsync(
        SignInOf(owner),
        new TokenSet("canary-access-0", World.Time.GetUtcNow() - TimeSpan.FromHours(1), World.Time.GetUtcNow())
        {
            RefreshToken = refreshToken ?? Server.RefreshToken, AccountId = account,
        },
        Cancellation);

    public async Task<StoredCredential> StoredAsync(string owner = SignIn.Account) =>
        (await World.Tokens.FindAsync(new ConnectionName("demo"), owner, Cancellation)).ShouldNotBeNull();

    public async ValueTask DisposeAsync()
    {
        await World.DisposeAsync();
        await Server.DisposeAsync();
    }
}
