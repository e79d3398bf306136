using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Liaison.Connectors;
using Liaison.Identity;
using Liaison.Testing;
using Liaison.Tests.Identity;

namespace Liaison.Tests.Connectors;

/// <summary>Sign-ins without a person: signed assertions, client credentials, passwords (contracts/salesforce.md 1.3, 1.6, R3, R5).</summary>
public sealed class AssertionTests : IDisposable
{
    private readonly string keyFile = Path.GetTempFileName();
    private readonly RSA key = RSA.Create(2048);
    private readonly ManualTime time = new();

    public AssertionTests() => File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());

    [Fact]
    public async Task An_assertion_is_signed_as_the_contract_says_byte_for_byte()
    {
        await using var world = await TokenWorld.StartAsync(time, Jwt());

        (await world.World.SendAsync(ChannelWorld.Read())).Failure.ShouldBeNull();

        var form = world.Server.Forms.ShouldHaveSingleItem();
        form.Keys.Order().ShouldBe(["assertion", "grant_type"]);
        form["grant_type"].ShouldBe("urn:ietf:params:oauth:grant-type:jwt-bearer");
        var parts = form["assertion"].Split('.');
        Text(parts[0]).ShouldBe("""{"alg":"RS256"}""");
        Text(parts[1]).ShouldBe(
            $$"""{"iss":"app-1","sub":"integration@acme.test","aud":"{{world.Server.Url.GetLeftPart(UriPartial.Authority)}}","exp":{{(time.GetUtcNow() + TimeSpan.FromSeconds(120)).ToUnixTimeSeconds()}}}""");
        key.VerifyData(
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .ShouldBeTrue();
    }

    [Fact]
    public async Task An_assertion_is_signed_anew_when_the_token_is_old()
    {
        await using var world = await TokenWorld.StartAsync(time, Jwt());
        await world.World.SendAsync(ChannelWorld.Read());
        await world.World.SendAsync(ChannelWorld.Read());
        time.Advance(TimeSpan.FromMinutes(25));

        await world.World.SendAsync(ChannelWorld.Read());

        world.Server.Forms.Count.ShouldBe(2);
        world.Server.Calls.ShouldAllBe(call => call.Status == 200);
    }

    [Fact]
    public async Task A_key_that_is_none_is_told_and_not_shown()
    {
        await File.WriteAllTextAsync(keyFile, "canary", TestContext.Current.CancellationToken);
        await using var world = await TokenWorld.StartAsync(time, Jwt());

        var failure = (await world.World.Sessions.OpenAsync(world.World.PermitOf(ChannelWorld.Pipeline()), TestContext.Current.CancellationToken)).Refused();

        failure.Message.ShouldBe("Connection demo cannot sign in: the app's private key cannot be read; an unencrypted RSA key as PEM is wanted.");
        world.Server.Forms.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_app_signs_in_as_itself_with_its_secret_in_the_body()
    {
        await using var world = await TokenWorld.StartAsync(time, new SignInOptions { Grant = GrantKind.ClientCredentials });

        (await world.World.SendAsync(ChannelWorld.Read())).Failure.ShouldBeNull();

        world.Server.Forms.ShouldHaveSingleItem().ShouldBe(
            new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = "app-1", ["client_secret"] = ChannelWorld.AppSecret }, ignoreOrder: true);
    }

    [Theory]
    [InlineData("invalid_client", "Connection demo cannot sign in: StandIn does not accept the app; correct its clientId and secret.", true)]
    [InlineData("unsupported_grant_type", "Connection demo cannot sign in: StandIn does not offer this grant to the app; turn it on in the app's settings or use another.", true)]
    [InlineData("server_error", "Connection demo cannot sign in: StandIn's login host is out of order; try again later.", false)]
    public async Task A_refused_sign_in_says_what_would_mend_it(string error, string told, bool needsAuthorization)
    {
        await using var world = await TokenWorld.StartAsync(time, Jwt());
        world.Server.TokenTrouble = (400, $$"""{"error":"{{error}}"}""");

        var opening = world.World.Sessions.OpenAsync(world.World.PermitOf(ChannelWorld.Pipeline()), TestContext.Current.CancellationToken);
        var failure = (await time.PassAsync(opening, TestContext.Current.CancellationToken)).Refused();

        failure.Message.ShouldBe(told);
        (await world.StoredAsync()).NeedsAuthorization.ShouldBe(needsAuthorization);
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(20, "")]
    [InlineData(300, " This machine's clock is 300 seconds behind the login host's; set it first.")]
    [InlineData(-90, " This machine's clock is 90 seconds ahead of the login host's; set it first.")]
    public async Task An_assertion_is_not_blamed_before_the_clocks_were_compared(int ahead, string told)
    {
        await using var world = await TokenWorld.StartAsync(time, Jwt());
        world.Server.TokenTrouble = (400, """{"error":"invalid_grant","error_description":"expired assertion"}""");
        world.Server.Ahead = TimeSpan.FromSeconds(ahead);

        var failure = (await world.World.Sessions.OpenAsync(world.World.PermitOf(ChannelWorld.Pipeline()), TestContext.Current.CancellationToken)).Refused();

        failure.Message.ShouldBe($"Connection demo cannot sign in: StandIn no longer takes what the sign-in gave; sign in again with liaison connect add.{told}");
    }

    [Fact]
    public async Task A_sign_in_that_the_clock_has_no_part_in_says_nothing_of_it()
    {
        await using var world = await TokenWorld.StartAsync(time, new SignInOptions { Grant = GrantKind.ClientCredentials });
        world.Server.TokenTrouble = (400, """{"error":"invalid_grant"}""");
        world.Server.Ahead = TimeSpan.FromHours(1);

        var failure = (await world.World.Sessions.OpenAsync(world.World.PermitOf(ChannelWorld.Pipeline()), TestContext.Current.CancellationToken)).Refused();

        failure.Message.ShouldNotContain("clock");
    }

    public void Dispose()
    {
        key.Dispose();
        File.Delete(keyFile);
    }

    private SignInOptions Jwt() => new()
    {
        Grant = GrantKind.JwtBearer,
        Username = "integration@acme.test",
        App = new AppOptions { ClientId = "app-1", PrivateKey = $"file:{keyFile}" },
    };

    private static string Text(string part) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(part));
}
