using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Liaison.Server.Rest.Hosting;

namespace Liaison.Server.Tests.Rest;

public sealed class ServerOptionsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("liaison-server-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("http://127.0.0.1:7400", true)]
    [InlineData("http://localhost:7400", true)]
    [InlineData("http://[::1]:7400", true)]
    [InlineData("http://0.0.0.0:7400", false)]
    [InlineData("http://[::]:7400", false)]
    [InlineData("http://10.0.0.7:7400", false)]
    [InlineData("http://*:7400", false)]
    [InlineData("https://127.0.0.1:7400", false)]
    [InlineData("ftp://127.0.0.1", false)]
    [InlineData("http://127.0.0.1:7400/api", false)]
    [InlineData("", false)]
    public void Without_more_only_plain_loopback_is_served(string url, bool right) =>
        ServerOptionsValidator.Validate(new ServerOptions { Urls = [url] }).All(fault => !fault.StartsWith("server.urls: ", StringComparison.Ordinal)).ShouldBe(right);

    [Fact]
    public void Beyond_loopback_it_takes_https_or_a_proxy_and_the_names_of_the_hosts()
    {
        ServerOptionsValidator.Validate(new ServerOptions { Urls = ["https://0.0.0.0:443"], Certificate = "cert.pem", Hosts = ["liaison.example.com"] }).ShouldBeEmpty();
        ServerOptionsValidator.Validate(new ServerOptions { Urls = ["http://0.0.0.0:80"], BehindProxy = true, Hosts = ["liaison.example.com"] }).ShouldBeEmpty();
        ServerOptionsValidator.Validate(new ServerOptions { Urls = ["http://0.0.0.0:80"], BehindProxy = true }).ShouldHaveSingleItem().ShouldStartWith("server.hosts: ");
    }

    [Fact]
    public void Every_fault_is_told() =>
        ServerOptionsValidator.Validate(new ServerOptions { Urls = [], Hosts = ["*"], Proxies = ["proxy"], RequestsPerSecond = 0, ConcurrentRequests = 0 })
            .Select(fault => fault.Split(':')[0])
            .ShouldBe(["server.urls", "server.hosts", "server.proxies", "server.requestsPerSecond", "server.concurrentRequests"]);

    [Fact]
    public async Task A_certificate_of_ours_is_served_over_https()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        var request = new CertificateRequest("CN=liaison", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        var file = Path.Combine(folder, "cert.pem");
        await File.WriteAllTextAsync(file, made.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken);
        await using var world = new DoorWorld();
        world.Options.Urls = ["https://127.0.0.1:0"];
        world.Options.Certificate = file;
        await world.StartAsync();

        byte[]? seen = null;
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => (seen = certificate?.GetCertHash()) is not null;
        using var client = new HttpClient(handler) { BaseAddress = world.Server.Addresses[0] };

        (await client.GetStringAsync(new Uri("/healthz", UriKind.Relative), TestContext.Current.CancellationToken)).ShouldBe("""{"status":"ok"}""");
        seen.ShouldBe(made.GetCertHash());
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_read_is_told_by_its_file()
    {
        await using var world = new DoorWorld();
        world.Options.Urls = ["https://127.0.0.1:0"];
        world.Options.Certificate = Path.Combine(folder, "nowhere.pem");

        (await Should.ThrowAsync<IOException>(world.StartAsync)).Message.ShouldContain("nowhere.pem");
    }

    [Fact]
    public async Task Behind_a_proxy_each_client_is_known_by_its_own_address()
    {
        await using var world = new DoorWorld();
        world.Options.BehindProxy = true;
        await world.StartAsync();

        (await RefusedAsync(world, "203.0.113.7", 20)).ShouldBe(429);
        (await RefusedAsync(world, "203.0.113.8", 1)).ShouldBe(401);
    }

    [Fact]
    public async Task Without_a_proxy_nobodys_word_on_an_address_is_believed()
    {
        await using var world = new DoorWorld();
        await world.StartAsync();

        (await RefusedAsync(world, "203.0.113.7", 20)).ShouldBe(429);
        (await RefusedAsync(world, "203.0.113.8", 1)).ShouldBe(429);
    }

    private static async Task<int> RefusedAsync(DoorWorld world, string address, int times)
    {
        var status = 0;
        for (var time = 0; time < times; time++)
        {
            status = (await world.SendAsync(
                HttpMethod.Get, "/api/v1/connections", "lia_nothing", with: request => request.Headers.Add("X-Forwarded-For", address))).Status;
        }

        return status;
    }
}
