using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.Salesforce;
using Liaison.Emulators.Tests.HubSpot;
using Liaison.Emulators.World;

namespace Liaison.Emulators.Tests.Salesforce.Host;

/// <summary>An emulated org and a client that talks to it over real HTTP.</summary>
internal sealed class LiveOrg : IAsyncDisposable
{
    public const string Admin = "00Ddemo!admin";
    public const string Manager = "00Ddemo!manager";
    public const string North = "00Ddemo!rep-north";
    public const string South = "00Ddemo!rep-south";
    public const string None = "00Ddemo!none";
    public const string Root = "/services/data/v66.0";

    private readonly HttpClient _http;

    private LiveOrg(SalesforceEmulator emulator, ManualTime time)
    {
        (Emulator, Time) = (emulator, time);
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = emulator.BaseAddress };
    }

    public SalesforceEmulator Emulator { get; }

    public ManualTime Time { get; }

    public static async Task<LiveOrg> StartAsync(Action<SalesforceEmulatorOptions>? configure = null, CrmWorld? world = null)
    {
        var options = new SalesforceEmulatorOptions { Limits = LimitMode.Off };
        configure?.Invoke(options);
        var time = new ManualTime();
        return new LiveOrg(await SalesforceEmulator.StartAsync(world ?? SmallWorld.Of(), options, time, TestContext.Current.CancellationToken), time);
    }

    public Task<Answer> Get(string path, string? token = Admin, params (string Name, string Value)[] headers) => Send(HttpMethod.Get, path, null, token, headers);

    public Task<Answer> Post(string path, object? body, string? token = Admin, params (string Name, string Value)[] headers) => Send(HttpMethod.Post, path, body, token, headers);

    public Task<Answer> Patch(string path, object? body, string? token = Admin, params (string Name, string Value)[] headers) => Send(HttpMethod.Patch, path, body, token, headers);

    public Task<Answer> Delete(string path, string? token = Admin) => Send(HttpMethod.Delete, path, null, token);

    public Task<Answer> Control(string path, object body) => Send(HttpMethod.Post, $"/_emulator/{path}", body, null);

    public Task<Answer> Form(string path, params (string Name, string Value)[] fields) => Send(
        HttpMethod.Post, path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))), null);

    /// <summary>Sends a request to an address of the data API, given without its root, or to any other that begins with a slash.</summary>
    public async Task<Answer> Send(HttpMethod method, string path, object? body, string? token, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path.StartsWith('/') ? path : $"{Root}/{path}");
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

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return new Answer(
            response.StatusCode,
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Makes a record and gives its id.</summary>
    public async Task<string> Create(string type, object fields, string token = Admin)
    {
        var answer = await Post($"sobjects/{type}", fields, token, ("Sforce-Auto-Assign", "FALSE"));
        answer.Status.ShouldBe(201, answer.Text);
        return (string)answer.Json["id"]!;
    }

    /// <summary>Gives what the emulator itself says a demo user may see.</summary>
    public async Task<JsonNode> RightsOf(string name) => (await Get($"/_emulator/rights?user={name}", null)).Json["users"]![0]!["objects"]!;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Emulator.DisposeAsync();
    }
}

/// <summary>Reads the shapes that answers of the platform come in.</summary>
internal static class AnswerReading
{
    /// <summary>Gives the code of the one error of an answer.</summary>
    public static string Code(this Answer answer) => (string)answer.Json.AsArray().ShouldHaveSingleItem()!["errorCode"]!;

    public static string Message(this Answer answer) => (string)answer.Json[0]!["message"]!;

    public static string[] Fields(this Answer answer) => [.. answer.Json[0]!["fields"]!.AsArray().Select(field => (string)field!)];

    public static string[] Names(this JsonNode list) => [.. list.AsArray().Select(item => (string)item!)];
}
