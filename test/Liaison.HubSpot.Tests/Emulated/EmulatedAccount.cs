using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Liaison.Connectors;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot;
using Liaison.Emulators.World;
using Liaison.Identity;
using Liaison.Testing.Connectors;

namespace Liaison.HubSpot.Tests.Emulated;

/// <summary>A running emulator, a client to it, and sessions of the connector; ids are learned by plain HTTP, not through the connector.</summary>
internal sealed class EmulatedAccount : IAsyncDisposable
{
    internal const string AccountToken = "pat-demo";

    private readonly HubSpotEmulator emulator;
    private readonly SocketsHttpHandler handler = new();
    private readonly EmulatorClient http;
    private readonly string version;

    private EmulatedAccount(HubSpotEmulator emulator, string version)
    {
        this.emulator = emulator;
        this.version = version;
        http = new(handler) { BaseAddress = emulator.BaseAddress };
    }

    internal HubSpotConnector Connector { get; } = new();

    /// <summary>Gets the channel of the session that was opened last, which keeps its calls.</summary>
    internal PlainChannel Channel { get; private set; } = null!;

    internal static async Task<EmulatedAccount> StartAsync(
        CrmWorld world, string version, CancellationToken cancellationToken, Action<HubSpotEmulatorOptions>? configure = null)
    {
        var options = new HubSpotEmulatorOptions { Limits = LimitMode.Off };
        configure?.Invoke(options);
        return new(await HubSpotEmulator.StartAsync(world, options, TimeProvider.System, cancellationToken), version);
    }

    internal IConnectorSession Open(string token = AccountToken, CredentialReach reach = CredentialReach.Account)
    {
        var connection = TestCredentials.Connection(Connector.Descriptor, emulator.BaseAddress, version);
        var credential = TestCredentials.Of(connection, reach, token, token);
        Channel = new(http, Connector.Descriptor, connection, credential);

        return Connector.OpenSession(connection, credential, Channel);
    }

    internal string TokenOf(string name) => emulator.Credentials.Single(credential => credential.Name == name).Token;

    /// <summary>Gives the ids of all records of a type by one of their properties.</summary>
    internal async Task<Dictionary<string, string>> IdsByAsync(string type, string property, CancellationToken cancellationToken)
    {
        var ids = new Dictionary<string, string>();
        string? after = null;
        do
        {
            using var page = await GetAsync(
                $"/crm/objects/2026-09/{type}?limit=100&properties={property}{(after is null ? "" : $"&after={after}")}", cancellationToken);
            foreach (var record in page.RootElement.GetProperty("results").EnumerateArray())
            {
                ids[record.GetProperty("properties").GetProperty(property).GetString()!] = record.GetProperty("id").GetString()!;
            }

            after = page.RootElement.TryGetProperty("paging", out var paging) ? paging.GetProperty("next").GetProperty("after").GetString() : null;
        }
        while (after is not null);

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

    internal async Task PutAsync<T>(string path, T body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = JsonContent.Create(body) };
        (await SendAsync(request, cancellationToken)).Dispose();
    }

    /// <summary>Reads an answer of one JSON document a line.</summary>
    internal async Task<string[]> LinesAsync(string path, CancellationToken cancellationToken) =>
        (await http.GetStringAsync(new Uri(path, UriKind.Relative), cancellationToken)).Trim().Split('\n');

    /// <summary>Lets the search index catch up.</summary>
    internal async Task SettleAsync(CancellationToken cancellationToken) =>
        (await PostAsync("/_emulator/clock", new { seconds = 31 }, cancellationToken)).Dispose();

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        handler.Dispose();
        await emulator.DisposeAsync();
    }

    private async Task<JsonDocument> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AccountToken);
        using var response = await http.SendAsync(request, cancellationToken);
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        response.IsSuccessStatusCode.ShouldBeTrue($"{(int)response.StatusCode} {body}");

        return JsonDocument.Parse(body.Length == 0 ? "{}" : body);
    }

    // The client's plain constructor is banned in the product; a test has no factory to take one from.
    private sealed class EmulatorClient(HttpMessageHandler handler) : HttpClient(handler, disposeHandler: false);
}
