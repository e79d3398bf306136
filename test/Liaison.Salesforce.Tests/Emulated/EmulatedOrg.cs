using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Liaison.Connectors;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.Salesforce;
using Liaison.Emulators.World;
using Liaison.Identity;
using Liaison.Testing.Connectors;

namespace Liaison.Salesforce.Tests.Emulated;

/// <summary>A running emulator, a client to it, and sessions of the connector; ids are learned by plain HTTP, not through the connector.</summary>
internal sealed class EmulatedOrg : IAsyncDisposable
{
    internal const string AdministratorToken = "00Ddemo!admin";

    private const string Root = "/services/data/v66.0";

    private readonly SalesforceEmulator emulator;
    private readonly WireTap handler = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private readonly EmulatorClient http;
    private readonly string version;

    private EmulatedOrg(SalesforceEmulator emulator, string version)
    {
        this.emulator = emulator;
        this.version = version;
        http = new(handler) { BaseAddress = emulator.BaseAddress };
    }

    internal SalesforceConnector Connector { get; } = new();

    internal Uri Address => emulator.BaseAddress;

    /// <summary>Gets the calls that went over the wire so far, those of tests among them: the path, and the header by which our own are known.</summary>
    internal IReadOnlyCollection<(string Path, string? Client)> Sent => handler.Sent;

    /// <summary>Gets the channel of the session that was opened last, which keeps its calls.</summary>
    internal PlainChannel Channel { get; private set; } = null!;

    internal static async Task<EmulatedOrg> StartAsync(
        CrmWorld world, CancellationToken cancellationToken, string version = "v66.0", Action<SalesforceEmulatorOptions>? configure = null)
    {
        var options = new SalesforceEmulatorOptions { Limits = LimitMode.Off };
        configure?.Invoke(options);
        return new(await SalesforceEmulator.StartAsync(world, options, TimeProvider.System, cancellationToken), version);
    }

    /// <param name="through">What stands between the session and the org.</param>
    internal IConnectorSession Open(string token = AdministratorToken, Func<ICrmChannel, ICrmChannel>? through = null)
    {
        var connection = TestCredentials.Connection(Connector.Descriptor, emulator.BaseAddress, version);
        var credential = TestCredentials.Of(connection, CredentialReach.User, token, token);
        Channel = new(http, Connector.Descriptor, connection, credential);

        return Connector.OpenSession(connection, credential, through?.Invoke(Channel) ?? Channel);
    }

    internal string TokenOf(string name) => emulator.Credentials.Single(credential => credential.Name == name).Token;

    /// <summary>Gives the ids of all records of an object by one of their fields.</summary>
    internal async Task<Dictionary<string, string>> IdsByAsync(string sobject, string field, CancellationToken cancellationToken)
    {
        var ids = new Dictionary<string, string>();
        for (var path = $"{Root}/query?q=SELECT+Id,{field}+FROM+{sobject}"; path is not null;)
        {
            using var page = await GetAsync(path, cancellationToken);
            foreach (var row in page.RootElement.GetProperty("records").EnumerateArray().Where(row => row.GetProperty(field).ValueKind == JsonValueKind.String))
            {
                ids[row.GetProperty(field).GetString()!] = row.GetProperty("Id").GetString()!;
            }

            path = page.RootElement.TryGetProperty("nextRecordsUrl", out var next) ? next.GetString() : null;
        }

        return ids;
    }

    internal async Task<JsonDocument> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await SendAsync(request, cancellationToken);
    }

    internal async Task<JsonDocument> PostAsync<T>(string path, T body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        return await SendAsync(request, cancellationToken);
    }

    /// <summary>Makes a record by plain HTTP and gives its id.</summary>
    internal async Task<string> MakeAsync<T>(string sobject, T fields, CancellationToken cancellationToken)
    {
        using var made = await PostAsync($"{Root}/sobjects/{sobject}", fields, cancellationToken);
        return made.RootElement.GetProperty("id").GetString()!;
    }

    /// <summary>Arms a fault for so many calls.</summary>
    internal async Task TroubleAsync(string kind, string operation, int count, CancellationToken cancellationToken, int skip = 0) =>
        (await PostAsync("/_emulator/faults", new { kind, operation, count, skip, delayMs = kind == "slow" ? 200 : 0 }, cancellationToken)).Dispose();

    /// <summary>Counts the writes that the emulator did to records of an object, and the most to any one.</summary>
    internal async Task<(int Writes, int MostOfOne)> WrittenAsync(string sobject, CancellationToken cancellationToken)
    {
        var lines = (await http.GetStringAsync(new Uri($"/_emulator/ledger/writes?type={sobject}", UriKind.Relative), cancellationToken)).Trim().Split('\n');
        using var last = JsonDocument.Parse(lines[^1]);
        var summary = last.RootElement.GetProperty("summary");
        return (summary.GetProperty("writes").GetInt32(), summary.GetProperty("maxPerRecord").GetInt32());
    }

    /// <summary>Counts the records of an object that the emulator says a user sees.</summary>
    internal async Task<int> VisibleAsync(string user, string sobject, CancellationToken cancellationToken)
    {
        using var rights = await GetAsync($"/_emulator/rights?user={user}", cancellationToken);
        return rights.RootElement.GetProperty("users")[0].GetProperty("objects").GetProperty(sobject).GetProperty("visible").GetArrayLength();
    }

    /// <summary>Opens a page and gives where it leads on to.</summary>
    internal async Task<Uri> RedirectAsync(string address, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(new Uri(address), cancellationToken);
        return response.Headers.Location.ShouldNotBeNull();
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        handler.Dispose();
        await emulator.DisposeAsync();
    }

    private async Task<JsonDocument> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AdministratorToken);
        using var response = await http.SendAsync(request, cancellationToken);
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        response.IsSuccessStatusCode.ShouldBeTrue(string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode} {body}"));

        return JsonDocument.Parse(body.Length == 0 ? "{}" : body);
    }

    /// <summary>Keeps what goes by.</summary>
    private sealed class WireTap(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        internal ConcurrentQueue<(string Path, string? Client)> Sent { get; } = new();

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Sent.Enqueue((request.RequestUri!.PathAndQuery, request.Headers.TryGetValues("Sforce-Call-Options", out var values) ? string.Join(';', values) : null));
            return base.SendAsync(request, cancellationToken);
        }
    }

    // The client's plain constructor is banned in the product; a test has no factory to take one from.
    private sealed class EmulatorClient(HttpMessageHandler handler) : HttpClient(handler, disposeHandler: false);
}
