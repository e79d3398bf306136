using System.Buffers;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;

namespace Liaison.Connectors;

/// <summary>What became of one request on the wire.</summary>
internal enum Delivery
{
    /// <summary>A whole answer came.</summary>
    Answered,

    /// <summary>Nothing left this machine.</summary>
    NotSent,

    /// <summary>The request left and no whole answer came back: what happened is unknown.</summary>
    Lost,

    /// <summary>The answer was larger than allowed.</summary>
    TooLarge,
}

/// <summary>One request's end; <paramref name="Reason"/> says in a clause why there is no answer.</summary>
internal sealed record WireAnswer(
    Delivery Delivery, int? Status, ReadOnlyMemory<byte> Body, HttpResponseHeaders? Headers, string Reason)
{
    public static WireAnswer Without(bool sent, string reason) =>
        new(sent ? Delivery.Lost : Delivery.NotSent, null, default, null, reason);
}

/// <summary>Sends one request once and reads its answer, within a time and where it is held whole a size; knows nothing of limits or repeats.</summary>
/// <remarks>Without a token it asks a token endpoint, which is proven to by the body.</remarks>
internal sealed class CrmWire(IHttpClientFactory clients, ChannelOptions options, TimeProvider time)
{
    private const int FirstBuffer = 16 * 1024;

    /// <param name="longer">How long it may take where that is longer than any call may.</param>
    public async Task<WireAnswer> SendAsync(CrmCall call, Uri target, string? token, CancellationToken cancellationToken, TimeSpan? longer = null)
    {
        var most = longer is { } declared && declared > options.AttemptTimeout ? declared : options.AttemptTimeout;
        using var attempt = new CancellationTokenSource(most, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, attempt.Token);
        using var body = new TrackedBody(call.SecretProperty is { } property && token is not null ? SecretBody(property, token) : call.Body, call.Streamed, call.ContentType);
        using var request = new HttpRequestMessage(call.Method, target) { Content = body };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in call.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        try
        {
            using var response = await clients.CreateClient(CrmHttpClient.Name)
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (call.ReadAnswer is { } read && response.IsSuccessStatusCode)
            {
                await using var stream = await response.Content.ReadAsStreamAsync(either.Token);
                await read(stream, either.Token);
                return new WireAnswer(Delivery.Answered, (int)response.StatusCode, default, response.Headers, "");
            }

            var bytes = await ReadAsync(response.Content, either.Token);
            return bytes is null
                ? new WireAnswer(Delivery.TooLarge, (int)response.StatusCode, default, response.Headers, "the answer is too large")
                : new WireAnswer(Delivery.Answered, (int)response.StatusCode, bytes, response.Headers, "");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return WireAnswer.Without(body.Started, $"there was no answer within {most.TotalSeconds:0.#} s");
        }
        catch (HttpRequestException problem)
        {
            return WireAnswer.Without(body.Started, ReasonOf(problem));
        }
        catch (IOException)
        {
            return WireAnswer.Without(body.Started, "the connection was cut");
        }
    }

    private async Task<byte[]?> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > options.LargestAnswer)
        {
            return null;
        }

        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Max(content.Headers.ContentLength + 1 ?? 0, FirstBuffer));
        try
        {
            var length = 0;
            while (await stream.ReadAsync(buffer.AsMemory(length), cancellationToken) is > 0 and var read)
            {
                length += read;
                if (length > options.LargestAnswer)
                {
                    return null;
                }

                buffer = length < buffer.Length ? buffer : Grow(buffer);
            }

            return buffer.AsSpan(0, length).ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true); // Record values do not stay behind in the pool.
        }
    }

    private static ReadOnlyMemory<byte> SecretBody(string property, string token)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString(property, token);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private static byte[] Grow(byte[] full)
    {
        var larger = ArrayPool<byte>.Shared.Rent(full.Length * 2);
        full.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(full, clearArray: true);
        return larger;
    }

    private static string ReasonOf(HttpRequestException problem) => problem switch
    {
        { HttpRequestError: HttpRequestError.NameResolutionError } => "the host name is unknown",
        { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } => "the connection was refused",
        { HttpRequestError: HttpRequestError.SecureConnectionError } or { InnerException: AuthenticationException } =>
            "the TLS handshake failed",
        { HttpRequestError: HttpRequestError.ConnectionError } => "no connection came about",
        _ => "the connection was cut",
    };
}
