using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot;
using Liaison.Emulators.World;

namespace Liaison.Emulators.Tests.HubSpot;

/// <summary>An emulator and a client that talks to it over real HTTP.</summary>
internal sealed class Portal : IAsyncDisposable
{
    public const string Account = "pat-demo";
    public const string Manager = "user-manager-demo";
    public const string RepNorth = "user-rep-north-demo";
    public const string RepSouth = "user-rep-south-demo";
    public const string None = "user-none-demo";

    private readonly HttpClient _http;

    private Portal(HubSpotEmulator emulator, ManualTime time)
    {
        Emulator = emulator;
        Time = time;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = emulator.BaseAddress };
    }

    public HubSpotEmulator Emulator { get; }

    public ManualTime Time { get; }

    /// <summary>Starts one with the limits off and a search that sees writes at once, unless told otherwise.</summary>
    public static async Task<Portal> StartAsync(Action<HubSpotEmulatorOptions>? configure = null, CrmWorld? world = null)
    {
        var options = new HubSpotEmulatorOptions { Limits = LimitMode.Off, SearchLag = TimeSpan.Zero };
        configure?.Invoke(options);
        var time = new ManualTime();
        return new Portal(await HubSpotEmulator.StartAsync(world ?? SmallWorld.Of(), options, time, TestContext.Current.CancellationToken), time);
    }

    public Task<Answer> Get(string path, string? token = Account) => Send(HttpMethod.Get, path, null, token);

    public Task<Answer> Post(string path, object? body = null, string? token = Account) => Send(HttpMethod.Post, path, body, token);

    public Task<Answer> Patch(string path, object? body, string? token = Account) => Send(HttpMethod.Patch, path, body, token);

    public Task<Answer> Put(string path, object? body = null, string? token = Account) => Send(HttpMethod.Put, path, body, token);

    public Task<Answer> Delete(string path, string? token = Account) => Send(HttpMethod.Delete, path, null, token);

    public Task<Answer> Form(string path, params (string Name, string Value)[] fields) => Send(
        HttpMethod.Post, path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))), null);

    public async Task<Answer> Send(HttpMethod method, string path, object? body, string? token)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body switch
        {
            null => null,
            HttpContent content => content,
            string text => new StringContent(text, Encoding.UTF8, "application/json"),
            _ => new StringContent(System.Text.Json.JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"),
        };
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return new Answer(
            response.StatusCode,
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Gives the ids of the first contacts.</summary>
    public async Task<string[]> Ids(string type = "contacts", int count = 3)
    {
        var page = await Get($"/crm/objects/2026-09/{type}?limit={count}");
        return [.. page.Json["results"]!.AsArray().Select(record => (string)record!["id"]!)];
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Emulator.DisposeAsync();
    }
}

/// <summary>An answer, read whole.</summary>
internal sealed record Answer(HttpStatusCode StatusCode, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public int Status => (int)StatusCode;

    public JsonNode Json => JsonNode.Parse(Text)!;

    public JsonArray Results => Json["results"]!.AsArray();

    public string? Property(string name) => (string?)Json["properties"]![name];
}
