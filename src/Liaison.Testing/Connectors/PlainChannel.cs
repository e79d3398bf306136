using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Identity;

namespace Liaison.Testing.Connectors;

/// <summary>A channel without throttle and retry: one call in, one HTTP request out, its answer mapped by the descriptor.</summary>
/// <remarks>For tests of connectors against emulators; it keeps every call so that a test can count them. Safe for concurrent use.</remarks>
public sealed class PlainChannel : ICrmChannel
{
    private readonly HttpClient http;
    private readonly ConnectorDescriptor descriptor;
    private readonly UserCredential credential;
    private readonly Uri baseUrl;
    private readonly ConcurrentQueue<CrmCall> calls = new();

    /// <summary>Makes a channel for one credential.</summary>
    /// <param name="http">The client to send with; it stays the caller's to dispose.</param>
    public PlainChannel(HttpClient http, ConnectorDescriptor descriptor, ConnectionProfile connection, UserCredential credential)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(descriptor);
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(credential);

        this.http = http;
        this.descriptor = descriptor;
        this.credential = credential;
        baseUrl = credential.InstanceUrl ?? connection.BaseUrl;
    }

    /// <summary>Gets the calls so far, in the order in which they were sent.</summary>
    public IReadOnlyCollection<CrmCall> Calls => calls;

    /// <inheritdoc/>
    public async Task<Result<CrmAnswer>> SendAsync(CrmCall call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        calls.Enqueue(call);
        var changes = call.Operation.ChangesTheCrm;

        using var request = await RequestAsync(call, cancellationToken);
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            if (call.ReadAnswer is { } read && response.IsSuccessStatusCode)
            {
                await read(await response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken);
                return new CrmAnswer((int)response.StatusCode, default, Correlation(response)) { Headers = Asked(call, response) };
            }

            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return response.IsSuccessStatusCode
                ? new CrmAnswer((int)response.StatusCode, body, Correlation(response)) { Headers = Asked(call, response) }
                : Failed(response, body, changes);
        }
        catch (HttpRequestException)
        {
            return new Failure(
                changes ? FailureKind.Ambiguous : FailureKind.Unavailable,
                $"The connection to {descriptor.DisplayName} broke; {(changes ? "look what was done" : "try again")}.");
        }
    }

    private async Task<HttpRequestMessage> RequestAsync(CrmCall call, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(call.Method, new Uri(baseUrl, call.Path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", credential.Reveal());
        foreach (var (name, value) in call.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var body = call.SecretProperty is { } property ? SecretBody(property) : call.Body;
        if (call.Streamed is { } streamed)
        {
            var bytes = new MemoryStream();
            await streamed.WriteAsync(bytes, cancellationToken);
            body = bytes.Length == streamed.Length ? bytes.ToArray() : throw new InvalidOperationException("A streamed body is as long as it says.");
        }

        if (!body.IsEmpty)
        {
            request.Content = new ReadOnlyMemoryContent(body);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(call.ContentType);
        }

        return request;
    }

    private ReadOnlyMemory<byte> SecretBody(string property)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString(property, credential.Reveal());
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    private Failure Failed(HttpResponseMessage response, byte[] body, bool changes)
    {
        var status = (int)response.StatusCode;
        var error = descriptor.ReadError(status, body);
        var rule = descriptor.Errors.FirstOrDefault(rule =>
            (rule.Statuses.Count == 0 || rule.Statuses.Contains(status)) && (rule.Category is null || rule.Category == error.Category));

        return new(
            rule is null ? FailureKind.Invalid : changes && rule.MayHaveCommitted ? FailureKind.Ambiguous : rule.Kind,
            rule?.Sentence ?? $"{descriptor.DisplayName} refused the call.",
            response.Headers.RetryAfter?.Delta ?? rule?.Wait)
        {
            CorrelationId = Correlation(response) ?? error.CorrelationId,
            ExistingId = error.ExistingId,
            Field = error.Fields is [var field, ..] ? field.Field : null,
            MissingScopes = error.MissingScopes,
        };
    }

    private static Dictionary<string, string> Asked(CrmCall call, HttpResponseMessage response) => call.AnswerHeaders
        .Where(name => response.Headers.Contains(name))
        .ToDictionary(name => name, name => response.Headers.GetValues(name).First());

    private string? Correlation(HttpResponseMessage response) => descriptor.CorrelationHeaders
        .Select(name => response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null)
        .FirstOrDefault(value => value is not null);
}
