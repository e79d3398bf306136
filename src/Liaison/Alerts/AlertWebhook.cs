using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Liaison.Alerts;

/// <summary>Gives the secret that webhooks are signed with; <see langword="null"/> where it cannot be had at the moment.</summary>
internal delegate Task<string?> WebhookSecret(CancellationToken cancellationToken);

/// <summary>Sends alerts to the configured receiver, each as one signed POST.</summary>
/// <remarks>
/// The header <c>Liaison-Signature</c> is <c>v1=</c> and HMAC-SHA256 in lower-case hex over the value of <c>Liaison-Timestamp</c>
/// (seconds since 1970), a full stop, and the body as it arrives. A receiver refuses what is older than it likes, so that nothing that
/// was caught can be played again, and knows a repeat by <c>Liaison-Alert</c>, the alert's id.
/// </remarks>
internal sealed class AlertWebhook(IHttpClientFactory clients, AlertOptions options, WebhookSecret secret, TimeProvider time)
{
    /// <summary>The name of the HTTP client in the factory.</summary>
    public const string ClientName = "Liaison.Alerts";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Sends one alert.</summary>
    /// <returns>Whether the receiver took it: answered with a status of success.</returns>
    public async Task<bool> SendAsync(AlertRow row, CancellationToken cancellationToken)
    {
        if (options.Webhook?.Url is not { } url || await secret(cancellationToken) is not { Length: > 0 } key)
        {
            return false;
        }

        var body = AlertDocument.Of(row).ToUtf8();
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("Liaison-Alert", row.Id);
        request.Headers.Add("Liaison-Timestamp", timestamp);
        request.Headers.Add("Liaison-Signature", Sign(key, timestamp, body));

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = time.CreateTimer(_ => limit.Cancel(), state: null, Patience, Timeout.InfiniteTimeSpan);
        try
        {
            using var client = clients.CreateClient(ClientName);
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Makes the value of the signature's header.</summary>
    internal static string Sign(string key, string timestamp, byte[] body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(timestamp + "."), .. body];
        return "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), signed));
    }
}
