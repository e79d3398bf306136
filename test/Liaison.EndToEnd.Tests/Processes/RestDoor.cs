using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Liaison.EndToEnd.Tests.Processes;

/// <summary>The REST door of a serving process, as a caller outside meets it.</summary>
internal sealed class RestDoor : IDisposable
{
    private readonly HttpClient client;

    private RestDoor(Uri address) => client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = address };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Waits until the process serves.</summary>
    public static async Task<RestDoor> OpenAsync(LiaisonProcess serving)
    {
        var line = await serving.LineWithAsync("Serving REST at ");
        return new RestDoor(new Uri(line.Split(' ')[3].Replace("api/v1,", "", StringComparison.Ordinal)));
    }

    /// <summary>Makes a key with the command line.</summary>
    public static async Task<string> KeyAsync(Workplace place, string subject, string actor = "cli") =>
        (await place.JsonAsync("key", "create", "--name", $"{subject} {actor}", "--subject", subject, "--actor", actor)).GetProperty("key").GetString()!;

    public Task<JsonElement> GetAsync(string key, string path, HttpStatusCode expected = HttpStatusCode.OK) =>
        SendAsync(key, new HttpRequestMessage(HttpMethod.Get, path), expected);

    /// <summary>Asks without a credential, as a watcher does, and takes either of two answers.</summary>
    public async Task<JsonElement> OpenGetAsync(string path, params HttpStatusCode[] expected)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        answer.StatusCode.ShouldBeOneOf(expected, text);
        return JsonDocument.Parse(text).RootElement;
    }

    public Task<JsonElement> PostAsync(string key, string path, string body, HttpStatusCode expected = HttpStatusCode.OK, string? idempotency = null, string? correlation = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (idempotency is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotency);
        }

        if (correlation is not null)
        {
            request.Headers.Add("Liaison-Correlation-Id", correlation);
        }

        return SendAsync(key, request, expected);
    }

    public void Dispose() => client.Dispose();

    private async Task<JsonElement> SendAsync(string key, HttpRequestMessage request, HttpStatusCode expected)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await client.SendAsync(request, Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        answer.StatusCode.ShouldBe(expected, text);
        return JsonDocument.Parse(text).RootElement;
    }
}
